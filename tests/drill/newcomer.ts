import { type Address, type OpenClient, textOf } from './clients/client.ts';
import type { Typed } from './count.ts';
import { pause, until } from './waiting.ts';

const OPEN_PATIENCE_MS = 20_000;
/** Some servers say "synced" before they have read their disk: a newcomer stays this long, unless all is there. */
const STAYS_MS = 5_000;
/** Something that is there twice may come late too. */
const ALWAYS_MS = 500;

/** The note as somebody finds it who was never there, and leaves again: nothing of it can come from a client. */
export async function readAnew(open: OpenClient, address: Address, everything: readonly Typed[]): Promise<string> {
  const client = open(address);
  try {
    if (!(await until(() => client.open, OPEN_PATIENCE_MS))) throw new Error('A newcomer could not open the note.');
    const text = (): string => textOf(client.doc).toString();
    await pause(ALWAYS_MS);
    await until(() => everything.every(({ token }) => text().includes(token)), STAYS_MS);
    return text();
  } finally {
    await client.close();
  }
}
