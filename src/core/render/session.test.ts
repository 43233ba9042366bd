import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Event, Session } from '../event/model.ts';
import { NO_SETTINGS } from '../event/settings.ts';
import { parseMarkdown } from '../note/markdown.ts';
import { SCHEMA_VERSION } from '../note/schema.ts';
import { templateNote } from '../note/template.ts';
import { TEXT_PAGE_CSP } from './page.ts';
import { renderEvent, renderSession } from './session.ts';
import type { SessionInput, TextFormat } from './session.ts';

const talk: Session = {
  id: 's1',
  slug: 'iommufd',
  noteId: 'n1.1',
  title: 'iommufd: <status> & *next* steps',
  topics: ['iommu/dev-iommufd-development'],
  start: '2023-11-15T17:15:00Z',
  minutes: 30,
  room: 'James River Salon C',
  people: [
    { name: 'Jason Gunthorpe', affiliation: 'NVIDIA' },
    { name: 'Kevin Tian', affiliation: null },
  ],
  materials: [
    {
      id: 'm1',
      kind: 'slides',
      title: 'The [slides]',
      url: 'https://lpc.events/x.pdf',
      addedBy: 'lpc.events',
      addedAt: '2023-11-01T00:00:00Z',
    },
    {
      id: 'm2',
      kind: 'link',
      title: 'Not a link',
      url: 'javascript:alert(1)',
      addedBy: 'Mallory',
      addedAt: '2023-11-01T00:00:00Z',
    },
  ],
  url: 'https://lpc.events/event/17/contributions/1418/',
  gone: false,
  joinedTo: null,
};

const leaf: Session = {
  ...talk,
  ...{
    id: 's2',
    slug: 'pasid',
    noteId: 'n2.1',
    title: 'PASID',
    topics: [],
    start: null,
    minutes: 20,
    room: null,
    people: [],
  },
  ...{ materials: [], url: null },
};

const event: Event = {
  ...{
    id: 'e1',
    slug: 'pci23',
    prefix: 'PCI23',
    title: 'VFIO/IOMMU/PCI MC',
    start: '2023-11-13',
    end: '2023-11-15',
    zone: 'America/New_York',
  },
  ...{ conference: null, venue: null, url: null, access: 'open', description: [], people: [], breaks: [] },
  settings: NO_SETTINGS,
  topics: [
    {
      ...{ id: 'iommu', title: 'IOMMU', gap: null },
      children: [{ id: 'iommu/dev-iommufd-development', title: '/dev/iommufd development', children: [], gap: null }],
    },
  ],
  sessions: [talk, leaf],
};

const note = parseMarkdown('## Discussion\n\nDECISION: *one* queue\n\n&nbsp;');
const origin = 'https://notes.example';
const written: SessionInput = {
  event,
  origin,
  session: talk,
  topics: ['IOMMU > /dev/iommufd development'],
  note,
  empty: false,
  revision: 12,
};
const untouched: SessionInput = {
  ...{ event, origin, session: leaf, topics: [], note: templateNote() },
  ...{ empty: true, revision: 1 },
};
const body = (format: TextFormat, input: SessionInput) => renderSession(format, input).body;

test('TX1: a session as Markdown', () => {
  expect(body('md', written)).toBe(`# iommufd: \\<status> & \\*next\\* steps

- Speakers: Jason Gunthorpe (NVIDIA); Kevin Tian
- Topic: IOMMU > /dev/iommufd development
- Time: Wednesday 15 November 2023, 12:15 to 12:45 EST (America/New_York), 30 min
- Room: James River Salon C
- Materials:
  - Slides: [The \\[slides\\]](https://lpc.events/x.pdf) (added by lpc.events)
  - Link: Not a link (added by Mallory)
- Programme: <https://lpc.events/event/17/contributions/1418/>

## Discussion

DECISION: _one_ queue
`);
});

test('TX1: a session as mail text', () => {
  expect(body('txt', written)).toBe(`iommufd: <status> & *next* steps
================================

- Speakers: Jason Gunthorpe (NVIDIA); Kevin Tian
- Topic: IOMMU > /dev/iommufd development
- Time: Wednesday 15 November 2023, 12:15 to 12:45 EST
  (America/New_York), 30 min
- Room: James River Salon C
- Materials:
  - Slides: The [slides] <https://lpc.events/x.pdf> (added by
    lpc.events)
  - Link: Not a link (added by Mallory)
- Programme: https://lpc.events/event/17/contributions/1418/

Discussion
----------

DECISION: _one_ queue
`);
});

