import type { StateBlock } from 'markdown-it';

/** The text of a line without its indentation; null where it is not of this block, or indented so far that it is code. */
export function lineAt(state: StateBlock, line: number): string | null {
  const indentation = (state.sCount[line] ?? 0) - state.blkIndent;
  if (indentation < 0 || indentation >= 4) return null;
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]).trimEnd();
}
