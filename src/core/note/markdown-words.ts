import { outcomeHead, outcomeWords, type OutcomeWords } from '../outcomes/words.ts';

/** Ends an outcome in a quote or a list, where words alone make none. Not seen where Markdown is shown. */
export const IN_PLACE = ' <!-- outcome -->';

/** The words of an outcome in a line of Markdown. */
export function sourceWords(line: string): OutcomeWords | null {
  return outcomeWords(masked(line));
}

/** Whether a line of Markdown would be read as an outcome. */
export function readsAsOutcome(line: string): boolean {
  return outcomeHead(masked(line)) !== null;
}

/** A sign of no meaning. */
const FILL = '\ue000';
const SPANS =
  /\\[!-/:-@[-`{-~]|`+|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{0,30});|\]\((?:<(?:\\.|[^<>\\])*>|[^\s()<>]*)(?:[ \t]+"(?:\\.|[^"\\])*")?\)|<(?:https?|mailto):[^\s<>]*>/gi;

/** The line, as long as it is, with everything hidden that is not words: escapes, code, addresses. */
export function masked(line: string): string {
  if (!/[\\`&<]|\]\(/.test(line)) return line;
  const runs = runsOfTicks(line);
  let made = '';
  let at = 0;
  for (let match = next(SPANS, line, 0); match; match = next(SPANS, line, at)) {
    const end = match[0].startsWith('`') ? endOfCode(runs, match) : match.index + match[0].length;
    made += line.slice(at, match.index) + FILL.repeat(end - match.index);
    at = end;
  }
  return made + line.slice(at);
}

function next(form: RegExp, text: string, from: number): RegExpExecArray | null {
  form.lastIndex = from;
  return form.exec(text);
}

/** Where runs of backticks stand, by their length, the last first. */
function runsOfTicks(line: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (const { 0: run, index } of [...line.matchAll(/`+/g)].reverse()) {
    const same = runs.get(run.length) ?? [];
    same.push(index);
    runs.set(run.length, same);
  }
  return runs;
}

/** Behind the run that closes this one; without one it is text. */
function endOfCode(runs: Map<number, number[]>, { 0: run, index }: RegExpExecArray): number {
  const later = runs.get(run.length) ?? [];
  while (later.length > 0 && (later.at(-1) ?? 0) <= index) later.pop();
  return (later.pop() ?? index) + run.length;
}
