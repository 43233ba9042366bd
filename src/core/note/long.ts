/** Blocks from which a note counts as long: what is far from the screen is then not laid out. */
const LONG = 200;

/** @param blocks of the note's top level */
export function isLong(blocks: number): boolean {
  return blocks >= LONG;
}
