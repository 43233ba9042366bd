import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '#server/app.ts';
import { systemClock } from '#server/clock.ts';
import { clientAddresses } from '#server/http/client-address.ts';
import { createLog } from '#server/log.ts';
import { attachSync } from '#server/socket.ts';
import { openSqliteStore } from '#server/store/sqlite.ts';
import { LIMITS } from '#server/sync/limits.ts';
import { SYSTEM } from '#server/system.ts';
import { oneEvent } from '../support/one-event.ts';

/**
 * The real app, store and sockets in a process of their own, without the pages: it starts in a fraction of the time, so that
 * it can be killed a thousand times. DATA_DIR is its folder, FAULT a named kill point, NOTES how many there are. Prints its port.
 */
const dataDir = process.env['DATA_DIR'] ?? '';
const log = createLog();
const store = await openSqliteStore({
  dataDir,
  clock: systemClock,
  log,
  fault: process.env['FAULT'] ?? null,
  onBroken: () => process.exit(1),
});
const app = createApp({
  config: { host: '127.0.0.1', port: 0, origin: null, trustedProxies: [], dataDir, sample: false, limits: true },
  store,
  ...SYSTEM,
  log,
  process: () => ({ uptime: process.uptime(), residentBytes: process.memoryUsage.rss(), cpu: 0 }),
});
if ((await store.events.list()).length === 0) await oneEvent(store, Number(process.env['NOTES'] ?? 2));
const server = createServer();
attachSync(server, {
  rooms: app.rooms,
  admit: app.admit,
  addressOf: clientAddresses([]),
  limits: LIMITS,
  clock: systemClock,
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`);
});
