import { expect, test } from 'vitest';
import { Rates, WRITE_LIMITS } from './rates.ts';

const { burst, allBurst } = WRITE_LIMITS;

test('ID9: a device may change so much at once and goes on with time, without stopping another', () => {
  const rates = new Rates(WRITE_LIMITS, 'changes');
  for (let i = 0; i < burst; i += 1) rates.take('one', 0);
  expect(() => rates.take('one', 0)).toThrow('Too many changes at once. Try again in 1 s.');
  rates.take('another', 0);
  rates.take('one', 1_000);
});

test('ID9: devices made one after the other are held together, and nothing is used up by a refusal', () => {
  const rates = new Rates(WRITE_LIMITS, 'changes');
  for (let i = 0; i < allBurst; i += 1) rates.take(String(i), 0);
  for (let i = 0; i < 100; i += 1) expect(() => rates.take(`more ${i}`, 0)).toThrow('Too many changes');
  rates.take('later', 1_000);
});
