import { lockFolder } from '../lock.ts';
import { beginNewEpochs } from '../store/sqlite/copy.ts';
import { makeBackup, restoreBackup } from './backup.ts';
import { describeExported, exportNotes } from './export.ts';
import { describeFacts, describeVerified, verifyFolder } from './verify.ts';

/** What the command line does to folders by itself: a running server is neither asked nor held up. */
export type FolderCommand =
  | { kind: 'backup'; folder: string }
  | { kind: 'restore'; folder: string }
  /** null: all events. */
  | { kind: 'export'; folder: string; event: string | null }
  /** null: the data folder. */
  | { kind: 'verify'; folder: string | null };

/** `sound`: false when something was found that cannot be read any more. Throws InputError, FolderHeldError. */
export async function runFolderCommand(
  command: FolderCommand,
  dataDir: string,
  pid: number,
): Promise<{ text: string; sound: boolean }> {
  switch (command.kind) {
    case 'backup': {
      const verified = await makeBackup(dataDir, command.folder);
      return { text: `Backed up into ${command.folder}. ${describeVerified(verified)}`, sound: isSound(verified) };
    }
    case 'verify': {
      const verified = await verifyFolder(command.folder ?? dataDir);
      return { text: describeVerified(verified), sound: isSound(verified) };
    }
    case 'export': {
      const exported = await exportNotes(dataDir, command.folder, command.event);
      const text = `Exported into ${command.folder}: ${describeExported(exported)}`;
      return { text, sound: exported.damaged.length === 0 };
    }
    case 'restore':
      return { text: await restore(command.folder, dataDir, pid), sound: true };
  }
}

async function restore(backup: string, dataDir: string, pid: number): Promise<string> {
  const lock = lockFolder(dataDir, pid);
  try {
    const { facts } = await restoreBackup(backup, dataDir, beginNewEpochs);
    return (
      `Restored into ${dataDir}: ${describeFacts(facts)}. ` +
      'Browsers that had a note open are told that it was set back, and offer what the server does not have.'
    );
  } finally {
    lock.release();
  }
}

function isSound({ findings }: Awaited<ReturnType<typeof verifyFolder>>): boolean {
  return findings.every(({ lost }) => !lost);
}
