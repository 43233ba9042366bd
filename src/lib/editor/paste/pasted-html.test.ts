import { expect, test } from 'vitest';
import { stylesAside, withoutStyle } from './pasted-html.ts';

test.each([
  ['<p style="color:red">a</p>', '<p>a</p>'],
  ["<p style='color:red' class=x>a</p>", '<p class=x>a</p>'],
  ['<p STYLE=color:red>a</p>', '<p>a</p>'],
  ['<a href="https://a.b/?style=1" style="x">a</a>', '<a href="https://a.b/?style=1">a</a>'],
  ['<a title=" style=&quot;x&quot; > y" href="z">a</a>', '<a title=" style=&quot;x&quot; > y" href="z">a</a>'],
  ['<b/style="x">a</b>', '<b>a</b>'],
  ['<style type="text/css">p { color: red }</style>text', 'text'],
  ['<style>never closed', ''],
  ['<br style="x"/>', '<br/>'],
  ['<p style>a</p>', '<p>a</p>'],
  ['<p data-style="x">a</p>', '<p data-style="x">a</p>'],
])('ED4: style is taken out of pasted HTML: %s', (pasted, left) => {
  expect(withoutStyle(pasted)).toBe(left);
});

test('ED4: text that speaks of style stays, whatever brackets it has', () => {
  const text = '<p>if (a < b && c > d) style="x" and <code>&lt;p style="y"&gt;</code></p>';
  expect(withoutStyle(text)).toBe(text);
});

test('WR3: what styles mean can be looked at, without their being styles', () => {
  expect(stylesAside('<b STYLE="font-weight:400" class=x>a</b><style>p{}</style>')).toBe(
    '<b data-style="font-weight:400" class=x>a</b>',
  );
});
