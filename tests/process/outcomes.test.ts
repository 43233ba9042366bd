import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { callControl } from '#server/control.ts';
import { Writer } from '../faults/writer.ts';
import { addOutcome, outcomeId, outcomes, shorts } from '../support/outcomes.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';

/** The sample event, and a session of it. */
const EVENT = 'vfio-iommu-pci-mc-2023';
const SESSION = 'dev-iommufd-development';

let server: RunningServer;
let noteId: string;

beforeAll(async () => {
  server = await startServer();
  const event = (await (await fetch(`${server.url}/api/events/${EVENT}`)).json()) as {
    sessions: { slug: string; noteId: string }[];
  };
  noteId = event.sessions.find((session) => session.slug === SESSION)?.noteId ?? '';
}, 90_000);
afterAll(() => server.dispose());

function until(doc: Y.Doc, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!holds()) return;
      doc.off('update', look);
      resolve();
    };
    doc.on('update', look);
    look();
  });
}

const FORM = 'application/x-www-form-urlencoded';
const ask = (short: string) => fetch(`${server.url}/o/${short}`, { redirect: 'manual' });

async function saysThereIsNone(short: string): Promise<void> {
  const response = await ask(short);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-type')).toContain('text/html');
  expect(await response.text()).toContain(`There is no outcome “${short}”.`);
}