test('TX1 PG1: a session as a whole HTML page for link previews too, without script or inline style', () => {
  const page = body('html', written);
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
  expect(page).toContain('<title>iommufd: &lt;status&gt; &amp; *next* steps | VFIO/IOMMU/PCI MC</title>');
  expect(page).toContain('<h2 id="h-discussion">Discussion</h2>');
  expect(page).toContain('<p class="outcome-text"><em>one</em> queue</p>');
  expect(page).not.toMatch(/<script|<link|style=|javascript:|\son\w+=/i);
  expect(page).toContain(
    '<meta property="og:title" content="iommufd: &lt;status&gt; &amp; *next* steps | VFIO/IOMMU/PCI MC">',
  );
  expect(page).toMatch(/<meta property="og:url" content="https?:\/\/[^"/]+\/pci23\/iommufd\.html">/);
  expect(TEXT_PAGE_CSP).toContain("default-src 'none'; style-src 'sha256-");
  const [, style = ''] = /<style>([^<]*)<\/style>/.exec(page) ?? [];
  expect(TEXT_PAGE_CSP).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
});

test('TX1: a session as JSON', () => {
  const json = JSON.parse(body('json', written)) as Record<string, Record<string, unknown>>;
  expect(json.version).toBe(1);
  expect(json.event).toEqual({
    slug: 'pci23',
    title: event.title,
    start: event.start,
    end: event.end,
    zone: event.zone,
  });
  expect(json.session).toMatchObject({
    slug: 'iommufd',
    noteId: 'n1.1',
    revision: 12,
    topics: written.topics,
    gone: false,
  });
  expect(json.session?.note).toMatchObject({
    version: 1,
    schema: SCHEMA_VERSION,
    outline: [{ level: 2, text: 'Discussion', id: 'h-discussion' }],
  });
});

test('TX6: a note nobody wrote in says "No notes.", and nothing is invented', () => {
  for (const format of ['md', 'txt', 'html'] as const) {
    const text = body(format, untouched);
    expect(text).toContain('No notes.');
    expect(text).toContain('Materials: none yet');
    expect(text).toContain('not scheduled, 20 min');
    expect(text).not.toMatch(/Discussion|Speakers|Room|Topic/);
  }
  expect((JSON.parse(body('json', untouched)) as { session: { note: unknown } }).session.note).toBeNull();
});

test('MA4: a session that left the programme says so', () => {
  expect(body('txt', { ...untouched, session: { ...leaf, gone: true } })).toContain('- No longer in the programme\n');
});

test.each(['md', 'txt', 'html', 'json'] as const)('TX1: %s has its content type', (format) => {
  const types = { md: 'text/markdown', txt: 'text/plain', html: 'text/html', json: 'application/json' };
  expect(renderSession(format, written).contentType).toBe(`${types[format]}; charset=utf-8`);
  expect(renderEvent(format, { event, origin, notes: new Map() }).contentType).toBe(`${types[format]}; charset=utf-8`);
});

test('TX1: an event is its agenda and every session in programme order, with its note', () => {
  const notes = new Map([['s1', { note, empty: false, revision: 12 }]]);
  const text = renderEvent('txt', { event, origin, notes }).body;
  const order = ['VFIO/IOMMU/PCI MC', '13–15 November 2023', 'DECISION: _one_ queue', 'PASID\n-----', 'No notes.'].map(
    (each) => text.indexOf(each),
  );
  expect(order).not.toContain(-1);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(renderEvent('md', { event, origin, notes }).body).toContain('\n### Discussion\n');
});

test('EV10: what was written in a topic stays in the event after a talk took it over', () => {
  const topic = { ...leaf, joinedTo: 's1' };
  const taken = { ...event, sessions: [topic, talk] };
  const said = { note: parseMarkdown('said before the talk'), empty: false, revision: 3 };
  expect(renderEvent('txt', { event: taken, origin, notes: new Map([['s2', said]]) }).body).toContain(
    'said before the talk',
  );
  expect(renderEvent('txt', { event: taken, origin, notes: new Map() }).body).not.toContain('PASID');
});

test.each(['md', 'txt', 'html'] as const)(
  'WR1: %s gives images whole addresses, for it is read elsewhere',
  (format) => {
    const image = { type: 'image', attrs: { file: '0123456789abcdefghijklmnop-640x480.png', alt: 'a' } };
    const file = body(format, { ...written, note: { type: 'doc', content: [image] } });
    expect(file).toContain(`${origin}/files/0123456789abcdefghijklmnop-640x480.png`);
  },
);
