import { expect, test } from 'vitest';
import { themeIn, withTheme } from './theme.ts';

test.each([
  ['', 'system'],
  ['theme=dark', 'dark'],
  ['device=abc; theme=light; other=1', 'light'],
  ['mytheme=dark', 'system'],
  ['theme="><script>', 'system'],
  ['theme=darkest', 'system'],
] as const)('LK2: the theme in the cookies “%s”', (cookies, theme) => {
  expect(themeIn(cookies)).toBe(theme);
});

test('LK2: the page comes with the chosen theme', () => {
  const page = '<html lang="en" %plumbline.theme%><meta name="color-scheme" content="%plumbline.scheme%" />';
  expect(withTheme(page, 'dark')).toBe('<html lang="en" data-theme="dark"><meta name="color-scheme" content="dark" />');
  expect(withTheme(page, 'system')).toBe('<html lang="en" ><meta name="color-scheme" content="light dark" />');
});
