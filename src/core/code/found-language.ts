import { codeLanguage, type CodeLanguage } from './languages.ts';

/** A line that only code of this language has, the surest sign first. */
const SIGNS: readonly (readonly [id: string, line: RegExp])[] = [
  ['diff', /^(diff --git |@@ -\d+(,\d+)? \+\d+(,\d+)? @@|Index: \S|--- (a\/|\/dev\/null))/],
  ['bash', /^#!.*\b(ba|da|z|k)?sh\b/],
  ['python', /^#!.*\bpython/],
  ['dts', /^\s*(\/dts-v\d\/;|compatible\s*=\s*"|#(address|size|interrupt)-cells\s*=|reg\s*=\s*<)/],
  ['log', /^(<\d>)?\[\s*\d+\.\d{3,6}\]|^[A-Z][a-z]{2}\s+\d+ \d\d:\d\d:\d\d |^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/],
  ['console', /^(\$ \S|[\w.-]+@[\w.-]+[:~ ][^$#]*[$#] \S|# [a-z][\w./-]*( |$))/],
  [
    'c',
    /^\s*#\s*(include\s*[<"]|define\s+\w|if(n?def)?\s+\w|endif)|^\s*(static|struct|enum|union|typedef|extern|const|unsigned|void|int|u8|u16|u32|u64|size_t|ssize_t|bool)\s[^.]*[({;,]\s*$|^\s*(if|for|while|switch) \(.*\)( \{)?$|^\s*return\b.*;$/,
  ],
];

/** More lines than this are not looked at: what code is shows at its beginning. */
const LINES = 60;
/** Nor is more of a line. */
const CHARACTERS = 200;

/**
 * What code without a language looks like; null when nothing speaks for one. Cheap enough for every change, and never written into
 * the note: what people did not say stays unsaid.
 */
export function foundLanguage(code: string): CodeLanguage | null {
  const lines = firstLines(code);
  const found = SIGNS.find(([, sign]) => lines.some((line) => sign.test(line)));
  return found ? codeLanguage(found[0]) : null;
}

function firstLines(code: string): string[] {
  return code
    .slice(0, LINES * CHARACTERS)
    .split('\n', LINES)
    .map((line) => line.slice(0, CHARACTERS));
}
