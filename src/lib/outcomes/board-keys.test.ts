// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { boardKey } from './board-keys.ts';

function press(html: string, key: string, more: KeyboardEventInit = {}): ReturnType<typeof boardKey> {
  document.body.innerHTML = html;
  const target = document.querySelector('.here') ?? document.body;
  let found: ReturnType<typeof boardKey> = null;
  const hear = (event: KeyboardEvent): void => void (found = boardKey(event));
  addEventListener('keydown', hear, { once: true });
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  return found;
}

test.each([
  ['<a class="here" href="#">row</a>', 'j', {}, 'j'],
  ['<a class="here" href="#">row</a>', 'X', {}, 'x'],
  ['', 's', {}, 's'],
  ['<a class="here" href="#">row</a>', 'Enter', {}, null],
  ['<a class="here" href="#">row</a>', 'q', {}, null],
  ['<a class="here" href="#">row</a>', 'o', { ctrlKey: true }, null],
  ['<input class="here">', 'x', {}, null],
  ['<select class="here"></select>', 'o', {}, null],
  ['<input class="here">', 'Escape', {}, 'Escape'],
  ['<div role="menu"><div class="here"></div></div>', 'x', {}, null],
  ['<div role="dialog"><div class="here"></div></div>', 'Escape', {}, null],
] as const)('BO4: in %s the key %s, with %j, means %s', (html, key, more, meant) => {
  expect(press(html, key, more)).toBe(meant);
});
