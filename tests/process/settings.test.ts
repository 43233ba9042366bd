import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { markOutcomes } from '../support/mark-outcomes.ts';
import { outcomeId } from '../support/outcomes.ts';
import { startServer, type RunningServer } from '../support/start-server.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SEED = readFileSync(new URL('../../samples/seed.txt', import.meta.url), 'utf8');

let app: RunningServer;
let ann: ReturnType<typeof browser>;
beforeAll(async () => {
  app = await startServer({ env: { SAMPLE: '0' } });
  ann = browser();
  const body = JSON.stringify({ token: new URL(await app.organizerLink()).hash.slice(1) });
  const headers = { 'content-type': 'application/json' };
  expect((await ann.ask('/api/organizer', { method: 'POST', body, headers })).status).toBe(204);
});
afterAll(() => app.dispose());

type Fields = Record<string, string | Blob>;

/** A browser without scripts: keeps its cookie, sends forms, does not follow. */
function browser() {
  let cookie = '';
  const ask = async (path: string, init: RequestInit = {}, origin = app.url): Promise<Response> => {
    const headers = {
      origin,
      accept: 'text/html',
      ...(cookie && { cookie }),
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(app.url + path, { redirect: 'manual', ...init, headers });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return response;
  };
  const send = (path: string, fields: Fields, origin?: string): Promise<Response> => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return ask(path, { method: 'POST', body }, origin);
  };
  return { ask, send };
}

const typed = (fields: Record<string, [was: string, now: string]>): Fields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, [was, now]]) => [
      [`was.${name}`, was],
      [name, now],
    ]),
  );

/** An event by hand that is open on this machine; its slug. */
async function newEvent(title: string): Promise<string> {
  const fields = typed({ title: ['', title], start: ['', '2023-11-13'], zone: ['', 'America/New_York'] });
  const made = await ann.send('/new?/create', fields);
  return /^\/(.+)\/settings$/.exec(made.headers.get('location') ?? '')?.[1] ?? `refused: ${made.status}`;
}

interface Told {
  title: string;
  sessions: { slug: string; title: string; topics: string[]; minutes: number | null }[];
}
const told = async (slug: string) => (await (await ann.ask(`/api/events/${slug}`)).json()) as Told;

