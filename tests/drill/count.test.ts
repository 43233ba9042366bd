import { expect, test } from 'vitest';
import { add, tally, type Typed } from './count.ts';

const typed = (token: string, acked: boolean | null): Typed => ({ token, phase: 'type', acked });

test('DR2: a token that a newcomer does not find is lost, one that is there twice is doubled', () => {
  const people = [typed('⟨a.1⟩', true), typed('⟨a.10⟩', true), typed('⟨a.2⟩', false), typed('⟨a.3⟩', true)];
  expect(tally(people, '<paragraph>⟨a.10⟩⟨a.3⟩</paragraph><paragraph>⟨b.7⟩⟨a.3⟩</paragraph>')).toEqual({
    ...{ typed: 4, acked: 3, lost: 2, lostAfterAck: 1, doubled: 1 },
  });
});

test('DR2: where nobody is ever told, nothing counts as acked or as lost after it', () => {
  const once = tally([typed('⟨a.1⟩', null), typed('⟨a.2⟩', null)], '⟨a.1⟩');
  expect(add(once, once)).toEqual({ typed: 4, acked: null, lost: 2, lostAfterAck: null, doubled: 0 });
});
