import { dirname, posix, relative, sep } from 'node:path';

/** Where an import leads: a path of this repository (with `/`), or a package. */
export type Target =
  { kind: 'file'; path: string } | { kind: 'package'; name: string } | { kind: 'builtin'; name: string };

export interface Import {
  /** Path of the importing file from the repository's root, with `/`. */
  from: string;
  to: Target;
  /** True for `import type` and `export type`: nothing of it is left at run time. */
  typeOnly: boolean;
}

const ALIASES: readonly [prefix: string, folder: string][] = [
  ['#core/', 'src/core/'],
  ['#lib/', 'src/lib/'],
  ['#server/', 'server/'],
];

const CORE_PACKAGES = /^(yjs|y-protocols|lib0|@tiptap\/.+|prosemirror-.+|markdown-it)$/;

/** The store's interfaces; every other file of server/store belongs to an adapter. */
const STORE_SEAMS = /^server\/store\/(log|tables|store)\.ts$/;

const TEST = /(\.test\.ts$)|(^tests\/)/;

/** Resolves a specifier by name alone: no disk is read. null for what this rule does not know (Kit's `$app/...`, `./$types`). */
export function target(root: string, file: string, specifier: string): Target | null {
  if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier };
  for (const [prefix, folder] of ALIASES)
    if (specifier.startsWith(prefix))
      return { kind: 'file', path: posix.normalize(folder + specifier.slice(prefix.length)) };
  if (specifier.startsWith('.'))
    return { kind: 'file', path: posix.normalize(posix.join(unixPath(relative(root, dirname(file))), specifier)) };
  if (/^[$/#]|^virtual:/.test(specifier)) return null;
  const parts = specifier.split('/');
  return { kind: 'package', name: specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier) };
}

/** Path with `/` on every system. */
export function unixPath(path: string): string {
  return path.split(sep).join('/');
}

/** Why this import is not allowed and where the code belongs instead; null when it is fine. */
export function complaint(wanted: Import): string | null {
  const { from } = wanted;
  const fromRoutes = from.startsWith('src/routes/');
  if (isFile(wanted, 'src/routes/') && !fromRoutes)
    return 'Nobody imports routes: they only parse, load and render. Move what is shared to src/lib/ (views) or src/core/ (rules).';
  if (TEST.test(from)) return null;
  if (from.startsWith('src/core/')) return coreComplaint(wanted);
  if (from.startsWith('src/lib/')) return libComplaint(wanted);
  if (fromRoutes) return routesComplaint(wanted);
  if (from.startsWith('src/')) return hooksComplaint(wanted);
  if (from.startsWith('server/')) return serverComplaint(wanted);
  return null;
}

function coreComplaint(wanted: Import): string | null {
  const { to } = wanted;
  if (to.kind === 'file' && to.path.startsWith('src/core/')) return null;
  if (to.kind === 'package' && CORE_PACKAGES.test(to.name)) return null;
  return (
    'core has no DOM, no Node, no Svelte: it imports only core, yjs, y-protocols, lib0, @tiptap/*, prosemirror-* and markdown-it. ' +
    'Code that needs more belongs in src/lib/ (browser) or server/ (Node), or is passed in.'
  );
}

function libComplaint(wanted: Import): string | null {
  if (isFile(wanted, 'server/'))
    return 'lib runs in the browser and sees core only, not even types of the server. Put a shared type or rule in src/core/; get data from a load function in src/routes/.';
  if (wanted.to.kind === 'builtin')
    return 'lib runs in the browser, which has no node: modules. Code that needs Node belongs in server/.';
  return null;
}

function routesComplaint(wanted: Import): string | null {
  if (!isFile(wanted, 'server/')) return null;
  if (wanted.typeOnly && isPath(wanted, 'server/context.ts')) return null;
  return (
    "Routes take types only, and only from #server/context.ts: SvelteKit's bundle would carry its own copy of a server value. " +
    'Offer it as a service in server/context.ts and reach it through event.locals.'
  );
}

/** src/hooks.server.ts and src/app.d.ts: the one place where the services enter SvelteKit. */
function hooksComplaint(wanted: Import): string | null {
  if (!isFile(wanted, 'server/') || wanted.typeOnly || isPath(wanted, 'server/context.ts')) return null;
  return "Hooks take values from #server/context.ts alone: SvelteKit's bundle would carry its own copy of any other. Offer it as a service there.";
}

function serverComplaint(wanted: Import): string | null {
  if (isFile(wanted, 'src/lib/'))
    return 'The server sees core, not lib: views belong to the browser. Move what both need to src/core/.';
  if (!wanted.from.startsWith('server/sync/')) return null;
  if (wanted.to.kind === 'builtin' || isPackage(wanted, 'ws'))
    return 'server/sync is the pure engine: no node: modules, no ws. Do the I/O in server/socket.ts or server/store/ and hand it in through an interface.';
  if (isFile(wanted, 'server/store/') && !STORE_SEAMS.test(wanted.to.path))
    return 'server/sync sees the interfaces of the store (log.ts, tables.ts, store.ts), never an adapter. server/app.ts chooses the adapter and hands it in.';
  return null;
}

function isFile(wanted: Import, folder: string): wanted is Import & { to: { kind: 'file' } } {
  return wanted.to.kind === 'file' && wanted.to.path.startsWith(folder);
}

function isPath(wanted: Import, path: string): boolean {
  return wanted.to.kind === 'file' && wanted.to.path === path;
}

function isPackage(wanted: Import, name: string): boolean {
  return wanted.to.kind === 'package' && wanted.to.name === name;
}
