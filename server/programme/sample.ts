import { readFile } from 'node:fs/promises';
import type { Actor } from '../identity/actor.ts';
import type { Events } from './events.ts';

/** In the order they are imported, which makes no difference to the result; samples/README.md says where they come from. */
const SAMPLE_FILES = ['seed.txt', 'lpc2023-indico-sessions.json', 'lpc2023-indico-export.json'] as const;

const SAMPLES = new URL('../../samples/', import.meta.url);

/** Where the results of this microconference went: what no programme says. */
const SAMPLE_SETTINGS = {
  lists: 'linux-pci@vger.kernel.org\niommu@lists.linux.dev\nkvm@vger.kernel.org',
  thread: '20231102031828.GA951173@rocinante',
};

/** Who made the sample event, in its log of changes. */
const FIRST_START: Actor = { id: 'server', name: 'First start', organizer: true, loopback: true };

/** Makes the sample event in an empty store, with the importer that every other event is made with. */
export async function importSample(events: Pick<Events, 'import' | 'settling'>): Promise<void> {
  const by = { actor: FIRST_START.id, who: FIRST_START.name ?? '' };
  let slug = '';
  for (const name of SAMPLE_FILES)
    ({ slug } = await events.import(await readFile(new URL(name, SAMPLES), 'utf8'), {}, by));
  await events.settling.change(FIRST_START, slug, { kind: 'publishing', typed: SAMPLE_SETTINGS, seen: {} });
}
