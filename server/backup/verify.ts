import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { type Finding, inspectDatabase, type Inspected } from '../store/sqlite/inspect.ts';
import { DATABASE, IMAGES, imagesIn } from './parts.ts';

/** What reading everything in a folder came to. */
export interface Verified {
  facts: Pick<Inspected, 'events' | 'notes' | 'rows' | 'snapshots'> & { images: number };
  findings: Finding[];
}

/** Reads a data folder or a backup whole; writes nothing. Throws InputError when there is no database in it. */
export async function verifyFolder(folder: string): Promise<Verified> {
  const database = join(folder, DATABASE);
  if ((await bytesOf(database)) === null)
    throw new InputError(folder, `There is no ${DATABASE} here: this is neither a data folder nor a backup of one.`);
  const { events, notes, rows, snapshots, images, findings } = inspectDatabase(database);
  const there = await imagesIn(folder);
  for (const { event, file, where } of images) {
    const bytes = await bytesOf(join(folder, IMAGES, event, file));
    if (bytes === null) findings.push({ where, what: `The file of its image ${file} is not there.`, lost: true });
    else if (bytes === 0) findings.push({ where, what: `The file of its image ${file} is empty.`, lost: true });
  }
  return { facts: { events, notes, rows, snapshots, images: there.length }, findings };
}

/** In words, one line for each finding. */
export function describeVerified({ facts, findings }: Verified): string {
  const read = `Read: ${describeFacts(facts)}.`;
  if (findings.length === 0) return `${read} All of it is sound.`;
  const lost = findings.filter((finding) => finding.lost).length;
  const sum = lost === 0 ? 'No text is lost:' : `Damaged in ${counted(lost, 'place')}:`;
  return [read, sum, ...findings.map(({ where, what }) => `  ${where}: ${what}`)].join('\n');
}

export function describeFacts({ events, notes, rows, snapshots, images }: Verified['facts']): string {
  const inside = `${counted(rows, 'row')}, ${counted(snapshots, 'snapshot')}`;
  return `${counted(events, 'event')}, ${counted(notes, 'note')} (${inside}), ${counted(images, 'image')}`;
}

function counted(count: number, of: string): string {
  return `${count} ${of}${count === 1 ? '' : 's'}`;
}

/** null when there is no such file. */
async function bytesOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
