import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const ENTRY = fileURLToPath(new URL('./sync-process.ts', import.meta.url));
const STORE = fileURLToPath(new URL('../../server/store/', import.meta.url));

/**
 * The script of a victim, made of one file instead of hundreds whose types are stripped at each start: it starts in half the
 * time, and a thousand kills are a thousand starts. Made once per process, gone with it. Rejects when it does not build.
 */
export function victimScript(): Promise<string> {
  return (made ??= make());
}

let made: Promise<string> | null = null;

async function make(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-victim-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const threads = readdirSync(STORE).filter((name) => /^sqlite-\w+\.ts$/.test(name));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: false,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: [ENTRY, ...threads.map((name) => join(STORE, name))],
        output: {
          // The store looks for its threads by name in the folder above its own.
          entryFileNames: ({ facadeModuleId }) =>
            facadeModuleId?.startsWith(STORE) ? basename(facadeModuleId) : 'server/[name].mjs',
          chunkFileNames: 'server/[name].mjs',
        },
      },
    },
  });
  return join(folder, 'server', 'sync-process.mjs');
}
