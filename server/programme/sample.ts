import { readFile } from 'node:fs/promises';
import type { Events } from './events.ts';

/** In the order they are imported, which makes no difference to the result; samples/README.md says where they come from. */
const SAMPLE_FILES = ['seed.txt', 'lpc2023-indico-sessions.json', 'lpc2023-indico-export.json'] as const;

const SAMPLES = new URL('../../samples/', import.meta.url);

/** Makes the sample event in an empty store, with the importer that every other event is made with. */
export async function importSample(events: Pick<Events, 'import'>): Promise<void> {
  for (const name of SAMPLE_FILES) await events.import(await readFile(new URL(name, SAMPLES), 'utf8'), {});
}
