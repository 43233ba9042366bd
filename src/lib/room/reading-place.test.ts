import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { lastAbove } from './reading-place.ts';

test('TO4: the heading being read is the last one above the line, found by looking at few', () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.nat(5_000), (count, above) => {
      let looked = 0;
      const found = lastAbove(count, (at) => {
        looked += 1;
        return at < above;
      });
      expect(found).toBe(Math.min(count, above) - 1);
      expect(looked).toBeLessThanOrEqual(13);
    }),
  );
});
