import type { Person } from './model.ts';
import { type Checked, refuse } from './checked.ts';
import { collapse, hasUnwanted, isVisible, lengthOf } from './plain-line.ts';

/** In code points. */
const NAME_LIMIT = 60;

/** A name as somebody gives it, made ready to be kept: NFC, single spaces, 1 to 60 characters, nothing invisible in it. */
export function normaliseName(text: string): Checked<string> {
  const name = collapse(text);
  if (name === '') return refuse('name', 'A name is needed, so that others see who writes.');
  if (hasUnwanted(name))
    return refuse('name', 'The name holds invisible or direction-changing characters. Type it anew.');
  if (!isVisible(name)) return refuse('name', 'The name needs at least one letter or digit.');
  if (lengthOf(name) > NAME_LIMIT) return refuse('name', `The name is too long: at most ${NAME_LIMIT} characters.`);
  return { ok: true, value: name };
}

/**
 * How a guest's name is shown beside the listed people of an event. Nobody has vouched that the guest is the person of that
 * name, so an equal one, also when written without its accents, says that it is a guest's.
 */
export function shownName(name: string, people: readonly Person[]): string {
  const spellings = spellingsOf(name);
  const listed = people.some((person) => spellingsOf(person.name).some((spelling) => spellings.includes(spelling)));
  return listed ? `${name} (guest)` : name;
}

/** Letters that Unicode does not take apart, and those of another script that look like ours. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  ...{ ł: 'l', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i', ħ: 'h', ŧ: 't' },
  ...{
    а: 'a',
    е: 'e',
    о: 'o',
    р: 'p',
    с: 'c',
    у: 'y',
    х: 'x',
    і: 'i',
    ј: 'j',
    ѕ: 's',
    к: 'k',
    м: 'm',
    т: 't',
    в: 'b',
    н: 'h',
  },
  ...{ ο: 'o', α: 'a', ν: 'v', ρ: 'p', ι: 'i', κ: 'k', '’': "'", '‐': '-', '‑': '-' },
};
const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue' };

/**
 * The spellings under which a name is compared: without accents, and with umlauts written out. Two names are one when they
 * share a spelling.
 */
export function spellingsOf(name: string): string[] {
  const lower = collapse(name.normalize('NFKC')).toLowerCase();
  const written = lower.replace(/[äöü]/gu, (letter) => UMLAUTS[letter] ?? letter);
  return [...new Set([bare(lower), bare(written)])];
}

function bare(lower: string): string {
  const plain = lower.normalize('NFD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}\p{Cc}]/gu, '');
  return collapse([...plain].map((letter) => LOOKALIKES[letter] ?? letter).join(''));
}
