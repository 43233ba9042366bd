import { type ChildProcess, spawn } from 'node:child_process';
import { victimScript } from './victim-bundle.ts';

/** The server process of a kill test. */
export interface Victim {
  port: number;
  kill(): void;
  /** Resolves when the process is gone, killed by us or by its fault point, with what it wrote to stderr. */
  gone: Promise<string>;
}

/** Resolves with the running process, or null when its fault point ended it before it listened. `notes`: in a new data folder. */
export async function startVictim(dataDir: string, fault = '', notes = 2): Promise<Victim | null> {
  const child = spawn(process.execPath, [await victimScript()], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, FAULT: fault, NOTES: String(notes) },
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const gone = new Promise<string>((resolve) => child.once('close', () => resolve(errors)));
  const port = await Promise.race([printedPort(child), gone.then(() => null)]);
  if (port !== null) return { port, kill: () => child.kill('SIGKILL'), gone };
  if (child.signalCode !== 'SIGKILL') throw new Error(`the server did not start:\n${errors}`);
  return null;
}

function printedPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const port = /port (\d+)/.exec(output)?.[1];
      if (port) resolve(Number(port));
    });
  });
}
