/** What a keyboard takes at least; less is an address bar on its way. */
const KEYBOARD = 120;

/**
 * Keeps a room above the keyboard of a phone. Most browsers make the page smaller by themselves (app.html asks for it); where the
 * keyboard lies over the page instead, `--seen` says on the room how high the part is that can be seen. `onfit` is called when
 * that changed, so that the caret can be brought back into view. The returned function ends it.
 */
export function aboveKeyboard(room: HTMLElement, onfit: () => void): () => void {
  const seen = window.visualViewport;
  if (!seen) return () => undefined;
  const fit = (): void => {
    // Who has zoomed in looks at a part of the page by choice.
    const covered = seen.scale > 1.01 ? 0 : window.innerHeight - seen.height;
    const keyboard = covered >= KEYBOARD;
    room.toggleAttribute('data-keyboard', keyboard);
    if (!keyboard) room.style.removeProperty('--seen');
    else {
      room.style.setProperty('--seen', `${seen.height}px`);
      // The browser has moved the page up to show the caret, and the room’s bar out of sight with it.
      window.scrollTo(0, 0);
    }
    onfit();
  };
  seen.addEventListener('resize', fit);
  return () => seen.removeEventListener('resize', fit);
}
