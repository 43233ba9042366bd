import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type FolderCommand, runFolderCommand } from './backup/commands.ts';
import { systemClock } from './clock.ts';
import { ACCESSES } from './commands.ts';
import type { Command } from './commands.ts';
import { readConfig } from './config.ts';
import type { Config, Environment } from './config.ts';
import { callControl } from './control.ts';
import { InputError } from './errors.ts';
import { FolderHeldError, lockFolder } from './lock.ts';
import type { FolderLock } from './lock.ts';
import { createLog } from './log.ts';
import { openApp } from './open-app.ts';
import { runCommand } from './run-command.ts';

const HELP = `Usage: npm run plumbline -- <command>

  import <file> [--event <slug>] [--session <id or title>]
      Reads a programme: the text of an Indico page, or Indico's JSON export. --event names
      the event to import into, --session the microconference to take out of a conference.
  join <event> <talk> <topic-session>
      Puts a talk in the place of a topic's session. Both notes stay at their addresses.
  access <event> ${ACCESSES.join('|')}
      Says who may enter: everybody, everybody on this machine, the invited, organizers.
  index
      Makes the index of outcomes anew from the notes.
  backup <folder>
      Copies everything into a new folder, as one moment of it, and reads the copy.
  restore <folder>
      Puts a backup into a data folder that is empty. The server must be stopped.
  verify [<folder>]
      Reads everything and says what is sound: the data folder, or a backup.
  export <folder> [--event <slug>]
      Writes all notes, or those of one event, as Markdown, text, HTML and JSON into a new folder.
  organizer-link
      Makes a new one-time organizer link; an unused one before it ends.
  help

Runs beside a running server and without one. DATA_DIR names the data folder.`;

/** Wrong words on the command line: exit code 2 and the usage. */
class UsageError extends Error {}

export interface CommandLineParts {
  env: Environment;
  pid: number;
  print(line: string): void;
  complain(line: string): void;
}

/** How long to wait for a server that holds the folder but does not answer yet, in milliseconds. */
const SERVER_WAIT = 20_000;
const SERVER_RETRY = 100;

/** Exit code: 0 done, 1 the input or the world is wrong and nothing was changed, or damage was found, 2 wrong usage. */
export async function runCommandLine(args: string[], parts: CommandLineParts): Promise<number> {
  try {
    const request = await parse(args);
    if (request === 'help') {
      parts.print(HELP);
      return 0;
    }
    const config = readConfig(parts.env);
    if (isFolderCommand(request)) {
      const { text, sound } = await runFolderCommand(request, config.dataDir, parts.pid);
      parts.print(text);
      return sound ? 0 : 1;
    }
    parts.print(await runAnywhere(request, config, parts.pid));
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      parts.complain(`${error.message}\n\n${HELP}`);
      return 2;
    }
    if (!(error instanceof Error) || (!('kind' in error) && !('code' in error))) throw error;
    parts.complain(error instanceof InputError ? withPlace(error) : error.message);
    return 1;
  }
}

/** The place first, as compilers do, unless the message says it already. */
function withPlace({ field, message }: InputError): string {
  return message.includes(field) ? message : `${field}: ${message}`;
}

function isFolderCommand(request: Command | FolderCommand): request is FolderCommand {
  return ['backup', 'restore', 'export', 'verify'].includes(request.kind);
}

async function parse(args: string[]): Promise<Command | FolderCommand | 'help'> {
  const [name, ...rest] = args;
  switch (name) {
    case 'help':
    case '--help':
    case '-h':
    case undefined:
      return 'help';
    case 'import':
      return parseImport(rest);
    case 'join': {
      const [event, talk, session] = words(rest, ['event', 'talk', 'topic-session']);
      return { kind: 'join', event, talk, session };
    }
    case 'access': {
      const [event, wanted] = words(rest, ['event', ACCESSES.join('|')]);
      const access = ACCESSES.find((known) => known === wanted);
      if (!access) throw new UsageError(`"${wanted}" is not one of ${ACCESSES.join(', ')}.`);
      return { kind: 'access', event, access };
    }
    case 'index':
    case 'organizer-link':
      words(rest, []);
      return { kind: name };
    case 'backup':
    case 'restore': {
      const [folder] = words(rest, ['folder']);
      return { kind: name, folder };
    }
    case 'export': {
      const { values, positionals } = flags(rest);
      const [folder] = words(positionals, ['folder']);
      if (values.session !== undefined) throw new UsageError('"--session" is not known here.');
      return { kind: name, folder, event: values.event ?? null };
    }
    case 'verify': {
      if (rest.length === 0) return { kind: name, folder: null };
      const [folder] = words(rest, ['folder']);
      return { kind: name, folder };
    }
    default:
      throw new UsageError(`There is no command "${name}".`);
  }
}

async function parseImport(args: string[]): Promise<Command> {
  const { values, positionals } = flags(args);
  const [file] = words(positionals, ['file']);
  // Read here: the path and the right to read are those of whoever types the command.
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new InputError(file, `The file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  });
  return { kind: 'import', text, event: values.event ?? null, session: values.session ?? null };
}

function flags(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { event: { type: 'string' }, session: { type: 'string' } },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Exactly these words, in this order. */
function words<const N extends readonly string[]>(given: string[], names: N): { [I in keyof N]: string } {
  const flag = given.find((word) => word.startsWith('-'));
  if (flag !== undefined) throw new UsageError(`"${flag}" is not known here.`);
  if (given.length !== names.length)
    throw new UsageError(
      names.length === 0
        ? 'This command takes nothing more.'
        : `Expected: ${names.map((name) => `<${name}>`).join(' ')}.`,
    );
  return given as { [I in keyof N]: string };
}

/** In the server that owns the folder when there is one, else here under the same lock. */
async function runAnywhere(command: Command, config: Config, pid: number): Promise<string> {
  const deadline = systemClock.elapsed() + SERVER_WAIT;
  for (;;) {
    const lock = tryLock(config.dataDir, pid);
    if (lock) return runHere(command, config, lock);
    const answer = await callControl(config.dataDir, command);
    if (answer !== null) return answer;
    // Starting, stopping, or another command: none of them takes long.
    if (systemClock.elapsed() >= deadline) lockFolder(config.dataDir, pid).release();
    await new Promise<void>((resume) => systemClock.after(SERVER_RETRY, resume));
  }
}

function tryLock(dataDir: string, pid: number): FolderLock | null {
  try {
    return lockFolder(dataDir, pid);
  } catch (error) {
    if (error instanceof FolderHeldError) return null;
    throw error;
  }
}

async function runHere(command: Command, config: Config, lock: FolderLock): Promise<string> {
  try {
    const app = await openApp({ config, log: createLog(), process: () => ({ uptime: 0, residentBytes: 0, cpu: 0 }) });
    try {
      return await runCommand(app, command, config.origin ?? `http://${config.host}:${config.port}`);
    } finally {
      await app.close();
    }
  } finally {
    lock.release();
  }
}
