import type { Target } from '../load/peer.ts';

export const SERVER_NAMES = [
  'floor',
  'y-websocket-memory',
  'y-websocket-leveldb',
  'hocuspocus-sqlite',
  'plumbline',
] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

export interface Place {
  port: number;
  dataDir: string;
}

export interface ServerKind {
  name: ServerName;
  /** False when it forgets what was typed as soon as it was forwarded. */
  keeps: boolean;
  /** False when a restart loses everything by design. */
  persists: boolean;
  /** Once per data folder, before the first start. */
  prepare(dataDir: string): Promise<void>;
  /** Arguments for node, and environment on top of ours. */
  command(place: Place): { args: string[]; env: Record<string, string> };
  /** Path that answers once the server serves. */
  readyPath: string;
  /** Addresses of that many notes. */
  targets(place: Place, count: number): Promise<Target[]>;
}
