import { expect, test } from 'vitest';
import { safeHref } from './links.ts';

const REFUSED: [string, unknown][] = [
  ['plain script', 'javascript:alert(1)'],
  ['case trick', 'JaVaScRiPt:alert(1)'],
  ['tab in the scheme', 'java\tscript:alert(1)'],
  ['newline in the scheme', 'java\nscript:alert(1)'],
  ['carriage return in the scheme', 'java\rscript:alert(1)'],
  ['NUL in the scheme', 'java\0script:alert(1)'],
  ['leading spaces', '   javascript:alert(1)'],
  ['leading control characters', '\u0001\u001f javascript:alert(1)'],
  ['leading no-break space', '\u00a0javascript:alert(1)'],
  ['zero-width space in the scheme', 'java\u200bscript:alert(1)'],
  ['byte order mark', '\ufeffjavascript:alert(1)'],
  ['bidi override', '\u202ejavascript:alert(1)'],
  ['soft hyphen', 'java\u00adscript:alert(1)'],
  ['entity for the colon', 'javascript&colon;alert(1)'],
  ['entity for a letter', '&#106;avascript:alert(1)'],
  ['entity for a tab', 'java&Tab;script:alert(1)'],
  ['percent-encoded colon', 'javascript%3Aalert(1)'],
  ['full-width colon', 'javascript\uff1aalert(1)'],
  ['script that looks like an address', 'javascript://https://a.b/%0aalert(1)'],
  ['data', 'data:text/html,<script>alert(1)</script>'],
  ['data in base64', 'DATA:text/html;base64,PHNjcmlwdD4='],
  ['vbscript', 'vbscript:msgbox(1)'],
  ['view-source', 'view-source:javascript:alert(1)'],
  ['feed', 'feed:javascript:alert(1)'],
  ['blob', 'blob:https://a.b/1'],
  ['file', 'file:///etc/passwd'],
  ['ftp', 'ftp://a.b/'],
  ['tel', 'tel:+1'],
  ['protocol-relative', '//a.b/'],
  ['path', '/admin'],
  ['relative', 'a/b'],
  ['fragment', '#x'],
  ['bare host', 'www.kernel.org'],
  ['no host', 'https://'],
  ['empty', ''],
  ['spaces', '  '],
  ['null', null],
  ['undefined', undefined],
  ['number', 1],
  ['true', true],
  ['array with an address', ['https://a.b/']],
  ['array with script', ['javascript:alert(1)']],
  ['object that turns into a string', { toString: () => 'https://a.b/' }],
  ['String object', Object('https://a.b/')],
  ['URL object', new URL('https://a.b/')],
];

test.each(REFUSED)('TX5: not a link: %s', (_, value) => {
  expect(safeHref(value)).toBeNull();
});

const TAKEN: [string, string][] = [
  ['https://a.b/', 'https://a.b/'],
  ['https://a.b', 'https://a.b'],
  ['HTTP://A.B/c', 'HTTP://A.B/c'],
  ['mailto:kvm@vger.kernel.org?subject=Re:%20x', 'mailto:kvm@vger.kernel.org?subject=Re:%20x'],
  [
    'https://lore.kernel.org/all/20231102031828.GA951173@rocinante/',
    'https://lore.kernel.org/all/20231102031828.GA951173@rocinante/',
  ],
  ['  https://a.b/  ', 'https://a.b/'],
  ['ht\ntps://a.b/\u0000c', 'https://a.b/c'],
  ['https://a.b/\u202egpj.exe', 'https://a.b/gpj.exe'],
  ['https://a.b/"onclick=x', 'https://a.b/"onclick=x'],
  ['https://例え.jp/ä?q=javascript:1', 'https://例え.jp/ä?q=javascript:1'],
];

test.each(TAKEN)('TX5: a link: %j', (value, href) => {
  expect(safeHref(value)).toBe(href);
});

test('TX5: what comes out is taken again unchanged', () => {
  for (const [, href] of TAKEN) expect(safeHref(href)).toBe(href);
});
