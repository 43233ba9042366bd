import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { callControl } from '#server/control.ts';
import { Writer } from '../faults/writer.ts';
import { addOutcome, outcomeId, shorts } from '../support/outcomes.ts';
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

  it('OU7, ID6: whoever may not read the event is told the same of one that is there', async () => {
    await callControl(server.dataDir, { kind: 'access', event: EVENT, access: 'closed' });
    await saysThereIsNone('PCI23-D1');
    expect((await fetch(`${server.url}/api/events/${EVENT}/outcomes`)).status).toBe(403);
  });
});
