import { expect, test } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { Load } from './load.ts';

async function after(deliveriesPerSecond: number): Promise<Load> {
  const clock = new FakeClock();
  const load = new Load(clock);
  for (let i = 0; i < 30; i++) {
    await clock.advance(100);
    load.add(deliveriesPerSecond / 10);
  }
  return load;
}

test('SY10: in a quiet small room a key goes out at once, and the next after at most 10 ms', async () => {
  expect((await after(100)).window(10)).toEqual({ lead: 0, gap: 10, beat: 0 });
});

test('SY10: hundreds of peers share a window of 28 ms, a full hall one of 20, whatever one room of them asks', async () => {
  expect((await after(500)).window(200)).toEqual({ lead: 0, gap: 28, beat: 0 });
  expect((await after(20_000)).window(200)).toEqual({ lead: 28, gap: 28, beat: 0 });
  expect((await after(50_000)).window(1_000)).toEqual({ lead: 20, gap: 20, beat: 0 });
});

test('SY10: under load windows widen, and never beyond 50 ms', async () => {
  const busy = await after(10_000);
  expect(busy.window(10)).toEqual({ lead: 40, gap: 40, beat: 10 });
  expect((await after(1_000_000)).window(1_000)).toEqual({ lead: 50, gap: 50, beat: 0 });
  expect((await after(1_000_000)).window(10)).toEqual({ lead: 40, gap: 40, beat: 10 });
});

test('SY10: when the load has gone the windows are narrow again, and whoever asked is told', async () => {
  const clock = new FakeClock();
  const told: boolean[] = [];
  const load = new Load(clock, (busy) => told.push(busy));
  for (let i = 0; i < 10; i++) {
    await clock.advance(100);
    load.add(1_000);
  }
  expect(load.window(10).gap).toBeGreaterThan(10);
  for (let i = 0; i < 10; i++) {
    await clock.advance(100);
    load.add(10);
  }
  expect(load.window(10)).toEqual({ lead: 0, gap: 10, beat: 0 });
  expect(told).toEqual([true, false]);
});
