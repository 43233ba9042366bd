import { fc } from '../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { jsonErrorAt } from './json-error.ts';

test.each([
  ['{"a":1,}', 7],
  ['{"a" 1}', 5],
  ['[1 2]', 3],
  ['[1]]', 3],
  ['{]', 1],
  ['{"a":"x\ny"}', 5],
  ['{"a":"\\q"}', 5],
  ['nul', 0],
  ['01', 1],
  ['', 0],
  ['[', 1],
])('EV11: %j stops being JSON at %i', (text, at) => {
  expect(jsonErrorAt(text)).toBe(at);
});

test('EV11: of any text cut short or damaged, what stands before the place can be the start of JSON', () => {
  const damaged = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('', '}', ']', ',', '"', 'x'));
  fc.assert(
    fc.property(damaged, ([json, cut, put]) => {
      const text = json.slice(0, cut % (json.length + 1)) + put;
      const isJson = (() => {
        try {
          JSON.parse(text);
          return true;
        } catch {
          return false;
        }
      })();
      const at = jsonErrorAt(text);
      expect(at).toBeLessThanOrEqual(text.length);
      if (isJson) expect(at).toBe(text.length);
    }),
  );
});
