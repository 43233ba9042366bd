/** Code with more lines than this is folded until a reader opens it. */
export const LONG_CODE = 40;
/** As many lines are seen of it then; the style sheet knows the number too. */
export const FIRST_LINES = 20;

export function linesOf(code: string): number {
  let lines = 1;
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
