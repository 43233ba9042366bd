import type { CDPSession, Page } from '@playwright/test';
import { systemClock } from '#server/clock.ts';
import { ChaosProxy } from '../support/chaos-proxy.ts';
import { Random } from '../support/random.ts';
import type { RunningServer } from '../support/start-server.ts';
import { ROOM, enter, noteText, saved } from './in-the-room.ts';
import { NO_NETWORK, expect, isFirefox, test, type People } from './journey.ts';
import { expectNoSilentKey, sleepFor, untilSaved, watchSaving } from './saving-watched.ts';

/** A writer behind a network that can be taken away, in a page whose clocks the test moves. */
interface Scene {
  page: Page;
  network: ChaosProxy;
  server: RunningServer;
  browser: CDPSession;
  /** Types a word that is typed only once. */
  type(): Promise<void>;
  /** All words typed so far. */
  words: string[];
}

interface Situation {
  what: string;
  happens(scene: Scene): Promise<void>;
  /** What is said then, beside that nothing is saved. */
  said?: (scene: Scene) => Promise<void>;
}

const DAYS = 3 * 24 * 3_600_000;
/** Neither end hears of the other any more, and nobody is told. */
const DEAD = { kind: 'half-open', lost: 'both' } as const;

const strip = (page: Page) => page.getByTestId('saved-strip');

/** The seconds that are said a second later, if any are. */
async function nextTry({ page }: Scene): Promise<number> {
  await page.clock.runFor(1_000);
  return Number(/Next try in (\d+) s/.exec(await strip(page).innerText())?.[1] ?? Number.NaN);
}

const freeze = ({ browser }: Scene) => browser.send('Page.setWebLifecycleState', { state: 'frozen' });
const thaw = ({ browser }: Scene) => browser.send('Page.setWebLifecycleState', { state: 'active' });

async function setClock({ page }: Scene, by: number): Promise<void> {
  await page.clock.setSystemTime((await page.evaluate(() => Date.now())) + by);
}

const TABS_AND_LIDS: Situation[] = [
  {
    what: 'the tab was frozen, and its connection died meanwhile',
    async happens(scene) {
      await freeze(scene);
      scene.network.strike(DEAD);
      await thaw(scene);
      await scene.type();
    },
  },
  {
    what: 'the tab was frozen with words on their way, without a network',
    async happens(scene) {
      scene.network.strike(DEAD);
      scene.network.offline = true;
      await scene.type();
      await freeze(scene);
      await thaw(scene);
      await scene.type();
    },
  },
  {
    what: 'the lid was closed for three days with words on their way, and all clocks went on',
    async happens(scene) {
      scene.network.strike(DEAD);
      scene.network.offline = true;
      await scene.type();
      await freeze(scene);
      await thaw(scene);
      await sleepFor(scene.page, DAYS);
      await scene.type();
    },
    said: ({ page }) => expect(strip(page)).toContainText(/the first of \w{3} \d+ \w{3}, \d\d:\d\d/),
  },
  {
    what: 'the lid was closed for three days, and the clock that measures stood still',
    async happens(scene) {
      await scene.type();
      await freeze(scene);
      scene.network.strike(DEAD);
      await thaw(scene);
      await setClock(scene, DAYS);
      await scene.type();
    },
  },
];

const NETWORKS_AND_CLOCKS: Situation[] = [
  {
    what: 'another network, and nobody said so',
    async happens(scene) {
      scene.network.strike(DEAD);
      await scene.type();
    },
  },
  {
    what: 'another network, and the browser said so',
    async happens(scene) {
      await scene.page.context().setOffline(true);
      await scene.type();
      scene.network.strike(DEAD);
      await scene.page.context().setOffline(false);
      await scene.type();
    },
  },
  {
    what: 'the clock was set back by days while words were on their way',
    async happens(scene) {
      scene.network.strike(DEAD);
      scene.network.offline = true;
      await scene.type();
      await setClock(scene, -DAYS);
      await scene.type();
    },
    async said(scene) {
      let seconds = Number.NaN;
      await expect
        .poll(async () => {
          if (Number.isNaN(await nextTry(scene))) return seconds;
          await setClock(scene, -DAYS);
          return (seconds = await nextTry(scene));
        })
        .not.toBeNaN();
      expect(seconds, 'seconds until the next try').toBeLessThanOrEqual(30);
    },
  },
  {
    what: 'the clock was set forward by days, and the network is good',
    async happens(scene) {
      await scene.type();
      await setClock(scene, 2 * DAYS);
      await scene.type();
    },
  },
  {
    what: 'the server was killed, and started again',
    async happens(scene) {
      await scene.type();
      await scene.server.kill9();
      await scene.type();
    },
  },
  {
    what: 'the server was stopped, and started again',
    async happens(scene) {
      await scene.type();
      await scene.server.stop();
      await scene.type();
    },
  },
];

for (const [name, situations] of [
  ['tabs that are frozen and lids that are closed', TABS_AND_LIDS],
  ['networks that change, clocks that are set and servers that start again', NETWORKS_AND_CLOCKS],
] as const) {
  test(`NW3 CL2, test 13: ${name}: no key is taken without being saved or said not to be within 8 s`, async ({
    people,
    server,
    problems,
  }) => {
    problems.allow(NO_NETWORK);
    const scene = await begin(people, server);
    test.skip(isFirefox(scene.page), 'Tabs are frozen by the protocol of Chromium.');
    try {
      for (const { what, happens, said } of situations)
        await test.step(what, async () => {
          await happens(scene);
          await expectNoSilentKey(scene.page, what);
          await said?.(scene);
          scene.network.offline = false;
          if (!(await isUp(server))) await server.restart();
          await untilSaved(scene.page);
        });
      const kept = await (await fetch(`${server.url}${ROOM}.md`)).text();
      for (const text of [await noteText(scene.page), kept])
        for (const word of scene.words) expect(text.split(word), word).toHaveLength(2);
    } finally {
      await scene.network.close();
    }
  });
}

async function begin(people: People, server: RunningServer): Promise<Scene> {
  const port = Number(new URL(server.url).port);
  const network = new ChaosProxy({ target: port, clock: systemClock, random: new Random(13) });
  await network.open();
  const [page] = await people(1, { baseURL: `http://127.0.0.1:${network.port}` });
  await page.clock.install();
  await enter(page, 'Ada');
  await expect(saved(page)).toHaveAttribute('data-kind', 'saved');
  await watchSaving(page);
  const words: string[] = [];
  const type = async (): Promise<void> => {
    const word = `⟨${words.length}⟩`;
    words.push(word);
    await page.keyboard.type(word);
  };
  return { page, network, server, browser: await page.context().newCDPSession(page), type, words };
}

async function isUp(server: RunningServer): Promise<boolean> {
  return fetch(`${server.url}/healthz`).then(
    () => true,
    () => false,
  );
}
