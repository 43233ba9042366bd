import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from './app.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { createHttpSync } from './http-sync.ts';
import { clientAddresses } from './http/client-address.ts';
import { front, SERVER_OPTIONS } from './http/front.ts';
import { LOCK_WAIT } from './lock.ts';
import { attachSync, refuseUpgrade } from './socket.ts';

/** Answers under way and peers that were told to go get this long, in milliseconds. */
const GOODBYE_WAIT = 3_000;
const PORT_RETRY = 200;

/** The app at an address. */
export interface Served {
  /** Where it listens, without a trailing slash; with the true port when PORT was 0. */
  address: string;
  /** Commits, acks, says goodbye (ST5). Resolves when nothing is open any more; the store still is. */
  drain(): Promise<void>;
}

/** The port is taken. */
class PortTakenError extends Error {
  readonly kind = 'held';
}

/** Puts `pages` and the sync engine behind one port. A port that is taken is tried again for `wait` milliseconds. */
export async function serve(
  app: App,
  config: Config,
  pages: RequestListener,
  clock: Clock,
  wait = LOCK_WAIT,
): Promise<Served> {
  const sync = {
    rooms: app.rooms,
    admit: app.admit,
    addressOf: clientAddresses(config.trustedProxies),
    limits: app.limits,
    clock,
  };
  const requests = createHttpSync({ ...sync, newSecret: app.newSecret });
  const server = createServer(SERVER_OPTIONS, requests.front(front(config, pages)));
  const stopSockets = attachSync(server, sync);
  const detach = (): void => {
    stopSockets();
    requests.stop();
  };
  // Node leaves an upgrade nobody takes open for ever.
  server.on('upgrade', (request, socket) => {
    if (!request.url?.startsWith('/sync/'))
      refuseUpgrade(socket, { status: 404, headers: {}, reason: 'Notes are at /sync/<noteId>.' });
  });
  await listen(server, config, clock, wait);
  return {
    address: addressOf(server, config.host),
    async drain() {
      await app.drain();
      // Counts WebSockets too: peers have been told to go and get a moment to answer.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cancel = clock.after(GOODBYE_WAIT, () => {
        detach();
        server.closeAllConnections();
      });
      await closed;
      cancel();
      detach();
    },
  };
}

async function listen(server: Server, { host, port }: Config, clock: Clock, wait: number): Promise<void> {
  const deadline = clock.elapsed() + wait;
  for (;;) {
    const error = await tryListen(server, host, port);
    if (!error) return;
    if (error.code !== 'EADDRINUSE') throw error;
    if (clock.elapsed() >= deadline)
      throw new PortTakenError(
        `Port ${port} on ${host} is in use by another program. Stop it first, or set PORT to another port.`,
      );
    await new Promise<void>((resume) => clock.after(PORT_RETRY, resume));
  }
}

function tryListen(server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      server.off('listening', done);
      resolve(error);
    };
    const done = (): void => {
      server.off('error', failed);
      resolve(null);
    };
    server.once('error', failed).once('listening', done).listen(port, host);
  });
}

/** Addresses that mean "all of them" are no use in a browser. */
function addressOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
