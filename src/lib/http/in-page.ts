/**
 * HTML that stands in a page as the server made it. It is not sent a second time with the page's data: in the browser this is
 * one space, because what stands there is taken over as it is. What is asked for without the page has the HTML itself.
 */
export class InPage {
  readonly #html: string;

  constructor(html: string) {
    this.#html = html;
  }

  toString(): string {
    return this.#html;
  }
}

/** How SvelteKit writes it into the page's data, and reads it from there. */
export const inPageTransport = {
  encode: (value: unknown): true | false => value instanceof InPage,
  decode: (): InPage => new InPage(' '),
};
