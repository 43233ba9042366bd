/** Code that is fetched when it is first asked for, because reading a page does not need it. */
export class OnDemand<T> {
  /** null until it is here. */
  code = $state.raw<T | null>(null);
  /** It could not be fetched. Asking again tries again. */
  failed = $state(false);
  readonly #fetch: () => Promise<T>;

  constructor(fetch: () => Promise<T>) {
    this.#fetch = fetch;
  }

  /** False when it could not be fetched. */
  async ask(): Promise<boolean> {
    this.failed = false;
    try {
      this.code ??= await this.#fetch();
    } catch {
      this.failed = true;
    }
    return !this.failed;
  }
}
