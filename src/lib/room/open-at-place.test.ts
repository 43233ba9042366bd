// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest';
import { placeOnce } from './open-at-place.ts';

afterEach(() => (location.hash = ''));

test.each(['#%', '#100%', '#%E0%A4'])('TO4: an address that ends in “%s” opens the room like any other', (hash) => {
  location.hash = hash;
  expect(placeOnce).not.toThrow();
});
