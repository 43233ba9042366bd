/** One row of the drill, in a process of its own: started by run.ts with a peer's name, the seed and the number of rounds. */
import { SERVERS } from '../bench/peers/servers.ts';
import { PEERS, type PeerName } from './peers.ts';
import { together, type Row } from './phases.ts';
import { playRound } from './scenario.ts';
import { DrillServer } from './server.ts';

/** What the process answers. */
export type Answer = { row: Row } | { failed: string };

async function play(name: PeerName, seed: number, rounds: number): Promise<Row> {
  const { server: kind, env, client } = PEERS[name];
  const open = await client();
  const server = await DrillServer.begin(SERVERS[kind], env);
  try {
    const rows: Row[] = [];
    for (const [number, address] of (await server.notes(rounds)).entries()) {
      process.stderr.write(`  ${name}, round ${number + 1} of ${rounds}\n`);
      rows.push(await playRound({ server, address, open, seed, number, of: rounds }));
    }
    return rows.reduce(together);
  } finally {
    await server.dispose();
  }
}

// Nobody waits for the answer any more.
process.once('disconnect', () => process.exit(1));
const [name, seed, rounds] = process.argv.slice(2);
const answer: Answer = await play(name as PeerName, Number(seed), Number(rounds)).then(
  (row) => ({ row }),
  (error: unknown) => ({ failed: error instanceof Error ? error.message : String(error) }),
);
// The clients of others keep timers of their own.
process.send?.(answer, () => process.exit());
