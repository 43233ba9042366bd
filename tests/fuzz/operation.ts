import type { Random } from '../support/random.ts';

/** One step of a run, as plain data: a failing run is replayed from its list. */
export type Operation =
  | { kind: 'type'; client: number; block: number; at: number; token: string }
  | { kind: 'add-block'; client: number; block: number; node: 'paragraph' | 'heading' | 'codeBlock'; token: string }
  | { kind: 'mark'; client: number; block: number; copyOf: number | null; made: string; token: string }
  | { kind: 'turn'; client: number; outcome: number; to: string }
  | { kind: 'delete-text'; client: number; block: number; at: number; length: number }
  | { kind: 'delete-block'; client: number; block: number }
  | { kind: 'bold'; client: number; block: number; at: number; length: number }
  | { kind: 'undo'; client: number }
  | { kind: 'caret'; client: number }
  | { kind: 'to-server'; client: number; frames: number }
  | { kind: 'to-client'; client: number; frames: number }
  | { kind: 'cut'; client: number }
  | { kind: 'half-open'; client: number }
  | { kind: 'connect'; client: number }
  | { kind: 'time'; ms: number }
  | { kind: 'clock-jump'; client: number | null; ms: number }
  | { kind: 'store-fails'; ms: number }
  | { kind: 'store-forgets'; ms: number }
  | { kind: 'kill' };

const HOUR = 3_600_000;

/** The next step, drawn from the seed alone. `step` makes tokens unique. */
export function drawOperation(random: Random, clients: number, step: number): Operation {
  const client = random.int(clients);
  const block = random.int(6);
  const at = random.int(40);
  const dice = random.int(1000);
  if (dice < 225) return { kind: 'type', client, block, at, token: `⟨${client}.${step}⟩` };
  if (dice < 250)
    return {
      kind: 'mark',
      client,
      block,
      copyOf: random.chance(0.3) ? random.int(4) : null,
      made: random.pick(['', '', 'TEST26-D1', 'TEST26-A2', 'nonsense']),
      token: `⟨${client}.${step}⟩`,
    };
  if (dice < 260)
    return { kind: 'turn', client, outcome: random.int(4), to: random.pick(['decision', 'action', 'question', 'gap']) };
  if (dice < 310)
    return {
      kind: 'add-block',
      client,
      block,
      node: random.pick(['paragraph', 'paragraph', 'heading', 'codeBlock']),
      token: `⟨${client}.${step}⟩`,
    };
  if (dice < 350) return { kind: 'delete-text', client, block, at, length: 1 + random.int(12) };
  if (dice < 365) return { kind: 'delete-block', client, block };
  if (dice < 390) return { kind: 'bold', client, block, at, length: 1 + random.int(12) };
  if (dice < 410) return { kind: 'undo', client };
  if (dice < 440) return { kind: 'caret', client };
  if (dice < 610) return { kind: 'to-server', client, frames: 1 + random.int(4) };
  if (dice < 780) return { kind: 'to-client', client, frames: 1 + random.int(4) };
  if (dice < 810) return { kind: 'cut', client };
  if (dice < 870) return { kind: 'connect', client };
  if (dice < 960) return { kind: 'time', ms: random.pick([1, 5, 20, 100, 400]) };
  if (dice < 967) return { kind: 'time', ms: random.pick([3_000, 9_000]) };
  if (dice < 973) return { kind: 'half-open', client };
  if (dice < 978)
    return {
      kind: 'clock-jump',
      client: random.chance(0.3) ? null : client,
      ms: random.pick([-HOUR, -40_000, 40_000, HOUR]),
    };
  if (dice < 984) return { kind: 'store-fails', ms: random.pick([200, 1_000, 7_000]) };
  if (dice < 988) return { kind: 'store-forgets', ms: random.pick([20, 500, 7_000]) };
  return random.chance(0.5) ? { kind: 'kill' } : { kind: 'time', ms: 20_000 };
}
