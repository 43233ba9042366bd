import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { NO_SETTINGS } from '#core/event/settings.ts';
import { startApp } from '../support/start-app.ts';
import type { RunningApp } from '../support/start-app.ts';

// Each starts processes of its own, and other suites may keep the machine busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let app: RunningApp;
beforeEach(async () => {
  app = await startApp({
    events: [
      ['pci', 'open'],
      ['shut', 'closed'],
      ['here', 'loopback'],
    ],
  });
});
afterEach(() => app.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const MATERIALS = '/api/events/pci/sessions/opening/materials';

/** A browser: keeps its cookie and says where its page came from. */
function browser() {
  let cookie = '';
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(app.url + path, {
      method,
      headers: { origin: app.url, ...(cookie && { cookie }), ...(body === undefined ? {} : JSON_TYPE), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return response;
  };
}

async function problem(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  const body = (await response.json()) as { status: number; title: string; field?: string };
  expect(body.status).toBe(response.status);
  expect(body.title).not.toBe('');
  return body;
}

describe('reading', () => {
  it('PG3: /api/events lists what the asker may read, with the fields of the contract and no others', async () => {
    const events: unknown = await (await fetch(`${app.url}/api/events`)).json();
    const head = { start: '2023-11-13', end: '2023-11-15', zone: 'America/New_York' };
    expect(events).toHaveLength(2);
    expect(events).toEqual(
      expect.arrayContaining([
        { slug: 'pci', title: 'Event pci', ...head },
        { slug: 'here', title: 'Event here', ...head },
      ]),
    );
  });

  it('PG3, OU6: /api/events/<event> adds the prefix, and sessions with topic paths by title', async () => {
    expect(await (await fetch(`${app.url}/api/events/pci`)).json()).toEqual({
      slug: 'pci',
      title: 'Event pci',
      start: '2023-11-13',
      end: '2023-11-15',
      zone: 'America/New_York',
      prefix: 'PCI23',
      sessions: [
        {
          id: 'session-pci-opening',
          slug: 'opening',
          noteId: 'pci-opening.1',
          title: 'Session opening',
          topics: ['IOMMU > /dev/iommufd development'],
          start: null,
          minutes: 20,
          people: [],
          materials: [],
        },
      ],
    });
  });

  it.each([
    ['GET', '/api', 404],
    ['GET', '/api/nothing/here', 404],
    ['DELETE', '/api/nothing/here', 404],
    ['GET', '/api/events/nothing', 404],
    ['GET', '/api/events/pci/sessions/nothing/facts', 404],
    ['POST', '/api/events', 405],
    ['GET', '/api/events/shut', 403],
    ['GET', '/api/events/shut/sessions/opening/facts', 403],
  ])('PG3: %s %s is %i as problem+json', async (method, path, status) => {
    const response = await fetch(app.url + path, { method });
    expect(response.status).toBe(status);
    await problem(response);
  });

  it('ID7: a loopback event is closed to a forwarded request', async () => {
    expect((await fetch(`${app.url}/api/events/here`)).status).toBe(200);
    const forwarded = { headers: { 'x-forwarded-for': '127.0.0.1' } };
    expect((await fetch(`${app.url}/api/events/here`, forwarded)).status).toBe(403);
    const forged = { headers: { 'x-forwarded-for': '127.0.0.1', 'x-plumbline-loopback': 'yes' } };
    expect((await fetch(`${app.url}/api/events/here`, forged)).status).toBe(403);
  });
});

describe('names and the organizer link', () => {
  it('ID1, ID4: the first contact of a person sets a cookie that scripts cannot read; machines that read get none', async () => {
    const first = await browser()('PUT', '/api/me', { name: ' Ada  Lovelace ' });
    expect(first.status).toBe(204);
    expect(first.headers.get('set-cookie')).toMatch(
      /^plumbline-device=[\w-]{32}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    for (const path of ['/api/events', '/healthz', '/readyz', '/metrics'])
      expect((await fetch(app.url + path)).headers.get('set-cookie'), path).toBeNull();
  });

  it('ID2: a bad name is 400 and names the field', async () => {
    for (const name of ['', 'x'.repeat(61), 'a\u202eb', 7]) {
      const response = await browser()('PUT', '/api/me', { name });
      expect(response.status).toBe(400);
      expect(await problem(response)).toMatchObject({ field: 'name' });
    }
  });

  it('ID5: the organizer link opens closed events to this device, once', async () => {
    const ada = browser();
    const token = await app.app.identity.mintOrganizerLink();
    expect((await ada('POST', '/api/organizer', { token: 'x'.repeat(43) })).status).toBe(403);
    expect((await ada('GET', '/api/events/shut')).status).toBe(403);
    expect((await ada('POST', '/api/organizer', { token })).status).toBe(204);
    expect((await ada('GET', '/api/events/shut')).status).toBe(200);
    const response = await browser()('POST', '/api/organizer', { token });
    expect(response.status).toBe(403);
    await problem(response);
  });
});

describe('materials', () => {
  const slides = { kind: 'slides', title: 'Slides', url: 'https://lpc.events/slides.pdf' };
  const patches = { kind: 'patches', title: 'v3', url: 'https://lore.kernel.org/r/1' };

  async function named(name = 'Ada') {
    const ada = browser();
    await ada('PUT', '/api/me', { name });
    return ada;
  }
  async function titles() {
    const facts = (await (await fetch(`${app.url}/api/events/pci/sessions/opening/facts`)).json()) as {
      materials: { title: string }[];
    };
    return facts.materials.map(({ title }) => title);
  }

  it('MA1, MA3: are added with their author, moved, removed and put back to their place', async () => {
    const ada = await named();
    const added = await ada('POST', MATERIALS, slides);
    expect(added.status).toBe(201);
    const first = (await added.json()) as { id: string };
    expect(first).toMatchObject({ ...slides, addedBy: 'Ada' });
    await ada('POST', MATERIALS, patches);
    expect(await titles()).toEqual(['Slides', 'v3']);
    expect((await ada('PATCH', `${MATERIALS}/${first.id}`, { index: 1 })).status).toBe(204);
    expect(await titles()).toEqual(['v3', 'Slides']);
    const removed = await ada('DELETE', `${MATERIALS}/${first.id}`);
    expect(removed.status).toBe(200);
    expect(await titles()).toEqual(['v3']);
    const undo: unknown = await removed.json();
    expect((await ada('PUT', `${MATERIALS}/${first.id}`, undo)).status).toBe(204);
    expect(await titles()).toEqual(['v3', 'Slides']);
  });

  it.each([
    [{ ...slides, url: 'http://lpc.events/' }, 'url'],
    [{ ...slides, url: 'javascript:alert(1)' }, 'url'],
    [{ ...slides, title: '' }, 'title'],
    [{ ...slides, title: 7 }, 'title'],
    [{ ...slides, kind: 'virus' }, 'kind'],
    [{ kind: 'slides' }, 'title'],
  ])('MA2: %j is refused by field', async (input, field) => {
    const response = await (await named())('POST', MATERIALS, input);
    expect(response.status).toBe(400);
    expect(await problem(response)).toMatchObject({ field });
  });

  it('MA1: who may not write may not add', async () => {
    const response = await (await named())('POST', '/api/events/shut/sessions/opening/materials', slides);
    expect(response.status).toBe(403);
  });

  it.each([
    ['[]', JSON_TYPE, 400],
    ['{', JSON_TYPE, 400],
    ['a=b', { 'content-type': 'application/xml' }, 415],
    [`{"title":"${'x'.repeat(300_000)}"}`, JSON_TYPE, 413],
  ])('a body that is no JSON object is a problem (%#)', async (body, headers, status) => {
    const response = await fetch(app.url + MATERIALS, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    await problem(response);
  });
});

describe('text forms', () => {
  it.each([
    ['md', 'text/markdown; charset=utf-8', '# Session opening'],
    ['txt', 'text/plain; charset=utf-8', 'Session opening'],
    ['html', 'text/html; charset=utf-8', '>Session opening</h1>'],
    ['json', 'application/json; charset=utf-8', '"title": "Session opening"'],
  ])('TX1, TX6: .%s of a session and of its event', async (format, type, text) => {
    for (const path of ['/pci/opening', '/pci']) {
      const response = await fetch(`${app.url}${path}.${format}`);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-type')).toBe(type);
      expect(response.headers.get('set-cookie')).toBeNull();
      const body = await response.text();
      expect(body).toContain(path === '/pci' ? 'Session opening' : text);
      if (format !== 'json') expect(body).toMatch(/no notes/i);
    }
  });

  it('PG5: the HTML form has its one style in itself, known by its hash, and may load nothing', async () => {
    const { headers } = await fetch(`${app.url}/pci/opening.html`);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^' ]+'; img-src 'self';/,
    );
  });

  it.each([
    ['/pci/nothing.md', 404],
    ['/nothing/opening.txt', 404],
    ['/nothing.md', 404],
    ['/shut/opening.md', 403],
    ['/shut.json', 403],
    ['/shut/outcomes.eml', 403],
    ['/shut/opening.csv', 403],
    ['/shut/opening/minutes.md', 403],
    ['/shut/results.txt', 403],
    ['/pci/outcomes.md?kind=wish', 400],
    ['/pci/outcomes.txt?columns=59', 400],
    ['/pci/outcomes.json?names=some', 400],
  ])('ID6: %s is %i', async (path, status) => {
    expect((await fetch(app.url + path)).status).toBe(status);
  });
});

describe('publishing', () => {
  it('PU1, PU8: every form of outcomes has its type, and says that there are no notes', async () => {
    const forms = [
      ['/pci/outcomes.md', 'text/markdown; charset=utf-8', ': no notes'],
      ['/pci/outcomes.txt?columns=60&session=opening', 'text/plain; charset=utf-8', 'No notes'],
      ['/pci/outcomes.html', 'text/html; charset=utf-8', ': no notes'],
      ['/pci/outcomes.json', 'application/json; charset=utf-8', '"revision": null'],
      ['/pci/outcomes.csv?kind=gap', 'text/csv; charset=utf-8; header=present', 'id,kind,what'],
      ['/pci/opening.csv', 'text/csv; charset=utf-8; header=present', 'id,kind,what'],
      ['/pci/opening.ics', 'text/calendar; charset=utf-8', 'BEGIN:VCALENDAR'],
      ['/pci/opening.eml', 'message/rfc822', 'No notes'],
      ['/pci/results.txt', 'text/plain; charset=utf-8', 'Nothing was marked'],
      ['/pci/opening/minutes.md', 'text/markdown; charset=utf-8', 'No notes.'],
      ['/pci/opening/minutes.html', 'text/html; charset=utf-8', '<p>No notes.</p>'],
    ] as const;
    for (const [path, type, text] of forms) {
      const response = await fetch(app.url + path);
      expect(response.status, path).toBe(200);
      expect(response.headers.get('content-type')).toBe(type);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(await response.text(), path).toContain(text);
    }
    const draft = await fetch(`${app.url}/pci/outcomes.eml`);
    expect(draft.headers.get('content-disposition')).toBe('attachment; filename="pci-outcomes.eml"');
  });

  it('PU7: who asked not to be named is in no text form of a session or its event', async () => {
    const ada = browser();
    await ada('PUT', '/api/me', { name: 'Ada Byron' });
    await ada('POST', MATERIALS, { kind: 'slides', title: 'Slides', url: 'https://lpc.events/slides.pdf' });
    const forms = ['md', 'txt', 'html', 'json'].flatMap((form) => [`/pci/opening.${form}`, `/pci.${form}`]);
    const texts = () =>
      Promise.all(forms.map(async (path) => (await (await fetch(app.url + path)).text()).replace(/\s+/g, ' ')));
    for (const text of await texts()) expect(text).toContain('Ada Byron');
    const people = [{ name: 'Ada Byron', initials: null, affiliation: null, unnamed: true }];
    const event = await app.store.events.get('pci');
    if (event) await app.store.events.settle({ ...event, settings: { ...NO_SETTINGS, people } }, [], []);
    for (const text of await texts()) {
      expect(text).not.toMatch(/Ada|Byron/);
      expect(text).toContain('a participant');
    }
  });
});

describe('sockets', () => {
  function connect(path: string, headers: Record<string, string> = {}) {
    const socket = new WebSocket(app.url.replace('http', 'ws') + path, { headers });
    const opened = new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const closed = new Promise<[number, string]>((resolve) =>
      socket.once('close', (code, reason) => resolve([code, reason.toString()])),
    );
    return { socket, opened, closed };
  }

  it('ID6: when an event is closed, those who may no longer be in its rooms are turned out', async () => {
    const guest = connect('/sync/pci-opening.1');
    const spoke = new Promise<void>((resolve) => guest.socket.once('message', () => resolve()));
    await guest.opened;
    // Empty state vector: the answer says that the guest is in the room.
    guest.socket.send(new Uint8Array([0, 0, 1, 0]));
    await spoke;
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    for (const line of ['rooms 1', 'peers 1', 'writers 1']) expect(metrics).toContain(`\nplumbline_${line}\n`);
    await app.app.setAccess('pci', 'closed');
    expect(await guest.closed).toEqual([4403, 'no-access']);
    const again = connect('/sync/pci-opening.1');
    expect(await again.closed).toEqual([4403, 'no-access']);
  });

  it('ID8: a foreign Origin gets 403 before any handshake', async () => {
    const { opened } = connect('/sync/pci-opening.1', { origin: 'https://evil.example' });
    await expect(opened).rejects.toThrow('403');
  });

  it('SY13: an unknown note closes with 4404, one of another epoch with 4409', async () => {
    expect(await connect('/sync/nobody.1').closed).toEqual([4404, 'unknown-note']);
    expect(await connect('/sync/pci-opening.2').closed).toEqual([4409, 'old-epoch']);
  });

  it('ST5: while the server drains, an upgrade gets 503', async () => {
    await app.app.drain();
    await expect(connect('/sync/pci-opening.1').opened).rejects.toThrow('503');
  });

  it('an upgrade elsewhere gets 404', async () => {
    await expect(connect('/other').opened).rejects.toThrow('404');
  });

  it('ID1: a name given in a room is seen there', async () => {
    const ada = browser();
    const cookie = (await ada('PUT', '/api/me', { name: 'Ada' })).headers.get('set-cookie')?.split(';')[0] ?? '';
    const { socket, opened } = connect('/sync/pci-opening.1', { origin: app.url, cookie });
    const spoke = new Promise<void>((resolve) => socket.once('message', () => resolve()));
    await opened;
    socket.send(new Uint8Array([0, 0, 1, 0]));
    await spoke;
    expect(app.app.services.notes.here('pci-opening.1').people).toMatchObject([{ name: 'Ada' }]);
    await ada('PUT', '/api/me', { name: 'Jörg Rödel' });
    expect(app.app.services.notes.here('pci-opening.1').people).toMatchObject([{ name: 'Jörg Rödel (guest)' }]);
    socket.close();
  });
});

describe('writes of other pages', () => {
  it('ID9: a device that changes things without end is told to wait, another is not', async () => {
    const [ada, bob] = [browser(), browser()];
    await ada('PUT', '/api/me', { name: 'Ada' });
    const answers = await Promise.all(Array.from({ length: 250 }, () => ada('PUT', '/api/me', { name: '' })));
    const statuses = answers.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([400, 429]));
    expect(statuses.filter((status) => status === 400).length).toBeGreaterThanOrEqual(50);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('5');
    expect(await refused?.text()).toContain('Too many changes at once.');
    expect((await bob('PUT', '/api/me', { name: 'Bob' })).status).toBe(204);
  });

  it('ID8: a foreign Origin, or a cookie without one, is refused with 403', async () => {
    const ada = browser();
    await ada('PUT', '/api/me', { name: 'Ada' });
    const cookie = (await ada('PUT', '/api/me', { name: 'Ada' })).headers.get('set-cookie')?.split(';')[0] ?? '';
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { cookie }]) {
      const response = await fetch(`${app.url}/api/me`, {
        method: 'PUT',
        headers: { ...JSON_TYPE, ...(headers as Record<string, string>) },
        body: '{"name":"Eve"}',
      });
      expect(response.status).toBe(403);
      await problem(response);
    }
  });
});

describe('health', () => {
  it('PG4: healthz, readyz and metrics', async () => {
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
    const metrics = await fetch(`${app.url}/metrics`);
    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const text = await metrics.text();
    for (const line of text.trim().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"\})? [\d.e+-]+)$/);
    expect(text).toContain('plumbline_ready 1\n');
  });

  it('PG4, ST5: readiness turns false with the drain while healthz stays', async () => {
    await app.app.drain();
    expect((await fetch(`${app.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
  });

  it('PG4: when the store is gone healthz stays, reading is 503 with Retry-After', async () => {
    await app.store.close();
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    const response = await fetch(`${app.url}/api/events`);
    expect(response.status).toBe(503);
    await problem(response);
  });
});

describe('headers', () => {
  it.each(['/api/events', '/api/nothing', '/healthz', '/metrics', '/organizer'])(
    'PG5: %s has the security headers',
    async (path) => {
      const { headers } = await fetch(app.url + path);
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('cache-control')).toMatch(/no-store/);
    },
  );
});
