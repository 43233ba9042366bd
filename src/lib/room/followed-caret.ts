import type { Editor } from '@tiptap/core';
import type { Awareness } from 'y-protocols/awareness';

/** Keys that move the view or the caret. */
const MOVING = /^(Arrow|Page|Home$|End$)/;
/** Keys that do nothing by themselves. */
const HELD = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Tab']);
/** How far from the upper and lower edge of the view the middle begins, of its height. */
const EDGE = 0.2;
/** A long note is laid out where it is shown, which moves what stands below: looked at again for at most so many frames. */
const FRAMES = 12;

/**
 * Keeps the caret of a person in the middle part of the view. Without an animation, and only when it leaves that part. Someone
 * with several tabs is followed where they moved last. Returns what ends it.
 */
export function keepInSight(editor: Editor, awareness: Awareness, person: string): () => void {
  let [asked, left] = [0, 0];
  let last: number | null = null;
  const look = (): void => {
    asked = 0;
    const caret = caretOf(editor, clientsOf(awareness, person, last));
    if (caret && !inMiddle(caret)) {
      caret.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
      if (--left > 0) asked = requestAnimationFrame(look);
    }
  };
  // In the next frame, when the caret stands where it will be seen.
  const soon = (): void => {
    left = FRAMES;
    asked ||= requestAnimationFrame(look);
  };
  const moved = ({ added, updated }: { added: number[]; updated: number[] }): void => {
    last = [...added, ...updated].find((client) => idOf(awareness, client) === person) ?? last;
    soon();
  };
  awareness.on('change', moved);
  editor.on('transaction', soon);
  addEventListener('resize', soon);
  soon();
  return () => {
    cancelAnimationFrame(asked);
    awareness.off('change', moved);
    editor.off('transaction', soon);
    removeEventListener('resize', soon);
  };
}

/** Calls once the reader moves by themselves: turns a wheel, touches, presses in the note, types or goes elsewhere. Returns what ends it. */
export function onOwnMove(note: HTMLElement, moved: () => void): () => void {
  const stop = new AbortController();
  const when = (kind: string, counts: (event: Event) => boolean): void =>
    addEventListener(kind, (event) => counts(event) && moved(), { signal: stop.signal, capture: true, passive: true });
  const inside = ({ target }: Event): boolean => target instanceof Node && note.contains(target);
  for (const kind of ['wheel', 'touchmove', 'hashchange']) when(kind, () => true);
  // With it the scroll bar.
  when('pointerdown', (event) => inside(event) || event.target === note.closest('.scroll'));
  for (const kind of ['beforeinput', 'paste', 'drop']) when(kind, inside);
  when('keydown', (event) => event instanceof KeyboardEvent && isMove(event, inside(event)));
  when('click', ({ target }) => target instanceof Element && target.closest('a[href^="#"]') !== null);
  return () => stop.abort();
}

function isMove({ key, target }: KeyboardEvent, inNote: boolean): boolean {
  if (key === 'Escape') return true;
  if (inNote) return !HELD.has(key);
  return MOVING.test(key) && !(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement);
}

/** Whether they have a tab in the room that may show a caret. */
export function isHeard(awareness: Awareness, person: string): boolean {
  return clientsOf(awareness, person, null).length > 0;
}

function clientsOf(awareness: Awareness, person: string, first: number | null): number[] {
  const clients = [...awareness.getStates().keys()].filter((client) => idOf(awareness, client) === person);
  return clients.sort((one, other) => Number(other === first) - Number(one === first));
}

function idOf(awareness: Awareness, client: number): unknown {
  const user: unknown = awareness.getStates().get(client)?.['user'];
  return typeof user === 'object' && user !== null && 'id' in user ? user.id : null;
}

function caretOf({ view }: Editor, clients: readonly number[]): Element | null {
  for (const client of clients) {
    const caret = view.dom.querySelector(`.caret[data-client="${client}"]`);
    if (caret) return caret;
  }
  return null;
}

/** The note scrolls in the sheet, and on a phone together with the sheet: what is seen of it is what is in both. */
function inMiddle(caret: Element): boolean {
  const views = ['.scroll', 'main'].flatMap((view) => caret.closest(view)?.getBoundingClientRect() ?? []);
  const top = Math.max(0, ...views.map((view) => view.top));
  const bottom = Math.min(innerHeight, ...views.map((view) => view.bottom));
  const edge = (bottom - top) * EDGE;
  const at = caret.getBoundingClientRect();
  return at.top >= top + edge && at.bottom <= bottom - edge;
}
