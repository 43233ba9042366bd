import { spellingsOf } from '../../event/names.ts';
import type { NoteJson, NoteNode } from '../../note/json.ts';
import { stampLength } from '../../note/line-marks.ts';
import { WORD } from './hidden.ts';
import { textOf } from './hide-note.ts';
import { isName, NAME, restOfName } from './looks.ts';

/**
 * Names that notes tell by where they stand: in lists such as `Chair:` and `In the room:`, in trailers, and as speaker of a line.
 *
 * @param otherwise text whose words are no names: titles and affiliations
 */
export function namesIn(notes: readonly NoteJson[], otherwise: readonly string[]): string[] {
  const blocks = notes.flatMap(({ content }) => content.flatMap(blocksOf));
  const small = blocks.flatMap(({ text }) => text.match(WORD) ?? []).filter((word) => /^\p{Ll}/u.test(word));
  const capital = otherwise.flatMap((text) => text.match(WORD) ?? []).map((word) => word.toLowerCase());
  const ordinary = new Set([...small, ...capital]);
  const isOrdinary = (word: string) => ordinary.has(word.toLowerCase());
  return blocks.flatMap(({ text, spoken }) => [
    ...listed(text).filter((name) => !wordsOf(name).every(isOrdinary)),
    ...(spoken ? speakersOf(text).filter((name) => !wordsOf(name).some(isOrdinary)) : []),
  ]);
}

const wordsOf = (name: string): string[] => name.match(WORD) ?? [];

interface Block {
  text: string;
  /** Somebody may speak in it. */
  spoken: boolean;
}

function blocksOf({ type, content }: NoteNode): Block[] {
  if (!content || type === 'codeBlock') return [];
  if (!content.some((node) => node.type === 'text')) return content.flatMap(blocksOf);
  return [{ text: content.map(textOf).join(''), spoken: type === 'paragraph' }];
}

const ROLES = '(?:Chairs?|Co-chairs?|Notes|Scribes?|In the room|Present|Remote|Minutes)';
/** Until the next role of the line. A list that ends in a comma goes on below. */
const LISTED = new RegExp(`(?:^|[ \\t])${ROLES}:[ \\t]*((?:(?![ \\t]${ROLES}:)[^\\n])*)`, 'gimu');
const TRAILER = /^[ \t]*(?:[A-Z][A-Za-z]*(?:-[a-z]+)*-by|Cc):[ \t]*([^<\n]+)/gmu;

function listed(text: string): string[] {
  const lists = [...text.replace(/,[ \t]*\n/g, ', ').matchAll(LISTED)].flatMap(([, list = '']) =>
    list.split(/[,;&+]| and | {2,}|\t/),
  );
  const signed = [...text.matchAll(TRAILER)].map(([, name = '']) => name);
  return [...lists, ...signed].map(bare).filter(isName);
}

/** Without `(remote)` and the full stop of the list. */
const bare = (name: string): string =>
  name
    .replace(/\([^()]*\)/g, '')
    .trim()
    .replace(/\.$/, '');

const SPEAKER = new RegExp(`^(${NAME})(?: \\([^()\\n]{1,40}\\))?:(?:\\s|$)`, 'u');

function speakersOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, name] = SPEAKER.exec(line.slice(stampLength(line))) ?? [];
    return name !== undefined && isName(name) ? [name] : [];
  });
}

/** Whole names in the notes that begin with one of these single words: `Tomas Okafor` of `Tomas`. */
export function wholeNamesIn(notes: readonly NoteJson[], known: readonly string[]): string[] {
  const single = new Set(known.filter((name) => wordsOf(name).length === 1).flatMap((name) => spellingsOf(name)));
  if (single.size === 0) return [];
  return notes
    .flatMap(({ content }) => content.flatMap(blocksOf))
    .flatMap(({ text }) =>
      [...text.matchAll(WORD)].flatMap(({ index, 0: word }) => {
        if (!/^\p{Lu}/u.test(word) || !spellingsOf(word).some((spelling) => single.has(spelling))) return [];
        const rest = restOfName(text, index + word.length);
        return rest === 0 ? [] : [text.slice(index, index + word.length + rest)];
      }),
    );
}
