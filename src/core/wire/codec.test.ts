import { fc } from '../../../tests/support/properties.ts';
import { describe, expect, test } from 'vitest';
import { decodeMessage, encodeMessage } from './codec.ts';
import type { Message } from './messages.ts';
import { MalformedFrame } from './reader.ts';

const bytes = fc.uint8Array({ maxLength: 300 });
const count = fc.maxSafeNat();
const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ kind: fc.constant('sync-step-1' as const), stateVector: bytes }),
  fc.record({ kind: fc.constant('sync-step-2' as const), update: bytes }),
  fc.record({ kind: fc.constant('update' as const), update: bytes }),
  fc.record({
    kind: fc.constant('awareness' as const),
    entries: fc.array(fc.record({ clientId: count, clock: count, state: fc.string({ unit: 'grapheme' }) })),
  }),
  fc.constant({ kind: 'query-awareness' as const }),
  fc.record({ kind: fc.constant('ack' as const), count }),
  fc.constant({ kind: 'facts-changed' as const }),
);

describe('codec', () => {
  test('SY4: every message is read back as it was written', () => {
    fc.assert(
      fc.property(message, (m) => {
        expect(decodeMessage(encodeMessage(m))).toEqual(m);
      }),
    );
  });

  test('SY4: a frame that decodes is the canonical form of its message, so no second form passes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (frame) => {
        let decoded: Message;
        try {
          decoded = decodeMessage(frame);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedFrame);
          return;
        }
        if (decoded.kind !== 'here') expect([...encodeMessage(decoded)]).toEqual([...frame]);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([
    ['empty', []],
    ['padded type', [0x80, 0x00, 0x02, 0x00]],
    ['padded sync step', [0x00, 0x82, 0x00, 0x00]],
    ['padded length', [0x00, 0x02, 0x80, 0x00]],
    ['trailing byte', [0x00, 0x02, 0x00, 0x00]],
    ['cut short', [0x00, 0x02, 0x05, 0x01]],
    ['unknown type', [0x07]],
    ['auth', [0x02, 0x00, 0x00]],
    ['unknown sync step', [0x00, 0x03, 0x00]],
    ['number above 2^53', [0x64, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
    ['presence claims 2^50 entries', [0x01, 0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x02]],
    ['presence is not UTF-8', [0x01, 0x05, 0x01, 0x01, 0x01, 0x01, 0xff]],
  ])('SY4: %s is malformed', (_name, frame) => {
    expect(() => decodeMessage(new Uint8Array(frame))).toThrow(MalformedFrame);
  });
});
