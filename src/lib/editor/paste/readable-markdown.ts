import { IN_PLACE } from '#core/note/markdown-words.ts';

/** The containers of HedgeDoc, as the callouts they are like. */
const CONTAINERS: Record<string, string> = {
  info: 'NOTE',
  success: 'TIP',
  warning: 'WARNING',
  danger: 'CAUTION',
};

/**
 * Markdown of other programs in the words of ours: containers become callouts, lists are outdented where they would be code, and
 * comments, which no reader of the page saw, are left out.
 */
export function readableMarkdown(text: string): string {
  return withoutFences(apartFromFacts(text), (lines) => callouts(outdented(withoutComments(lines))));
}

/** The facts at the head of a file, between rules: without a blank line their last would be a heading. */
function apartFromFacts(text: string): string {
  return text.replace(/^(---\n(?:[\w-]+:.*\n|[ \t]+\S.*\n)+)(---\n)/, '$1\n$2');
}

/** What stands between fences stays as it is. */
function withoutFences(text: string, change: (lines: string[]) => string[]): string {
  const made: string[] = [];
  let run: string[] = [];
  let fence: string | null = null;
  for (const line of text.split('\n')) {
    const sign = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== null) {
      made.push(line);
      if (sign?.startsWith(fence)) fence = null;
    } else if (sign) {
      made.push(...change(run), line);
      run = [];
      fence = sign;
    } else run.push(line);
  }
  return [...made, ...change(run)].join('\n');
}

/** Code, which stays as it is: indented, or between back-quotes; or a comment. None is looked for without end. */
const CODE_OR_COMMENT = /^(?: {4}|\t).*$|(`+)(?!`)[^\n]*?[^`\n]\1(?!`)|[ \t]{0,9}<!--[\s\S]{0,9999}?-->/gm;

function withoutComments(lines: string[]): string[] {
  const text = lines.join('\n').replace(CODE_OR_COMMENT, (found) => {
    const isComment = found.trimStart().startsWith('<!--') && !/^(?: {4}|\t)/.test(found);
    return isComment && found !== IN_PLACE ? '' : found;
  });
  return text.split('\n');
}

/** `:::info` to `:::` as a quote that says what it is. */
function callouts(lines: string[]): string[] {
  const made: string[] = [];
  let inside = false;
  for (const line of lines) {
    const [, name = '', title = ''] = /^:::\s*(\w+)\s*(.*)$/.exec(line) ?? [];
    const kind = CONTAINERS[name];
    if (!inside && kind) {
      inside = true;
      made.push(`> [!${kind}]`, ...(title ? [`> ${title}`] : []));
    } else if (inside && line.trim() === ':::') {
      inside = false;
      made.push('');
    } else made.push(inside ? `> ${line}` : line);
  }
  return made;
}

const ITEM = /^(\s*)(?:[-*+]|\d{1,3}[.)]) \S/;

/** A list that begins far from the margin is one all the same: Etherpad indents each level by a tab. */
function outdented(lines: string[]): string[] {
  const made: string[] = [];
  for (let from = 0; from < lines.length;) {
    let to = from;
    while (to < lines.length && ITEM.test(lines[to] ?? '')) to++;
    const items = lines.slice(from, to).map((line) => line.replace(/^\s+/, (space) => space.replaceAll('\t', '    ')));
    const least = Math.min(...items.map((line) => ITEM.exec(line)?.[1]?.length ?? 0));
    made.push(...(least > 3 ? items.map((line) => line.slice(least)) : lines.slice(from, to)));
    if (to === from) made.push(lines[to++] ?? '');
    from = to;
  }
  return made;
}
