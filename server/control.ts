import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { isCommand } from './commands.ts';
import type { Command } from './commands.ts';
import { InputError, NotFoundError } from './errors.ts';
import { writeIfRoom } from './write-if-room.ts';

/**
 * How the command line works beside a running server: the server owns the data folder, so it runs the command. It listens on
 * loopback at a port of its own, which no proxy forwards to, and asks for a token only those who may read the data folder have.
 */
export interface Control {
  close(): void;
}

/** What the file says to the command line. */
interface Door {
  port: number;
  token: string;
}

/** A whole conference's export is about 2 MB. */
const COMMAND_LIMIT = 64 * 1024 * 1024;

export async function openControl(
  dataDir: string,
  token: string,
  run: (command: Command) => Promise<string>,
): Promise<Control> {
  // One at a time: a command reads the store, thinks, and writes.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (command: Command): Promise<string> => {
    const turn = last.then(() => run(command));
    last = turn.catch(() => undefined);
    return turn;
  };
  const server = createServer((request, response) => {
    answer(request, token, inTurn).then(
      ({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const file = doorFile(dataDir);
  writeIfRoom(file, JSON.stringify({ port, token } satisfies Door));
  return {
    close() {
      rmSync(file, { force: true });
      server.close();
      server.closeAllConnections();
    },
  };
}

type Answer = { status: number; body: Result };
type Result = { ok: true; text: string } | { ok: false; kind: string; field: string; message: string };

async function answer(
  request: IncomingMessage,
  token: string,
  run: (command: Command) => Promise<string>,
): Promise<Answer> {
  if (request.method !== 'POST' || !sameToken(request.headers.authorization, token))
    return { status: 403, body: { ok: false, kind: 'access', field: '', message: 'Not for you.' } };
  const command: unknown = JSON.parse(await readAll(request));
  if (!isCommand(command))
    return { status: 400, body: { ok: false, kind: 'input', field: 'command', message: 'Unknown command.' } };
  try {
    return { status: 200, body: { ok: true, text: await run(command) } };
  } catch (error) {
    const { kind = 'bug', field = '', message } = error as { kind?: string; field?: string; message: string };
    return { status: 200, body: { ok: false, kind, field, message } };
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > COMMAND_LIMIT) throw new Error('Command too large');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Compared by hash, so that neither length nor time says how much was right. */
function sameToken(header: string | undefined, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(header ?? ''), hash(`Bearer ${token}`));
}

/** Runs the command in the server that owns the folder. null when none listens there (yet). Throws what the command threw. */
export async function callControl(dataDir: string, command: Command): Promise<string | null> {
  const door = readDoor(dataDir);
  if (!door) return null;
  let response: Response;
  try {
    response = await fetch(`http://127.0.0.1:${door.port}/`, {
      method: 'POST',
      headers: { authorization: `Bearer ${door.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(command),
    });
  } catch {
    return null;
  }
  const result = (await response.json()) as Result;
  if (result.ok) return result.text;
  if (result.kind === 'input') throw new InputError(result.field, result.message);
  if (result.kind === 'not-found') throw new NotFoundError(result.message);
  throw new Error(result.message);
}

function readDoor(dataDir: string): Door | null {
  try {
    return JSON.parse(readFileSync(doorFile(dataDir), 'utf8')) as Door;
  } catch {
    return null;
  }
}

function doorFile(dataDir: string): string {
  return join(dataDir, 'control.json');
}
