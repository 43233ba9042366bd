import { toBase64 } from 'lib0/buffer';

/** Octets of a line of a header as it should be, without the line break. */
const LINE = 78;
/** Octets of one encoded word. */
const WORD = 75;

const octets = (text: string): number => new TextEncoder().encode(text).length;

/**
 * A field of a header (RFC 5322), folded between words, with the line break that ends it. What is not plain ASCII is written as encoded
 * words (RFC 2047). Nothing in `text` can end the field: line breaks and other controls are spaces.
 */
export function textField(name: string, text: string): string {
  const plain = text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
  const isPlain =
    /^[ -~]*$/.test(plain) && !plain.includes('=?') && plain.split(/ +/).every((word) => word.length < LINE - 1);
  return folded(name, isPlain ? plain.split(/ +/) : encodedWords(plain, LINE - name.length - 2), ' ');
}

/** A field of things that may stand on lines of their own, such as addresses. They must be checked already. */
export function listField(name: string, items: readonly string[], between: string): string {
  return folded(
    name,
    items.map((item, i) => (i < items.length - 1 ? item + between : item)),
    ' ',
  );
}

function folded(name: string, words: readonly string[], gap: string): string {
  const lines: string[] = [];
  let line = `${name}:`;
  for (const word of words) {
    if (line !== `${name}:` && line.length + gap.length + word.length > LINE) {
      lines.push(line);
      line = '';
    }
    line += gap + word;
  }
  return `${[...lines, line].join('\r\n')}\r\n`;
}

/** Base64 of whole characters, each word at most as long as allowed; the first has less room, because the name stands before it. */
function encodedWords(text: string, room: number): string[] {
  const words: string[] = [];
  let taken = '';
  const limit = (): number => Math.min(WORD, words.length === 0 ? room : WORD);
  for (const sign of text) {
    if (taken !== '' && encoded(taken + sign).length > limit()) {
      words.push(encoded(taken));
      taken = '';
    }
    taken += sign;
  }
  return taken === '' ? words : [...words, encoded(taken)];
}

function encoded(text: string): string {
  return `=?utf-8?B?${base64(text)}?=`;
}

const base64 = (text: string): string => toBase64(new TextEncoder().encode(text));

/** `name@host` as mail programs take it without quotes; null when it is none. */
export function mailAddress(text: string): string | null {
  const address = text.trim();
  return /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*$/.test(address) &&
    !/^\.|\.\.|\.@/.test(address) &&
    octets(address) <= 254
    ? address
    : null;
}

/** A Message-ID without its brackets; null when it is none. */
export function messageId(text: string): string | null {
  const id = text.trim().replace(/^<(.*)>$/, '$1');
  return /^[^\s<>@()[\]\\,;:"\p{Cc}]{1,200}@[A-Za-z0-9.[\]:_-]{1,200}$/u.test(id) && /^[!-~]+$/.test(id) ? id : null;
}
