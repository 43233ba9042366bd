import type { Material } from '#core/event/model.ts';

/** Enough for every undo that somebody still sees on a screen. */
const KEPT = 500;

/**
 * Removed materials, so that undo puts back what stood there and not what a client says stood there: who added it must stay
 * true. Kept by this process; after a restart a removal is final.
 */
export class RemovedMaterials {
  readonly #kept = new Map<string, Material>();

  keep(sessionId: string, material: Material): void {
    this.#kept.delete(key(sessionId, material.id));
    this.#kept.set(key(sessionId, material.id), material);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
  }

  find(sessionId: string, id: string): Material | null {
    return this.#kept.get(key(sessionId, id)) ?? null;
  }
}

function key(sessionId: string, id: string): string {
  return `${sessionId}\n${id}`;
}
