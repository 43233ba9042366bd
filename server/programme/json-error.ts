const WHITE = /[ \t\r\n]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Where a text stops being JSON, as an index; its length when it only ends too early. The built-in parser says so for some
 * errors only. Call it with text that does not parse.
 */
export function jsonErrorAt(text: string): number {
  const open: ('{' | '[')[] = [];
  let at = 0;
  let wants: 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end' = 'value';
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const length = pattern.exec(text)?.[0].length ?? 0;
    at += length;
    return length;
  };
  for (;;) {
    skip(WHITE);
    const here = text[at];
    if (here === undefined) return at;
    const closes = here === '}' ? '{' : here === ']' ? '[' : null;
    if (closes !== null) {
      if (!wants.endsWith('or end') || open.pop() !== closes) return at;
      at++;
      wants = 'comma or end';
    } else if (wants === 'comma or end') {
      if (here !== ',' || open.length === 0) return at;
      at++;
      wants = open.at(-1) === '{' ? 'key' : 'value';
    } else if (wants.startsWith('key')) {
      const end = stringEnd(text, at);
      if (end === null) return at;
      at = end;
      skip(WHITE);
      if (text[at] !== ':') return at;
      at++;
      wants = 'value';
    } else if (here === '{' || here === '[') {
      open.push(here);
      at++;
      wants = here === '{' ? 'key or end' : 'value or end';
    } else {
      const end = stringEnd(text, at);
      if (end === null && skip(SCALAR) === 0) return at;
      at = end ?? at;
      wants = 'comma or end';
    }
  }
}

/** Behind the closing quote; null when no whole string stands here. */
function stringEnd(text: string, at: number): number | null {
  if (text[at] !== '"') return null;
  for (let index = at + 1; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) return index + 1;
    if (code < 0x20) return null;
    if (code === 0x5c && !/^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(index, index + 6))) return null;
    if (code === 0x5c) index++;
  }
  return null;
}
