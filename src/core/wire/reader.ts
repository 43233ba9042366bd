/** The peer sent something that is not a message of ours: the client's fault. */
export class MalformedFrame extends Error {
  readonly kind = 'malformed-frame';
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Strict reader of the lib0 encoding. lib0's own reader accepts a number in several byte forms; a filter that looks at bytes
 * and a decoder that looks at numbers then see different messages. Here each value has one form and anything else throws
 * MalformedFrame.
 */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Unsigned LEB128 up to 2^53 - 1, shortest form only. */
  varUint(): number {
    let value = 0;
    let unit = 1;
    for (let length = 1; ; length++) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new MalformedFrame('the frame ends inside a number');
      value += (byte & 0x7f) * unit;
      if (value > Number.MAX_SAFE_INTEGER) throw new MalformedFrame('a number is too large');
      if (byte < 0x80) {
        if (byte === 0 && length > 1) throw new MalformedFrame('a number is padded');
        return value;
      }
      unit *= 128;
      if (length === 8) throw new MalformedFrame('a number is too long');
    }
  }

  /** Bytes with a length before them; a view, not a copy. */
  varBytes(): Uint8Array {
    const length = this.varUint();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new MalformedFrame('the frame ends inside a byte string');
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  varString(): string {
    const bytes = this.varBytes();
    try {
      return utf8.decode(bytes);
    } catch {
      throw new MalformedFrame('a text is not UTF-8');
    }
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Throws when bytes are left: a message is the whole frame. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new MalformedFrame('bytes follow the message');
  }
}
