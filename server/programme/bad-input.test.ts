import { fc } from '../../tests/support/properties.ts';
import { describe, expect, test } from 'vitest';
import { edited, fileText, type Loose, newWorld } from '../../tests/support/programme.ts';

const page = fileText('page');
const first = (json: Loose) => json.results[0].contributions[1];
const contribution = (edit: (one: Loose) => void) => edited('contributions', (json) => edit(first(json)));
const deep = '['.repeat(200_000);

/** What is wrong, the file, the place named, and what the message expects there. */
const CASES: [what: string, text: string, place: string, expectation: RegExp][] = [
  ['an empty file', ' \n', 'line 1', /text of an Indico page or Indico’s JSON export/],
  ['prose', 'Dear all,\n\nplease find', 'line 1', /dates of the event, such as “13–15 Nov 2023”.*found “Dear all,”/],
  ['HTML', '<!doctype html>\n<title>x</title>', 'line 1', /dates of the event/],
  [
    'a page text without dates',
    page.split('\n').slice(1).join('\n'),
    'line 1',
    /dates of the event.*found “America\/New_York timezone”/,
  ],
  ['a page text without zone', page.replace('America/New_York timezone\n', ''), 'line 3', /the zone, such as/],
  ['a zone that is none', page.replace('America/New_York', 'Virginia'), 'line 2', /IANA time zone/],
  ['a page text without title', '13–15 Nov 2023\nUTC timezone\n\n', 'line 3', /title of the event, found nothing/],
  ['dates that are none', page.replace('13–15 Nov', '31 Feb'), 'line 1', /dates of the event/],
  ['10 MB of garbage', 'xyz \n'.repeat(2_000_000), 'file', /at most 8 million characters, found 10.0 million/],
  ['garbage bytes', '\u0000\ufffd\u0001'.repeat(1000), 'line 1', /dates of the event/],
  ['JSON cut short', fileText('contributions').slice(0, 300), 'line 10', /whole JSON, found “"Linux/],
  ['a comma too many', '{\n "results": [],\n}', 'line 3', /whole JSON, found “}”/],
  ['a word in the JSON', '{\n "count": 1,\n "results": maybe\n}', 'line 3', /whole JSON, found “maybe/],
  ['nested without end', `{"results":${deep}`, 'line 1', /whole JSON, found its end/],
  ['a list', '[1]', 'file', /an object with “results”, found a list/],
  ['JSON of something else', '{"name":"plumbline"}', 'results', /Indico’s JSON export, found JSON of something else/],
  ['an error answer', '{"message":"Invalid event"}', 'message', /error answer “Invalid event”/],
  ['a frab schedule', '{"schedule":{"conference":{}}}', 'schedule', /frab or pretalx/],
  ['no event', edited('contributions', (json) => (json.results = [])), 'results', /one event, found an empty list/],
  ['two events', edited('contributions', (json) => json.results.push(json.results[0])), 'results', /one event/],
  ['results of a wrong type', edited('contributions', (json) => (json.results = 5)), 'results', /an object, found 5/],
  [
    'an event that is none',
    edited('contributions', (json) => (json.results = ['x'])),
    'results[0]',
    /an object, found “x”/,
  ],
  [
    'a bad zone',
    edited('contributions', (json) => (json.results[0].timezone = 'Mars/Olympus')),
    'results[0].timezone',
    /IANA time zone.*found “Mars\/Olympus”/,
  ],
  [
    'no zone',
    edited('contributions', (json) => delete json.results[0].timezone),
    'results[0].timezone',
    /a text, found nothing/,
  ],
  [
    'detail=events',
    edited('contributions', (json) => delete json.results[0].contributions),
    'results[0].contributions',
    /detail=contributions/,
  ],
  [
    'an unpublished programme',
    edited('contributions', (json) => (json.results[0].contributions = [])),
    'results[0].contributions',
    /may not be published/,
  ],
  [
    'an unpublished timetable',
    edited('timetable', (json) => (json.results['17'] = {})),
    'results["17"]',
    /may not be published/,
  ],
  ['an empty timetable', edited('timetable', (json) => (json.results = {})), 'results', /timetable of one event/],
  [
    'days without entries',
    edited('timetable', (json) => (json.results['17'] = { 20231115: {} })),
    'results',
    /may not be published/,
  ],
  [
    'a bad day',
    edited('timetable', (json) => (json.results['17'] = { monday: {} })),
    'results["17"].monday',
    /a day such as/,
  ],
  [
    'a bad date',
    contribution((one) => (one.startDate.date = '2023-02-30')),
    'results[0].contributions[1].startDate.date',
    /2023-11-15/,
  ],
  [
    'a bad time',
    contribution((one) => (one.startDate.time = '25:00:00')),
    'results[0].contributions[1].startDate.time',
    /10:00:00/,
  ],
  [
    'a start that is a text',
    contribution((one) => (one.startDate = 'soon')),
    'results[0].contributions[1].startDate',
    /an object, found “soon”/,
  ],
  [
    'a title that is a number',
    contribution((one) => (one.title = 5)),
    'results[0].contributions[1].title',
    /a text, found 5/,
  ],
  ['no title', contribution((one) => (one.title = '')), 'results[0].contributions[1].title', /a title/],
  [
    'an endless title',
    contribution((one) => (one.title = 'x'.repeat(501))),
    'results[0].contributions[1].title',
    /at most 500/,
  ],
  [
    'a length of wrong type',
    contribution((one) => (one.duration = '30')),
    'results[0].contributions[1].duration',
    /length in minutes, found “30”/,
  ],
  [
    'a negative length',
    contribution((one) => (one.duration = -1)),
    'results[0].contributions[1].duration',
    /length in minutes, found -1/,
  ],
  [
    'no number',
    contribution((one) => ((one.db_id = null), (one.url = ''))),
    'results[0].contributions[1].db_id',
    /number of the contribution/,
  ],
  [
    'a number that is none',
    contribution((one) => (one.db_id = '../../etc')),
    'results[0].contributions[1].db_id',
    /a whole number/,
  ],
  [
    'speakers of wrong type',
    contribution((one) => (one.speakers = {})),
    'results[0].contributions[1].speakers',
    /a list, found an object/,
  ],
  [
    'a wrong type deep inside',
    contribution((one) => (one.folders[0].attachments[0].title = [])),
    'results[0].contributions[1].folders[0].attachments[0].title',
    /a text, found an empty list/,
  ],
  [
    'a bad session block',
    edited('sessions', (json) => (json.results[0].sessions[0].session = null)),
    'results[0].sessions[0].session',
    /an object, found null/,
  ],
  [
    'a bad timetable entry',
    edited('timetable', (json) => (json.results['17']['20231115'].s8001.entries.c8100.entryType = 'Talk')),
    'results["17"]["20231115"].s8001.entries.c8100.entryType',
    /Session, Contribution or Break/,
  ],
  [
    'no server',
    edited('contributions', (json) => ((json.url = ''), (json.results[0].url = '/event/17/'))),
    'url',
    /whole address of the export/,
  ],
  [
    'HTML without end',
    edited('contributions', (json) => (json.results[0].contributions[0].description = '<ul><li>'.repeat(1000))),
    'results[0].contributions[0].description',
    /nested elements/,
  ],
];

