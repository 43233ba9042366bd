import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, createApp } from '#server/app.ts';
import { type Clock, systemClock } from '#server/clock.ts';
import { clientAddresses } from '#server/http/client-address.ts';
import { createHttpSync } from '#server/http-sync.ts';
import { createLog } from '#server/log.ts';
import { attachSync } from '#server/socket.ts';
import type { Store } from '#server/store/store.ts';
import { LIMITS, type Limits } from '#server/sync/limits.ts';
import { SYSTEM } from '#server/system.ts';

/** The real app and sockets on a port of 127.0.0.1, without the pages: nothing has to be built. */
export interface SyncServer {
  port: number;
  app: App;
  /** Ends sockets at once, as a crash would; the store is left to the caller. */
  close(): Promise<void>;
}

export async function startSyncServer(
  store: Store,
  port = 0,
  limits: Limits = LIMITS,
  clock: Clock = systemClock,
  trustedProxies: readonly string[] = [],
): Promise<SyncServer> {
  const app = createApp({
    config: { host: '127.0.0.1', port, origin: null, trustedProxies, dataDir: '', sample: false, limits: true },
    store,
    ...SYSTEM,
    clock,
    log: createLog('silent'),
    process: () => ({ uptime: process.uptime(), residentBytes: process.memoryUsage.rss(), cpu: 0 }),
  });
  const addressOf = clientAddresses(trustedProxies);
  const sync = { rooms: app.rooms, admit: app.admit, addressOf, limits, clock };
  const requests = createHttpSync({ ...sync, newSecret: app.newSecret });
  const server = createServer(requests.front((_request, response) => response.writeHead(404).end()));
  const stopSockets = attachSync(server, sync);
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    app,
    async close() {
      app.rooms.close();
      stopSockets();
      requests.stop();
      server.closeIdleConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