describe('OU6, OU7: outcomes of a running server', () => {
  it('OU6: a stock client and ours are told one number, which outlives kill -9', async () => {
    const doc = new Y.Doc();
    const options = { WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket, disableBc: true };
    const stock = new WebsocketProvider(`${server.url.replace('http', 'ws')}/sync`, noteId, doc, options);
    const ours = new Writer('ours', noteId);
    await ours.connect(Number(new URL(server.url).port), false);
    await ours.until(() => ours.synced);
    addOutcome(ours.doc, { id: outcomeId(1), kind: 'decision' });
    await until(doc, () => shorts(doc).includes('PCI23-D1'));
    addOutcome(doc, { id: outcomeId(2) });
    await until(ours.doc, () => shorts(ours.doc).includes('PCI23-A2'));
    ours.disconnect();
    stock.destroy();
    await server.kill9();
    await server.restart();
    const late = new Writer('late', noteId);
    await late.connect(Number(new URL(server.url).port), false);
    await until(late.doc, () => shorts(late.doc).length === 2);
    expect(shorts(late.doc).toSorted()).toEqual(['PCI23-A2', 'PCI23-D1']);
    late.disconnect();
  }, 60_000);

  it('OU8: /api/events/<event>/outcomes has what the note says, narrowed by what is asked', async () => {
    const list = async (query: string): Promise<unknown> =>
      (await fetch(`${server.url}/api/events/${EVENT}/outcomes${query}`)).json();
    const decision = {
      ...{ id: outcomeId(1), short: 'PCI23-D1', kind: 'decision', owners: [], due: '', more: '', text: 'Do it' },
      ...{ session: SESSION, state: expect.any(String) as unknown },
      heading: { text: 'Discussion', id: 'h-discussion' },
      position: expect.any(Number) as unknown,
    };
    expect(await list('?kind=decision')).toEqual([decision]);
    expect(await list(`?kind=action&session=${SESSION}`)).toEqual([expect.objectContaining({ short: 'PCI23-A2' })]);
    expect(await list('?owner=nobody')).toEqual([]);
    const refused = await fetch(`${server.url}/api/events/${EVENT}/outcomes?kind=wish`);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(await refused.json()).toMatchObject({ field: 'kind' });
    expect((await fetch(`${server.url}/api/events/nothing/outcomes`)).status).toBe(404);
  });

  it('OU8: the index is made anew by one command, beside the server', async () => {
    expect(await callControl(server.dataDir, { kind: 'index' })).toMatch(/^Notes read: \d+. Outcomes in them: 2.$/);
  });

  it.each(['PCI23-D1', 'pci23-d1'])('OU7: /o/%s leads to its place in the note', async (short) => {
    const response = await ask(short);
    expect([response.status, response.headers.get('location')]).toEqual([302, `/${EVENT}/${SESSION}#o-PCI23-D1`]);
  });

  it.each(['PCI23-D2', 'nothing'])('OU7: /o/%s is a page that says there is none', saysThereIsNone);

  describe('BO1, BO3, BO4: the board', () => {
    const path = `/${EVENT}/outcomes`;
    let cookie: string;
    const send = (method: string, to: string, body: BodyInit, type: string, as = cookie) =>
      fetch(server.url + to, {
        method,
        body,
        headers: { 'content-type': type, accept: 'text/html', cookie: as, origin: server.url },
        redirect: 'manual',
      });
    const patch = (change: Record<string, string>, as = cookie) =>
      send(
        'PATCH',
        `/api/events/${EVENT}/outcomes/${outcomeId(2)}`,
        JSON.stringify({ session: SESSION, fact: 'state', was: 'open', value: 'done', ...change }),
        'application/json',
        as,
      );

    beforeAll(async () => {
      const page = await fetch(server.url + path);
      cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
      await page.text();
    });

    it('BO1, PG1: is a whole page without scripts, narrowed by its address', async () => {
      const text = async (query: string) => (await fetch(server.url + path + query)).text();
      const all = await text('');
      for (const part of [
        `href="/${EVENT}/${SESSION}#o-PCI23-D1"`,
        'Do it',
        'Sense of the room',
        'No owner',
        'D1<',
        'A2<',
      ])
        expect(all).toContain(part);
      expect(await text('?kind=decision&q=')).not.toContain('A2<');
      expect(await text('?kind=wish&by=mood')).toMatch(/The kind must be one of .*“mood” is no grouping/s);
    });

    it('BO4: who has no name is asked for one, who saw something else is told', async () => {
      const unnamed = await patch({});
      expect([unnamed.status, await unnamed.json()]).toMatchObject([400, { field: 'name' }]);
      expect((await send('PUT', '/api/me', '{"name":"Ana Bo"}', 'application/json')).status).toBe(204);
      const late = await patch({ was: 'blocked' });
      expect([late.status, await late.json()]).toMatchObject([
        409,
        { title: expect.stringContaining('“open”') as string },
      ]);
      expect((await patch({ value: 'lost' })).status).toBe(400);
      expect((await patch({ session: 'nowhere' })).status).toBe(404);
    });

    it('BO3, BO4: a change is made in the note, told to open boards, and kept', async () => {
      const board = await fetch(`${server.url}/api/events/${EVENT}/outcomes/live`, {
        headers: { 'accept-encoding': 'gzip' },
      });
      expect(board.headers.get('content-type')).toBe('text/event-stream');
      const reader = (board.body as ReadableStream<Uint8Array>).getReader();
      const next = async () => new TextDecoder().decode((await reader.read()).value);
      expect(await next()).toContain('"short":"PCI23-A2"');
      const ours = new Writer('reader', noteId);
      await ours.connect(Number(new URL(server.url).port), false);
      await ours.until(() => ours.synced);
      expect((await patch({})).status).toBe(204);
      await until(ours.doc, () => outcomes(ours.doc).some((one) => one.getAttribute('state') === 'done'));
      expect(await next()).toContain('"state":"done"');
      ours.disconnect();
      await reader.cancel();
    });

    it('BO4: the form of a browser without scripts does the same, and comes back to what was shown', async () => {
      const form = { session: SESSION, id: outcomeId(2), fact: 'owners', was: '', value: 'ana bo; Bo' };
      const sent = await send('POST', `${path}?/change&kind=action`, new URLSearchParams(form), FORM);
      expect([sent.status, sent.headers.get('location')]).toEqual([303, `${path}?kind=action`]);
      const again = await send(
        'POST',
        `${path}?/change&open=${outcomeId(2)}`,
        new URLSearchParams({ ...form, value: 'Cy' }),
        FORM,
      );
      expect(again.status).toBe(409);
      expect(await again.text()).toMatch(/to “ana bo; Bo”.*value="Cy"|value="Cy".*to “ana bo; Bo”/s);
    });
  });

  it('OU7, ID6: whoever may not read the event is told the same of one that is there', async () => {
    await callControl(server.dataDir, { kind: 'access', event: EVENT, access: 'closed' });
    await saysThereIsNone('PCI23-D1');
    expect((await fetch(`${server.url}/api/events/${EVENT}/outcomes`)).status).toBe(403);
  });
});