describe('EV11: bad input', () => {
  test.each(CASES)('EV11: %s', async (_, text, place, expectation) => {
    for (const before of [null, page]) {
      const world = newWorld();
      if (before !== null) await world.run(before);
      const written = world.written();
      const error: unknown = await world.run(text).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ kind: 'input', field: place });
      expect((error as Error).message).toMatch(/^expected .+, found /s);
      expect((error as Error).message).toMatch(expectation);
      expect((error as Error).message.length).toBeLessThan(250);
      expect(world.written()).toBe(written);
    }
  });

  test('EV11: JSON nested 100,000 levels deep where nobody looks is read past', async () => {
    const world = newWorld();
    const nested = '['.repeat(100_000) + ']'.repeat(100_000);
    await world.run(fileText('contributions').replace('"additionalInfo":{}', `"additionalInfo":${nested}`));
    expect((await world.event()).sessions).toHaveLength(16);
  });

  test('EV11: a timetable of a whole conference does not name its event', async () => {
    const world = newWorld();
    const text = edited(
      'timetable',
      (json: Loose) => (json.results['17']['20231115'] = json.results['17']['20231115'].s8001.entries),
    );
    await expect(world.run(text)).rejects.toMatchObject({ kind: 'input', field: '--event' });
    expect(await world.store.events.list()).toEqual([]);
  });

  test('EV11: --event and --session that fit nothing say what there is', async () => {
    const world = newWorld();
    await expect(world.run(page, { event: 'pci' })).rejects.toMatchObject({
      field: '--event',
      message: expect.stringMatching(/“pci”: there is none yet/),
    });
    await world.run(page);
    await expect(world.run(page, { event: 'pci' })).rejects.toMatchObject({
      message: expect.stringMatching(/vfio-iommu-pci-mc-2023/),
    });
    await expect(world.run(page, { session: '172' })).rejects.toMatchObject({ field: '--session' });
    await expect(world.run(fileText('sessions'), { session: '9' })).rejects.toMatchObject({
      message: expect.stringMatching(/172 “VFIO\/IOMMU\/PCI MC”/),
    });
  });

  test('EV11: whatever stands in whatever place, a file is read or refused with that place, and a refusal writes nothing', async () => {
    const names = ['contributions', 'sessions', 'timetable'] as const;
    const spoilt = fc.record({ name: fc.constantFrom(...names), at: fc.nat(), put: fc.jsonValue({ maxDepth: 1 }) });
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ name, at, put }) => {
        const text = edited(name, (json) => {
          const places = placesIn(json);
          const place = places[at % places.length];
          if (place) place.in[place.key] = put;
        });
        const world = newWorld();
        const empty = world.written();
        const error: unknown = await world.run(text).then(
          () => null,
          (caught: unknown) => caught,
        );
        if (error === null) return;
        expect(error).toMatchObject({ kind: 'input', field: expect.stringMatching(/./) });
        expect(world.written()).toBe(empty);
      }),
      { numRuns: 100 },
    );
  });

  test('EV11: a page text with lines lost, moved or spoilt is read or refused with a line', async () => {
    const lines = page.split('\n');
    const edit = fc.record({
      at: fc.nat({ max: 70 }),
      lose: fc.nat({ max: 5 }),
      put: fc.array(fc.string({ unit: anyUnit }), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(edit, async ({ at, lose, put }) => {
        const error: unknown = await newWorld()
          .run(lines.toSpliced(at, lose, ...put).join('\n'))
          .then(
            () => null,
            (caught: unknown) => caught,
          );
        if (error !== null) expect(error).toMatchObject({ kind: 'input', field: expect.stringMatching(/^line \d+$/) });
      }),
      { numRuns: 60 },
    );
  });
});

/** Any UTF-16 unit, halves of pairs too. */
const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));

/** Every member and item anywhere in a JSON value. */
function placesIn(value: Loose): { in: Loose; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [{ in: value, key }, ...placesIn(value[key])]);
}