describe('settings over HTTP', () => {
  it('SE2: who is no organizer gets a page that says so, no settings, and changes nothing; nor does a foreign page', async () => {
    const slug = await newEvent('Kept');
    const guest = browser();
    const page = await guest.ask(`/${slug}/settings`);
    expect(page.status).toBe(403);
    expect(await page.text()).toContain('Only an organizer may change this event.');
    for (const path of ['/new', `/${slug}/settings/import`]) expect((await guest.ask(path)).status).toBe(403);
    expect((await guest.ask('/nowhere/settings')).status).toBe(404);
    const change = typed({ title: ['Kept', 'Mine'] });
    const asked = [
      guest.send(`/${slug}/settings?/event`, change),
      guest.send(`/${slug}/settings?/access`, typed({ access: ['loopback', 'closed'] })),
      guest.send(`/${slug}/settings?/moveTopic`, { move: 'up x' }),
      guest.send('/new?/create', typed({ title: ['', 'X'], start: ['', '2026-01-01'], zone: ['', 'UTC'] })),
      guest.send('/new?/preview', { text: SEED }),
      guest.send(`/${slug}/settings/import?/preview`, { text: SEED }),
      guest.send('/new?/write', { preview: 'x' }),
      ann.send(`/${slug}/settings?/event`, change, 'https://evil.example'),
    ];
    for (const one of await Promise.all(asked)) expect(one.status).toBe(403);
    expect((await told(slug)).title).toBe('Kept');
    expect(await (await guest.ask('/')).text()).not.toContain('href="/new"');
    expect(await (await guest.ask(`/${slug}`)).text()).not.toContain(`/${slug}/settings`);
  });

  it('SE3, SE4, SE6, SE7: a change is written, logged and shown; a wrong one comes back with its words, and so does a conflict', async () => {
    const slug = await newEvent('Old');
    const path = `/${slug}/settings?/event`;
    expect(await (await ann.ask('/')).text()).toContain('href="/new"');
    expect(await (await ann.ask(`/${slug}`)).text()).toContain(`href="/${slug}/settings"`);
    const wrong = await ann.send(path, typed({ title: ['Old', 'New'], zone: ['America/New_York', 'Mars/<b>'] }));
    expect(wrong.status).toBe(400);
    const words = await wrong.text();
    expect(words).toContain('Expected the name of a time zone');
    expect(words).toContain('value="New"');
    expect(words).toContain('Mars/&lt;b>');
    expect((await told(slug)).title).toBe('Old');
    const written = await ann.send(path, typed({ title: ['Old', 'Ann’s & <b>'] }));
    expect(written.status).toBe(303);
    expect(written.headers.get('location')).toBe(`/${slug}/settings?saved=event#event`);
    const shown = await (await ann.ask(`/${slug}/settings`)).text();
    expect(shown).toContain('An organizer without a name');
    expect(shown.replace(/<!--.*?-->/g, '')).toMatch(/<del[^>]*>Old<\/del> became <ins[^>]*>Ann’s &amp; &lt;b>/);
    const second = await ann.send(path, typed({ title: ['Old', 'Bob’s'] }));
    expect(second.status).toBe(400);
    expect(await second.text()).toContain('while you were typing. Save again to put yours in its place.');
    expect((await told(slug)).title).toBe('Ann’s & <b>');
  });

  it('SE8, SE9: topics, sessions and people by forms alone; a session has its room at once', async () => {
    const slug = await newEvent('Hands');
    const send = async (path: string, fields: Parameters<typeof typed>[0], more: Fields = {}) =>
      expect((await ann.send(`/${slug}/settings${path}`, { ...typed(fields), ...more })).status, path).toBe(303);
    await send('?/addTopic', { title: ['', 'IOMMU'], parent: ['', ''], session: ['', ''] });
    await send('?/addTopic', { title: ['', 'VFIO'], parent: ['', ''], session: ['', 'yes'] });
    await send('?/moveTopic', { iommu: ['IOMMU', 'IOMMU all'] }, { move: 'down iommu' });
    await send('?/addSession', { title: ['', 'By hand'], start: ['', '2023-11-13T09:00'], topic: ['', 'iommu'] });
    await send('?session=by-hand&/session', { gone: ['', 'yes'], minutes: ['', '25'] });
    await send('?/addPerson', { name: ['', 'Zoë Example'], initials: ['', 'zx'], unnamed: ['', 'yes'] });
    await send('?/addPerson', { name: ['', 'Typo'] });
    await send(`?person=${encodeURIComponent('Zoë Example')}&/person`, {
      initials: ['zx', 'zoe'],
      name: ['Zoë Example', 'Zoë Other'],
    });
    await send('?person=Typo&/removePerson', {});
    const { sessions } = await told(slug);
    expect(sessions.map((one) => [one.slug, one.topics, one.minutes])).toEqual([
      ['by-hand', ['IOMMU all'], 25],
      ['vfio', ['VFIO'], null],
    ]);
    expect((await ann.ask(`/${slug}/vfio`)).status).toBe(200);
    const page = await (await ann.ask(`/${slug}/settings?session=by-hand`)).text();
    expect(page).toContain('value="2023-11-13T09:00"');
    expect(page).toMatch(/Zoë Other.{0,100}also found as Zoë Example.{0,200}Not to be named.{0,200}zoe/s);
    expect(page.indexOf('name="was.vfio"')).toBeLessThan(page.indexOf('name="was.iommu"'));
    const kept = await ann.send(`/${slug}/settings?/removeTopic`, { remove: 'vfio' });
    expect(kept.status).toBe(400);
    expect(await kept.text()).toContain('has the session “VFIO”');
  });

  it('SE10: an event by a file that is looked at first; a wrong file names the place', async () => {
    const wrong = await ann.send('/new?/preview', { text: SEED.replace('America/New_York', 'Mars/Base') });
    expect(wrong.status).toBe(400);
    expect(await wrong.text()).toContain('Line 2: expected the name of an IANA time zone before “timezone”');
    const looked = await ann.send('/new?/preview', { text: '', file: new Blob([SEED]) });
    expect(await looked.clone().text()).toContain('New sessions');
    expect((await ann.ask('/vfio-iommu-pci-mc-2023')).status).toBe(404);
    const preview = /name="preview" value="([^"]+)"/.exec(await looked.text())?.[1] ?? '';
    const written = await ann.send('/new?/write', { preview });
    expect(written.headers.get('location')).toBe('/vfio-iommu-pci-mc-2023');
    const again = await ann.send('/vfio-iommu-pci-mc-2023/settings/import?/preview', { text: SEED });
    expect(await again.text()).toContain('Nothing new for');
    await markOutcomes(app, 'vfio-iommu-pci-mc-2023', 'pasid-in-sriov-virtual-functions', [{ id: outcomeId(1) }]);
    const renamed = { text: SEED.replace('PASID in SRIOV', 'PASIDs in SRIOV') };
    const told = await (await ann.send('/vfio-iommu-pci-mc-2023/settings/import?/preview', renamed)).text();
    expect(told).toContain('PASID in SRIOV virtual functions (has notes, which stay with it)');
    expect(told.match(/which stay with it/g)).toHaveLength(1);
    expect((await ann.send('/new?/write', { preview })).status).toBe(409);
  });

  it('SE10: a whole conference is taken where programmes are, and nothing that large elsewhere', async () => {
    const large = ' '.repeat(2_000_000);
    expect((await ann.send('/new?/preview', { text: large })).status).toBe(400);
    expect((await ann.send('/any/settings?/event', { text: large })).status).toBe(413);
  });

  it('SE3: closing an event shuts it to others, and the log says it', async () => {
    const slug = await newEvent('Shut');
    expect((await browser().ask(`/${slug}`)).status).toBe(200);
    const closed = await ann.send(`/${slug}/settings?/access`, typed({ access: ['loopback', 'closed'] }));
    expect(closed.status).toBe(303);
    expect((await browser().ask(`/${slug}`)).status).toBe(403);
    const page = await (await ann.ask(`/${slug}/settings`)).text();
    expect(page.replace(/<!--.*?-->/g, '')).toMatch(/Access: <del[^>]*>loopback<\/del> became/);
  });
});
