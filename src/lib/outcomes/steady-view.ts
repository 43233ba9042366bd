import type { GroupHead, HeadsOf } from './board-groups.ts';
import type { BoardRow } from './board-rows.ts';

/** The rows to show, each under its heads, and those of them that no longer fit what is asked. */
export interface Steady {
  rows: BoardRow[];
  headsOf: HeadsOf;
  /** Keys of rows that are still there because they were. */
  stale: ReadonlySet<string>;
}

/**
 * Keeps rows where they are while others work: one that is changed so that it no longer fits, or belongs under another head, stays
 * until something else is asked for. What is new comes in at its place.
 */
export class SteadyView {
  #asked: string | null = null;
  #heads = new Map<string, readonly GroupHead[]>();

  /** `asked` names the question: with another one all begins anew. */
  show(asked: string, all: readonly BoardRow[], wants: (row: BoardRow) => boolean, headsOf: HeadsOf): Steady {
    if (this.#asked !== asked) this.#heads = new Map();
    this.#asked = asked;
    const stale = new Set<string>();
    const rows = all.filter((row) => {
      const fits = wants(row);
      if (!fits && this.#heads.has(row.key)) stale.add(row.key);
      if (fits && !this.#heads.has(row.key)) this.#heads.set(row.key, headsOf(row));
      return fits || this.#heads.has(row.key);
    });
    const heads = this.#heads;
    return { rows, stale, headsOf: (row) => heads.get(row.key) ?? headsOf(row) };
  }
}
