/** Columns of the mail form. */
export const COLUMNS = 72;

/** A stretch of inline text: breakable at its spaces, kept together, or a line break. */
export type Run = { kind: 'text' | 'solid'; text: string } | { kind: 'break' };

/**
 * Lines of at most `width` columns, broken at spaces alone: what has none (an address, a Message-ID, a path, code) may stand
 * out. Spaces inside a line stay as they are. At least one line.
 */
export function wrapRuns(runs: Run[], width: number): string[] {
  return hardLines(runs).flatMap((line) => fill(words(line), width));
}

function hardLines(runs: Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    if (run.kind === 'break') lines.push([]);
    else lines.at(-1)?.push(run);
  }
  return lines;
}

/** A word and the spaces before it. */
interface Word {
  gap: string;
  text: string;
}

function words(line: Run[]): Word[] {
  const found: Word[] = [{ gap: '', text: '' }];
  const last = () => found.at(-1) as Word;
  for (const run of line) {
    if (run.kind === 'break') continue;
    for (const part of run.kind === 'solid' ? [run.text] : run.text.split(/([ \t\n]+)/)) {
      if (run.kind === 'text' && /^[ \t\n]/.test(part)) found.push({ gap: part.replace(/[\t\n]/g, ' '), text: '' });
      else last().text += part;
    }
  }
  return keepQuoteSigns(found.filter((word, i) => i === 0 || word.text !== ''));
}

/** A line that begins with `>` would be read as quoted by a mail program: such a word stays with the one before it. */
function keepQuoteSigns(list: Word[]): Word[] {
  const kept: Word[] = [];
  for (const word of list) {
    const last = kept.at(-1);
    if (last && last.text !== '' && word.text.startsWith('>')) last.text += word.gap + word.text;
    else kept.push(word);
  }
  return kept;
}

function fill(list: Word[], width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of list) {
    const size = columns(word.text);
    // The line's own beginning does not count as a word: spaces before the first word are indentation.
    if (line.trim() !== '' && used + word.gap.length + size > width) {
      lines.push(line);
      line = word.text;
      used = size;
    } else {
      line += word.gap + word.text;
      used += word.gap.length + size;
    }
  }
  return [...lines, line].map((each) => each.trimEnd());
}

/** Columns a text takes in a terminal: none for combining and invisible characters, two for wide ones. */
export function columns(text: string): number {
  let count = 0;
  for (const character of text) {
    if (/[\p{M}\p{Cf}]/u.test(character)) continue;
    count += WIDE.test(character) ? 2 : 1;
  }
  return count;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
