import { parseArgs } from 'node:util';
import { PEER_NAMES, type PeerName } from './peers.ts';

export interface Options {
  peers: PeerName[];
  rounds: number;
  seed: number;
}

export const HELP = `npm run drill -- [--rounds N] [--seed S] [--only a,b]

The same losses for each server, side by side: people type, the network is cut, a connection dies unseen, the server is killed
and started again, people leave when they are told that all is saved. Then somebody new reads what is there.

  --rounds   how often, each time with a note of its own (3)
  --seed     of everything that is drawn (1)
  --only     of ${PEER_NAMES.join(', ')}
`;

/** Returns null when help was asked for. Throws an Error that says what was expected. */
export function readOptions(args: string[]): Options | null {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: PEER_NAMES.join(',') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const peers = values.only.split(',').map((name) => {
    const known = PEER_NAMES.find((one) => one === name);
    if (!known) throw new Error(`--only: "${name}" is not one of ${PEER_NAMES.join(', ')}.`);
    return known;
  });
  return { peers, rounds: whole('--rounds', values.rounds), seed: whole('--seed', values.seed) };
}

function whole(option: string, given: string): number {
  const value = Number(given);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new Error(`${option}: expected a whole number from 1, not "${given}".`);
}
