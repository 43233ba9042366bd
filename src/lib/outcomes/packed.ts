/** A great deal of plain data for a page: as one JSON text it is written and read many times faster than value by value. */
export class Packed<T> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }
}

/** How SvelteKit writes it into the page's data, and reads it from there. */
export const packedTransport = {
  encode: (value: unknown): string | false => (value instanceof Packed ? JSON.stringify(value.value) : false),
  decode: (text: string): Packed<unknown> => new Packed(JSON.parse(text) as unknown),
};
