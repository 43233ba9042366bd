import { outcomeHead } from '#core/outcomes/words.ts';

/** What Markdown has and other text seldom: a line or words of that form, and how much that says. */
const SIGNS: readonly (readonly [form: RegExp, weight: number])[] = [
  [/^ {0,3}#{1,6} \S/, 2],
  [/^\s*[-*+] \[[ xX]\] \S/, 2],
  [/^ {0,3}\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*$/, 2],
  [/\[[^\]]+\]\((?:https?:\/\/|mailto:|\/|#)[^)]*\)/, 2],
  [/^:::\w/, 2],
  [/^\s*[-*+] \S/, 1],
  [/^\s*\d{1,3}[.)] \S/, 1],
  [/^ {0,3}> /, 1],
  [/^={3,}$/, 1],
  [/(?:^|[\s(])\*\*[^*\s](?:[^*]*[^*\s])?\*\*/, 2],
  [/(?:^|\s)~~[^~\s](?:[^~]*[^~\s])?~~/, 1],
  [/(?:^|[^`])`[^`\s](?:[^`]*[^`\s])?`(?!`)/, 1],
  // Twice in a line.
  [/(?:^|[^`])`[^`\s]+`[^`]+`[^`\s]+`(?!`)/, 1],
];

/** Two or more: this is Markdown. */
export function markdownSigns(lines: string[]): number {
  let sum = 0;
  for (const line of lines) for (const [form, weight] of SIGNS) if (form.test(line.slice(0, 2_000))) sum += weight;
  // Words for an outcome are read as Markdown.
  return sum + 2 * lines.filter((line) => outcomeHead(line.trim()) !== null).length;
}
