/**
 * What comes above the note or leaves it moves nothing of where one reads or writes: the note is scrolled by as much. To be called
 * before the page changes; what is returned, once it has changed and before it is drawn.
 */
export function holdText(): () => void {
  const scroller = scrollerOf(document.querySelector('.note'));
  if (!scroller) return () => undefined;
  const lowerEdge = scroller.scrollTop + scroller.clientHeight;
  return () => scroller.scrollTo({ top: lowerEdge - scroller.clientHeight, behavior: 'instant' });
}

function scrollerOf(element: Element | null): Element | null {
  for (let at = element; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}
