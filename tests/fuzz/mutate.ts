import type { Random } from '../support/random.ts';

/** A hostile copy of a valid frame: one to three changes, each of a kind that has broken readers before. */
export function mutate(random: Random, frame: Uint8Array, other: Uint8Array): Uint8Array {
  let bytes = [...frame];
  for (let changes = 1 + random.int(3); changes > 0; changes--) bytes = change(random, bytes, other);
  return new Uint8Array(bytes);
}

function change(random: Random, bytes: number[], other: Uint8Array): number[] {
  if (bytes.length === 0) return [random.int(8)];
  const at = random.int(bytes.length + 1);
  switch (random.int(9)) {
    case 0: // a flipped bit
      return bytes.with(Math.min(at, bytes.length - 1), (bytes[at] ?? 0) ^ (1 << random.int(8)));
    case 1: // another byte
      return [...bytes.slice(0, at), random.int(256), ...bytes.slice(at + 1)];
    case 2: // cut short
      return bytes.slice(0, at);
    case 3: // a byte too many
      return [...bytes.slice(0, at), random.int(256), ...bytes.slice(at)];
    case 4: // a padded number
      return [...bytes.slice(0, at), (bytes[at] ?? 0) | 0x80, 0x00, ...bytes.slice(at + 1)];
    case 5: // a huge number
      return [...bytes.slice(0, at), 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f, ...bytes.slice(at + 1)];
    case 6: // a piece of another frame
      return [...bytes.slice(0, at), ...other.slice(random.int(other.length + 1), random.int(other.length + 1))];
    case 7: // a piece twice
      return [...bytes.slice(0, at), ...bytes.slice(random.int(at + 1))];
    default: // another type or step
      return bytes.with(random.int(Math.min(2, bytes.length)), random.int(8));
  }
}
