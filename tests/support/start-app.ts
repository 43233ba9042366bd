import type { RequestListener } from 'node:http';
import type { Access } from '#core/event/model.ts';
import { createApp } from '#server/app.ts';
import type { App } from '#server/app.ts';
import { systemClock } from '#server/clock.ts';
import { readConfig } from '#server/config.ts';
import { provideServices } from '#server/context.ts';
import { createLog } from '#server/log.ts';
import { loadPages } from '#server/pages.ts';
import { serve } from '#server/serve.ts';
import { memoryStore } from '#server/store/memory.ts';
import type { Store } from '#server/store/store.ts';
import { SYSTEM } from '#server/system.ts';
import { smallEvent } from './sample-event.ts';

export interface AppOptions {
  /** Events to begin with, each with one session `opening`. */
  events?: [slug: string, access: Access][];
  env?: Record<string, string>;
}

/** The built pages and a real port over a store in memory, in this process. */
export interface RunningApp {
  /** Without a trailing slash. */
  url: string;
  app: App;
  store: Store;
  close(): Promise<void>;
}

/** One at a time: the pages reach the services through one global. */
export async function startApp({ events = [], env = {} }: AppOptions = {}): Promise<RunningApp> {
  const config = readConfig({ PORT: '0', ...env });
  const store = memoryStore({ clock: systemClock });
  for (const [slug, access] of events) {
    const { event, notes } = smallEvent(slug, access, ['opening']);
    await store.events.save(event, notes);
  }
  const app = createApp({
    config,
    store,
    ...SYSTEM,
    log: createLog('silent'),
    process: () => ({ uptime: 1, residentBytes: 1, cpu: 1 }),
  });
  provideServices(app.services);
  const pages: RequestListener = await loadPages(process.env);
  const served = await serve(app, config, pages, systemClock);
  return {
    url: served.address,
    app,
    store,
    async close() {
      await served.drain();
      await app.close();
    },
  };
}
