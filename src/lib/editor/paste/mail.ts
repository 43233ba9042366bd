import type { NoteNode } from '#core/note/json.ts';
import { isDiff } from './code-signs.ts';
import { paragraphs } from './lines.ts';

const QUOTED = /^(?:> ?)*>(?: |$)?/;
const HEADER = /^(?:From|To|Cc|Subject|Date|Message-ID|In-Reply-To|References|Reply-To|Sender|Archived-At): \S/i;
const WROTE = /\b(?:wrote|writes|schrieb)\s?(?:[^:\n]{0,40}):$/;
/** Deeper ones are kept with the signs they have. */
const DEEPEST = 50;

/** Headers at its head, or quotes with the line that says whose they are, or quotes of several depths: no prompt has those. */
export function looksLikeMail(lines: string[]): boolean {
  const quoted = lines.filter((line) => line.startsWith('>'));
  const headers = lines.slice(0, 12).filter((line) => HEADER.test(line)).length;
  // A patch as it is mailed is a patch.
  if (headers > 1 && !isDiff(lines)) return true;
  const depths = new Set(quoted.map((line) => (QUOTED.exec(line)?.[0] ?? '').replaceAll(' ', '').length));
  return quoted.length > 0 && (lines.some((line) => WROTE.test(line)) || depths.size > 1);
}

interface Line {
  depth: number;
  words: string;
}

/** Quotes by their depth, in them paragraphs with every line kept; a patch in it is code. */
export function mailBlocks(text: string): NoteNode[] {
  const lines = text.split('\n').map((line): Line => {
    const sign = QUOTED.exec(line)?.[0] ?? '';
    const depth = sign.replaceAll(' ', '').length;
    return depth > DEEPEST ? { depth: 0, words: line } : { depth, words: line.slice(sign.length) };
  });
  return level(lines, 0);
}

/** The blocks of `lines`, which are all at least this deep. */
function level(lines: Line[], depth: number): NoteNode[] {
  const made: NoteNode[] = [];
  for (let from = 0; from < lines.length;) {
    const deeper = (lines[from]?.depth ?? 0) > depth;
    let to = from;
    while (to < lines.length && (lines[to]?.depth ?? 0) > depth === deeper) to++;
    const run = lines.slice(from, to);
    if (!deeper) made.push(...own(run.map(({ words }) => words)));
    else made.push({ type: 'blockquote', content: withSome(level(run, depth + 1)) });
    from = to;
  }
  return made;
}

/** A quote of nothing but blank lines is still a quote. */
const withSome = (blocks: NoteNode[]): NoteNode[] => (blocks.length > 0 ? blocks : [{ type: 'paragraph' }]);

/** Lines of one depth. From where a patch begins, all is code: its lines mean nothing without their order. */
function own(lines: string[]): NoteNode[] {
  const patch = lines.findIndex(
    (line, i) =>
      /^diff --git |^@@ -\d/.test(line) || (line.startsWith('--- ') && (lines[i + 1] ?? '').startsWith('+++ ')),
  );
  if (patch < 0) return paragraphs(lines.join('\n'), true);
  const code = lines.slice(patch).join('\n').trimEnd();
  return [
    ...paragraphs(lines.slice(0, patch).join('\n'), true),
    { type: 'codeBlock', attrs: { language: 'diff' }, content: [{ type: 'text', text: code }] },
  ];
}
