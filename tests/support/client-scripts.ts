import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILT = join(ROOT, 'build/client');
const MANIFEST = join(ROOT, '.svelte-kit/output/client/.vite/manifest.json');

/** What Vite says of one built file: which others it imports at once, which later. */
interface Entry {
  file: string;
  /** Of a file that is no single module: tools/shared-chunk.ts gives it. */
  name?: string;
  imports?: string[];
  dynamicImports?: string[];
}
type Manifest = Record<string, Entry>;

/** The scripts of one page in the order they are needed; paths below `build/client`. */
export interface PageScripts {
  /** With the page: SvelteKit, Svelte and the page's own code. */
  page: string[];
  /** The note: Yjs, its copy in the browser, the connection, the editor and what is docked below it. */
  note: string[];
}

/** The scripts of a room's page, read from what the last build says of itself. */
export function roomScripts(): PageScripts {
  const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest;
  const page = reached(manifest, [/\/client\/entry\.js$/, /client-optimized\/app\.js$/, node(0), node(roomNode())]);
  const note = reached(manifest, [/^named writing$/, /room\/NoteDock\.svelte$/]);
  return { page: [...page], note: [...note].filter((file) => !page.has(file)) };
}

/** Bytes on the wire with gzip, as the build compressed them. */
export function gzipBytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(join(BUILT, `${file}.gz`)).size, 0);
}

function reached(manifest: Manifest, starts: RegExp[]): Set<string> {
  const files = new Set<string>();
  const visit = (key: string): void => {
    const entry = manifest[key];
    if (!entry || files.has(entry.file)) return;
    files.add(entry.file);
    for (const other of entry.imports ?? []) visit(other);
  };
  for (const start of starts) {
    const key = Object.keys(manifest).find((one) => start.test(one) || start.test(`named ${manifest[one]?.name}`));
    if (key === undefined) throw new Error(`The build has no file of ${start.source}. Run npm run build first.`);
    visit(key);
  }
  return files;
}

function node(index: number): RegExp {
  return new RegExp(`client-optimized/nodes/${index}\\.js$`);
}

/** SvelteKit numbers its pages; which number the room has is in the list it made. */
function roomNode(): number {
  const app = readFileSync(join(ROOT, '.svelte-kit/generated/client-optimized/app.js'), 'utf8');
  const found = /"\/\[event\]\/\[session\]": \[~?(\d+)/.exec(app);
  if (!found) throw new Error('The list of routes has no room.');
  return Number(found[1]);
}
