import { iso } from '#core/event/times.ts';
import { createApp } from './app.ts';
import type { App, AppParts } from './app.ts';
import { keepBeforeUpgrade } from './backup/before-upgrade.ts';
import { openSqliteStore } from './store/sqlite.ts';
import type { SqliteParts } from './store/sqlite.ts';
import { SYSTEM } from './system.ts';

type Parts = Omit<AppParts, 'store' | keyof typeof SYSTEM> & Pick<SqliteParts, 'onBroken'>;

/** The app on the data folder of its settings, with time and randomness of the machine. The caller holds the lock of the folder. */
export async function openApp({ onBroken, ...parts }: Parts): Promise<App> {
  const { config, log } = parts;
  const kept = await keepBeforeUpgrade(config.dataDir, iso(SYSTEM.clock.now()));
  if (kept !== null)
    log.info({ kept }, 'An earlier version made this database; it was copied before it was brought forward.');
  const store = await openSqliteStore({
    dataDir: config.dataDir,
    clock: SYSTEM.clock,
    log,
    ...(onBroken && { onBroken }),
  });
  return createApp({ ...parts, store, ...SYSTEM });
}
