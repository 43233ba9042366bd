import type { DecorationAttrs } from '@tiptap/pm/view';
import { CARET_COLOURS } from '#core/wire/colours.ts';
import { initials } from '#core/wire/initials.ts';

const SIX_DIGITS = /^#[0-9a-f]{6}$/i;
/** What is put between the text and the caret so that the caret never becomes part of a word: WORD JOINER. */
const JOINER = '\u2060';

/** Who a caret belongs to, as it came over the wire: any type may be in it. */
export type CaretUser = Record<string, unknown>;

/** Just moved, standing with its name, or for so long that it is only a quiet line. */
export type CaretState = 'moved' | 'named' | 'still';

/** A remote caret: a line with a head, and the first name in the margin of its line. Text only, never markup. */
export function caretElement(user: CaretUser, client: number, state: CaretState): HTMLElement {
  const name = nameOf(user);
  const caret = document.createElement('span');
  caret.className = 'caret';
  caret.dataset['client'] = String(client);
  caret.dataset['state'] = state;
  const { colour, on } = colours(user);
  caret.style.setProperty('--caret', colour);
  caret.style.setProperty('--caret-on', on);
  const label = document.createElement('span');
  label.className = 'caret-name';
  label.textContent = firstName(name);
  label.dir = 'auto';
  label.title = name;
  label.dataset['first'] = firstName(name);
  label.dataset['initials'] = initials(name);
  caret.append(JOINER, label, JOINER);
  return caret;
}

/** What a remote selection looks like. ProseMirror sets `style` property by property, which a strict policy allows. */
export function caretSelection(user: CaretUser): DecorationAttrs {
  return { class: 'caret-selection', style: `--caret: ${colours(user).colour}` };
}

function nameOf({ name }: CaretUser): string {
  return typeof name === 'string' && name.trim() !== '' ? name : 'Someone';
}

/** `Mara` of `Mara Lindqvist`, the whole of a single word. */
function firstName(name: string): string {
  return name.trim().split(/\s+/, 1)[0] ?? name;
}

/** A colour that is not one of ours gets the text colour with the better contrast. */
function colours({ color }: CaretUser): { colour: string; on: string } {
  if (typeof color !== 'string' || !SIX_DIGITS.test(color)) return { colour: '#868d95', on: '#0b0d10' };
  const known = CARET_COLOURS.find(({ colour }) => colour === color.toLowerCase());
  return known ?? { colour: color, on: luminance(color) > 0.18 ? '#0b0d10' : '#ffffff' };
}

/** Relative luminance as WCAG 2 defines it, 0 to 1. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
