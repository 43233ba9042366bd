/** Lines of text that is not written in sentences: kept exact, in a block of code. */

export function isDiff(lines: string[]): boolean {
  return lines.some(
    (line, i) =>
      /^diff --git |^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/.test(line) ||
      (line.startsWith('--- ') && (lines[i + 1] ?? '').startsWith('+++ ')),
  );
}

/** A line of the kind, how many of the lines must be, and the language that the block is given. */
interface Sign {
  language: string | null;
  line: RegExp;
  /** Part of the lines, or 0 when one is enough. */
  share: number;
}

const LOG =
  /^(?:<\d>)?\[\s*\d+\.\d{3,6}\]|^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ \S+?:|^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S* \S/;
/** `$ make`, `user@host:~/linux# make`, `[root@host linux]# make`, a debugger's; not `# make`, which Markdown has as a heading. */
const PROMPT = /^(?:\$|\[?[\w.-]+@[\w.-]+[\]:~ ][^$#\n]{0,80}[$#]|\(gdb\)|crash>|>>>|=>|Shell>) \S/;
const DTS =
  /^\s*(?:\/dts-v\d\/;|compatible = "|#(?:address|size|interrupt)-cells =|reg = <|(?:[\w-]+: )?&?[\w-]+(?:@[\da-f]+)? \{$)/;
const BOX = /[\u2500-\u257f]|^\s*\+[-=+]{3,}\s*$|^\s*[|`]-- \S/;
const C_LINE =
  /[;{}]\s*(?:\/[/*].*)?$|^\s*#\s*(?:include|define|ifn?def|if|else|endif|undef|pragma)\b|^\s*(?:\/\*|\*\/|\* |\/\/)|^\s*(?:if|for|while|switch|else)\b.*[({)]$|^\s*\w+:$|^\s*(?:static|struct|enum|union|const|unsigned|void|int)\s.*[(,)]$/;
const C_SURE = /;\s*(?:\/[/*].*)?$|\{\s*$|^\s*#\s*(?:include|define)\b/;
const PYTHON = /^\s*(?:def \w+\(.*\):|class \w+.*:|import \w+|from [\w.]+ import |if .*:$|for .* in .*:$|return\b)/;
const SETTING = /^\s*(?:#?\s*CONFIG_\w+(?:=| is not set)|\[[\w .-]+\]$|[\w.-]+\s*=\s*\S)/;

const SIGNS: Sign[] = [
  { language: 'bash', line: /^#!.*\b(?:ba|da|z|k)?sh\b/, share: 0 },
  { language: 'python', line: /^#!.*\bpython/, share: 0 },
  { language: 'dts', line: /^\s*(?:\/dts-v\d\/;|compatible = ")/, share: 0 },
  { language: 'console', line: PROMPT, share: 0.15 },
  { language: null, line: /^commit [\da-f]{40}\b/, share: 0 },
  { language: 'log', line: LOG, share: 0.4 },
  { language: 'log', line: /^\s*(?:Call Trace:|RIP: \d|Code: [\da-f]{2} )/, share: 0 },
  { language: 'dts', line: DTS, share: 0.5 },
  { language: null, line: BOX, share: 0.4 },
  { language: 'c', line: C_LINE, share: 0.6 },
  { language: 'python', line: PYTHON, share: 0.5 },
  { language: 'ini', line: SETTING, share: 0.6 },
  // Columns: by tabs, or by several spaces.
  { language: null, line: /\S\t+\S/, share: 0.5 },
  { language: null, line: /\S {3,}\S/, share: 0.6 },
];

/** null when it looks like no code. `lines` without blank ones, at least two. */
export function codeSigns(lines: string[]): { language: string | null } | null {
  if (isJson(lines)) return { language: 'json' };
  if (PROMPT.test(lines[0] ?? '')) return { language: 'console' };
  for (const { language, line, share } of SIGNS) {
    const found = lines.filter((one) => line.test(one.slice(0, 500))).length;
    if (found === 0 || found < lines.length * share) continue;
    // A list whose items end in semicolons is no C.
    if (language === 'c' && !(lines.some((one) => C_SURE.test(one)) && !lines.every((one) => /^\s*[-*] /.test(one))))
      continue;
    return { language };
  }
  return null;
}

function isJson(lines: string[]): boolean {
  if (!/^\s*[[{]/.test(lines[0] ?? '') || !/[\]}]\s*$/.test(lines.at(-1) ?? '')) return false;
  try {
    JSON.parse(lines.join('\n'));
    return true;
  } catch {
    return false;
  }
}
