/** The references of one mail: each thing once, numbered as it is first named. */
export class Numbered {
  readonly #known = new Map<string, { number: number; href: string }>();

  /** The number of what has this key, as it is written in the text: `[1]`. The address given first is the one that is listed. */
  mark(key: string, href: string): string {
    const known = this.#known.get(key) ?? { number: this.#known.size + 1, href };
    this.#known.set(key, known);
    return `[${known.number}]`;
  }

  /** `[1] https://…`, in order. */
  list(): string[] {
    return [...this.#known.values()].map(({ number, href }) => `[${number}] ${href}`);
  }
}
