import type { ImportOptions, ImportSummary } from './import.ts';

/** How long somebody may look at what an import would do. */
const MS = 30 * 60_000;
/** Of all texts together, in UTF-16 units: a few whole conferences. */
const TEXT_LIMIT = 24_000_000;

export interface Preview {
  actor: string;
  text: string;
  options: ImportOptions;
  summary: ImportSummary;
}

/** Imports that were looked at and not written yet. Kept by this process: after a restart the file is chosen again. */
export class Previews {
  readonly #kept = new Map<string, Preview & { at: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  keep(id: string, preview: Preview): void {
    this.#kept.set(id, { ...preview, at: this.#now() });
    let size = [...this.#kept.values()].reduce((sum, { text }) => sum + text.length, 0);
    for (const [oldest, { text, at }] of this.#kept) {
      if (oldest === id || (size <= TEXT_LIMIT && this.#now() - at <= MS)) continue;
      this.#kept.delete(oldest);
      size -= text.length;
    }
  }

  /** Of the one who looked at it; null when it is not there any more. */
  find(id: string, actor: string): Preview | null {
    const kept = this.#kept.get(id);
    return kept?.actor === actor && this.#now() - kept.at <= MS ? kept : null;
  }

  drop(id: string): void {
    this.#kept.delete(id);
  }
}
