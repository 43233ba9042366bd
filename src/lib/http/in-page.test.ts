import { expect, test } from 'vitest';
import { InPage, inPageTransport } from './in-page.ts';

test('PG1: HTML that stands in the page is not sent a second time with its data', () => {
  const html = new InPage('<p>Faults</p>');
  expect(`${html}`).toBe('<p>Faults</p>');
  expect(inPageTransport.encode(html)).toBe(true);
  expect(inPageTransport.encode('<p>Faults</p>')).toBe(false);
  expect(String(inPageTransport.decode())).toBe(' ');
});
