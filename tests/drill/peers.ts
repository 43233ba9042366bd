import type { ServerName } from '../bench/peers/kind.ts';
import type { OpenClient } from './clients/client.ts';

/** Who takes part: a server, and the client its users have. */
export interface Peer {
  says: string;
  server: ServerName;
  /** Settings of the server beside what the bench gives it. */
  env: Record<string, string>;
  /** Loaded in the process of its row alone: each client brings its own copy of Yjs. */
  client(): Promise<OpenClient>;
  /** It is ours: what it promises is checked. */
  ours: boolean;
}

export const PEER_NAMES = ['plumbline', 'plumbline-stock', 'y-websocket', 'hocuspocus'] as const;
export type PeerName = (typeof PEER_NAMES)[number];

const ours = { server: 'plumbline', env: { LIMITS: 'on' }, ours: true } as const;
const yWebsocket = async (): Promise<OpenClient> => (await import('./clients/y-websocket.ts')).openYWebsocket;

export const PEERS: Record<PeerName, Peer> = {
  plumbline: {
    ...ours,
    says: 'Plumbline',
    client: async () => (await import('./clients/own.ts')).openOwn,
  },
  'plumbline-stock': {
    ...ours,
    says: 'Plumbline, y-websocket provider',
    client: yWebsocket,
  },
  'y-websocket': {
    says: '@y/websocket-server, y-leveldb',
    server: 'y-websocket-leveldb',
    env: {},
    ours: false,
    client: yWebsocket,
  },
  hocuspocus: {
    says: '@hocuspocus/server, Database',
    server: 'hocuspocus-sqlite',
    env: {},
    ours: false,
    client: async () => (await import('./clients/hocuspocus.ts')).openHocuspocus,
  },
};
