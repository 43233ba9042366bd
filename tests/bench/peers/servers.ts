import { fileURLToPath } from 'node:url';
import type { Target } from '../load/peer.ts';
import type { ServerKind, ServerName } from './kind.ts';
import { importProgramme, noteTargets, plumblineCommand } from './plumbline.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const nothingToPrepare = (): Promise<void> => Promise.resolve();

function namedNotes(dialect: Target['dialect'], path: (note: string) => string): ServerKind['targets'] {
  return ({ port }, count) =>
    Promise.resolve(
      Array.from({ length: count }, (_, index) => {
        const note = `note-${index}`;
        return { port, note, path: path(note), dialect, subprotocol: null };
      }),
    );
}

const yWebsocket = here('./node_modules/@y/websocket-server/src/server.js');
const ofYWebsocket = namedNotes('y-websocket', (note) => `/${note}`);

export const SERVERS: Record<ServerName, ServerKind> = {
  floor: {
    name: 'floor',
    keeps: false,
    persists: false,
    prepare: nothingToPrepare,
    command: ({ port }) => ({ args: [here('./floor.ts')], env: { PORT: String(port) } }),
    readyPath: '/',
    targets: ofYWebsocket,
  },
  'y-websocket-memory': {
    name: 'y-websocket-memory',
    keeps: true,
    persists: false,
    prepare: nothingToPrepare,
    command: ({ port }) => ({ args: [yWebsocket], env: { HOST: '127.0.0.1', PORT: String(port) } }),
    readyPath: '/',
    targets: ofYWebsocket,
  },
  'y-websocket-leveldb': {
    name: 'y-websocket-leveldb',
    keeps: true,
    persists: true,
    prepare: nothingToPrepare,
    command: ({ port, dataDir }) => ({
      args: [yWebsocket],
      env: { HOST: '127.0.0.1', PORT: String(port), YPERSISTENCE: dataDir },
    }),
    readyPath: '/',
    targets: ofYWebsocket,
  },
  'hocuspocus-sqlite': {
    name: 'hocuspocus-sqlite',
    keeps: true,
    persists: true,
    prepare: nothingToPrepare,
    command: ({ port, dataDir }) => ({
      args: [here('./hocuspocus.ts')],
      env: { PORT: String(port), DATA_DIR: dataDir },
    }),
    readyPath: '/',
    targets: namedNotes('hocuspocus', () => '/'),
  },
  plumbline: {
    name: 'plumbline',
    keeps: true,
    persists: true,
    prepare: importProgramme,
    command: plumblineCommand,
    readyPath: '/readyz',
    targets: noteTargets,
  },
};
