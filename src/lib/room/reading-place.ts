/** How far below the top of the view a heading counts as being read, in px: about four lines. */
const READ_LINE = 120;

/**
 * Tells which of the headings is being read, each time that changes: the last one that stands above the line of reading, which for
 * who writes is the line of their caret while it is in sight. Looks at a few headings once a frame while something scrolls or the
 * caret moves, however many there are. Returns what ends it.
 *
 * @param view what the note scrolls in
 * @param ids of the headings, in reading order
 */
export function followReading(view: Element, ids: readonly string[], tell: (id: string | null) => void): () => void {
  let asked = 0;
  const look = (): void => {
    asked = 0;
    const top = Math.max(0, view.getBoundingClientRect().top);
    const line = caretLine(top) ?? top + READ_LINE;
    const read = lastAbove(ids.length, (at) => topOf(ids[at]) <= line);
    tell(read < 0 ? null : (ids[read] ?? null));
  };
  const soon = (): void => void (asked ||= requestAnimationFrame(look));
  addEventListener('scroll', soon, { capture: true, passive: true });
  addEventListener('resize', soon);
  document.addEventListener('selectionchange', soon);
  soon();
  return () => {
    cancelAnimationFrame(asked);
    removeEventListener('scroll', soon, { capture: true });
    removeEventListener('resize', soon);
    document.removeEventListener('selectionchange', soon);
  };
}

/** The lower edge of the line with the caret; null when nobody writes here, or elsewhere than between `top` and the screen's end. */
function caretLine(top: number): number | null {
  const { activeElement } = document;
  const { focusNode = null, focusOffset = 0 } = getSelection() ?? {};
  const writes = activeElement instanceof HTMLElement && activeElement.isContentEditable;
  if (!writes || !focusNode || focusNode === activeElement || !activeElement.contains(focusNode)) return null;
  const caret = document.createRange();
  caret.setStart(focusNode, focusOffset);
  const box = caret.getBoundingClientRect();
  // In an empty line there is nothing to measure but the line.
  const line = box.height === 0 && focusNode instanceof Element ? focusNode.getBoundingClientRect() : box;
  return line.height > 0 && line.bottom > top && line.top < innerHeight ? line.bottom : null;
}

/** The last index that holds, when all before it do; -1 when none does. */
export function lastAbove(count: number, holds: (at: number) => boolean): number {
  let [low, high] = [-1, count - 1];
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A heading that is not in the page yet is not being read. */
function topOf(id: string | undefined): number {
  return document.getElementById(id ?? '')?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY;
}
