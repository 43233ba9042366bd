import type { Server } from 'node:http';
import type { Plugin, ViteDevServer } from 'vite';
import { systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import type { Environment } from './config.ts';
import { provideServices } from './context.ts';
import { clientAddresses } from './http/client-address.ts';
import { mark } from './http/front.ts';
import { createHttpSync } from './http-sync.ts';
import { waitForFolder } from './lock.ts';
import { createLog } from './log.ts';
import { openApp } from './open-app.ts';
import { importSample } from './programme/sample.ts';
import { attachSync } from './socket.ts';

/** Vite makes the new server before it closes the old one, so the new one must end the old one's app to get the data folder. */
const RUNNING = Symbol.for('plumbline.dev');

/** `npm run dev`: the same app behind Vite's own server. Editing a server file restarts it. */
export function plumblineDev(env: Environment, pid: number): Plugin {
  return {
    name: 'plumbline-dev',
    apply: 'serve',
    config(user) {
      const { host, port } = readConfig(env);
      return { server: { host: user.server?.host ?? host, port: user.server?.port ?? port } };
    },
    async configureServer(vite) {
      const end: unknown = Reflect.get(globalThis, RUNNING);
      if (typeof end === 'function') await (end as () => Promise<void>)();
      if (vite.httpServer) Reflect.set(globalThis, RUNNING, await start(vite, vite.httpServer as Server, env, pid));
    },
  };
}

async function start(vite: ViteDevServer, http: Server, env: Environment, pid: number): Promise<() => Promise<void>> {
  const config = readConfig(env);
  const log = createLog();
  const lock = await waitForFolder(config.dataDir, pid, systemClock);
  const app = await openApp({
    config,
    log,
    process: () => ({ uptime: systemClock.elapsed() / 1000, residentBytes: 0, cpu: 0 }),
  });
  if (config.sample && (await app.services.events.list()).length === 0) await importSample(app.events);
  provideServices(app.services);
  const addressOf = clientAddresses(config.trustedProxies);
  const sync = { rooms: app.rooms, admit: app.admit, addressOf, limits: app.limits, clock: systemClock };
  const requests = createHttpSync({ ...sync, newSecret: app.newSecret });
  const stopSockets = attachSync(http, sync);
  vite.middlewares.use((request, response, next) => requests.front(() => next())(request, response));
  vite.middlewares.use((request, response, next) => {
    const refused = mark(request, config);
    if (refused) response.writeHead(refused.status).end(refused.reason);
    else next();
  });
  const token = await app.identity.mintOrganizerLink();
  vite.config.logger.info(`  Organizer link, works once: <address>/organizer#${token}`);
  const end = once(async () => {
    stopSockets();
    requests.stop();
    await app.close();
    lock.release();
  });
  http.once('close', () => void end());
  return end;
}

function once(run: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= run());
}
