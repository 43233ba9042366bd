/** Moves the focus over the rows as they stand in the page, and remembers the place when its row has gone. */
export class RowFocus {
  readonly #place: () => HTMLElement | undefined;
  #last = -1;
  /** Brings more rows into the page; null when all are there. */
  more: (() => Promise<void>) | null = null;

  constructor(place: () => HTMLElement | undefined) {
    this.#place = place;
  }

  /** The row that has the focus. */
  row(): HTMLElement | null {
    return document.activeElement?.closest<HTMLElement>('[data-row]') ?? null;
  }

  rowOf(key: string | null): HTMLElement | null {
    return this.#rows().find((row) => row.dataset['row'] === key) ?? null;
  }

  on(key: string | null): void {
    const row = this.rowOf(key);
    if (row) this.#focus(row);
  }

  /** The row after or before the one that has the focus, or had it last. At the end more rows come, for the next time. */
  move(by: 1 | -1): HTMLElement | null {
    const rows = this.#rows();
    const now = this.row();
    const from = now ? rows.indexOf(now) : this.#last;
    const to = Math.min(Math.max(from + by, 0), rows.length - 1);
    const row = rows[to];
    if (!row) return null;
    this.#focus(row);
    if (to >= rows.length - 2) void this.more?.();
    return row;
  }

  #focus(row: HTMLElement): void {
    this.#last = this.#rows().indexOf(row);
    const link = row.querySelector<HTMLElement>('[data-act=open]');
    link?.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
  }

  #rows(): HTMLElement[] {
    return [...(this.#place()?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
  }
}
