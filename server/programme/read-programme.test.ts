import { describe, expect, test } from 'vitest';
import { edited, type FileName, fileText, type Loose } from '../../tests/support/programme.ts';
import { type Programme } from './programme.ts';
import { readFile } from './read-programme.ts';
import { selectMicroconference, type Wanted } from './select.ts';

const any: Wanted = { session: null, into: null, knownKeys: new Set() };
function programme(text: string, wanted: Partial<Wanted> = {}): Programme {
  const file = readFile(text);
  return file.kind === 'programme' ? file.programme : selectMicroconference(file.conference, { ...any, ...wanted });
}
const read = (name: FileName, wanted: Partial<Wanted> = {}) => programme(fileText(name), wanted);
const byKey = (one: Programme) =>
  new Map(
    one.talks.map(({ key, title, start, minutes, room, people }) => [key, { title, start, minutes, room, people }]),
  );

describe('EV1: shape', () => {
  test.each([
    ['page', 'page-text'],
    ['sessions', 'indico-sessions'],
    ['contributions', 'indico-contributions'],
    ['utc', 'indico-contributions'],
    ['timetable', 'indico-timetable'],
  ] as const)('EV1: the shape of %s is found from its content', (name, shape) => {
    expect(read(name).shape).toBe(shape);
    expect(programme(`\ufeff\n  ${fileText(name)}`).shape).toBe(shape);
  });
});

describe('EV4: four shapes of one programme', () => {
  const times = [
    ['PCI Endpoint Subsystem Open Items Discussion', '2023-11-15T15:00:00Z', 30],
    ['Non-discoverable devices in PCI devices', '2023-11-15T15:30:00Z', 30],
    ['IOMMU overhead optimizations and observability', '2023-11-15T16:30:00Z', 45],
  ];

  test.each(['contributions', 'utc', 'sessions', 'timetable'] as const)(
    'EV4: %s has the talks at their instants',
    (name) => {
      const scheduled = read(name).talks.filter((talk) => talk.start !== null);
      expect(scheduled.map(({ title, start, minutes }) => [title, start, minutes])).toEqual(times);
      expect(scheduled.map((talk) => talk.room)).toEqual(Array(3).fill('"James River Salon A"'));
    },
  );

  test('EV4: with and without tz= the list of contributions says the same', () => {
    expect(read('utc')).toEqual(read('contributions'));
    expect(read('utc')).toMatchObject({ zone: 'America/New_York', start: '2023-11-13', end: '2023-11-15' });
  });

  test('EV4: sessions and timetable say the same of each talk they have as the contributions do', () => {
    const all = byKey(read('contributions'));
    for (const name of ['sessions', 'timetable'] as const)
      for (const [key, talk] of byKey(read(name))) expect(talk).toEqual(all.get(key));
    expect([...all.keys()].toSorted()).toEqual(
      ['1418', '1419', '1420', '1421', '1466'].map((id) => `indico:lpc.events:${id}`),
    );
  });

  test('EV4: breaks come from the timetable alone', () => {
    expect(read('timetable').breaks).toEqual([{ title: 'Break', start: '2023-11-15T16:00:00Z', minutes: 30 }]);
    expect([read('sessions').breaks, read('contributions').breaks]).toEqual([null, null]);
  });

  test('EV4: conveners are named by sessions and timetable', () => {
    const names = ['Alex Williamson', 'Bjorn Helgaas', 'Jörg Rödel', 'Krzysztof Wilczyński', 'Lorenzo Pieralisi'];
    for (const name of ['sessions', 'timetable'] as const)
      expect(read(name).organizers?.map((one) => one.name)).toEqual(names);
    expect(read('contributions').organizers).toBeNull();
  });

  test('EV4: attachments become materials with whole addresses', () => {
    const slides = {
      ...{
        id: 'import:lpc.events:2680',
        kind: 'slides',
        title: 'LPC2023 Non-discoverable devices in PCI.pdf',
        addedBy: 'lpc.events',
      },
      url: 'https://lpc.events/event/17/contributions/1421/attachments/1337/2680/LPC2023%20Non-discoverable%20devices%20in%20PCI.pdf',
    };
    const of = (name: FileName) => read(name).talks.find((talk) => talk.number === '1421')?.materials;
    expect(of('sessions')).toEqual([{ ...slides, addedAt: '2023-11-15T00:00:00Z' }]);
    expect(of('timetable')).toEqual([{ ...slides, addedAt: null }]);
  });

  test('MA2: of imported addresses only web addresses are taken, and their kind is told by what they are', () => {
    const links = [
      'https://youtu.be/lsf_j9VTS8s',
      'https://a.example/x.mp4',
      'http://a.example/x',
      'javascript:alert(1)',
      'https://u:p@a.example/',
    ];
    const text = edited('contributions', (json: Loose) => {
      json.results[0].contributions[1].folders[0].attachments = links.map((link, index) => ({
        ...{
          id: index + 1,
          type: 'link',
          title: `a\u202eb ${index}`,
          link_url: link,
          download_url: 'data:x',
          modified_dt: null,
        },
      }));
    });
    expect(programme(text).talks[0]?.materials.map(({ kind, url, title }) => [kind, url, title])).toEqual([
      ['recording', 'https://youtu.be/lsf_j9VTS8s', 'ab 0'],
      ['recording', 'https://a.example/x.mp4', 'ab 1'],
      ['link', 'http://a.example/x', 'ab 2'],
    ]);
  });

  test('EV4: a talk is known by db_id, or by the number in its address, never by the friendly id', () => {
    const text = edited('contributions', (json: Loose) => {
      for (const one of json.results[0].contributions) delete one.db_id;
    });
    expect(programme(text)).toEqual(read('contributions'));
  });

  test('EV4: a block that runs past midnight stands under two days and is read once', () => {
    const text = edited('timetable', (json: Loose) => {
      json.results['17']['20231116'] = json.results['17']['20231115'];
    });
    expect(programme(text)).toEqual({ ...read('timetable'), end: '2023-11-16' });
  });

  test('EV4: two blocks of one session are one microconference', () => {
    const text = edited('sessions', (json: Loose) => {
      const [block] = json.results[0].sessions;
      json.results[0].sessions.push({ ...block, id: 9002, contributions: block.contributions.splice(1) });
    });
    expect(byKey(programme(text))).toEqual(byKey(read('sessions')));
  });
});

describe('EV5: one microconference out of a conference', () => {
  const two = edited('sessions', (json: Loose) => {
    const [block] = structuredClone(json.results[0].sessions);
    block.session = { ...block.session, db_id: 180, title: 'RDMA MC', url: null };
    block.contributions = [{ ...block.contributions[0], db_id: 1500, title: 'Verbs' }];
    json.results[0].sessions.push(block);
  });

  test('EV5: by number or exact title', () => {
    expect(programme(two, { session: '172' }).talks.map((talk) => talk.number)).toEqual(['1419', '1421', '1466']);
    expect(programme(two, { session: '180' })).toMatchObject({
      title: 'RDMA MC',
      talks: [{ number: '1500' }],
      proposal: null,
    });
    expect(programme(two, { session: 'RDMA MC' }).keys).toEqual(['indico:lpc.events:session/180']);
    expect(read('contributions', { session: 'VFIO/IOMMU/PCI MC' }).talks).toHaveLength(5);
  });

  test.each([
    [null, /172 “VFIO\/IOMMU\/PCI MC”, 180 “RDMA MC”/],
    ['rdma mc', /172 “VFIO\/IOMMU\/PCI MC”, 180 “RDMA MC”/],
    ['17', /found “17”/],
  ])('EV5: %j leaves a choice, and the message lists it', (session, message) => {
    expect(() => programme(two, { session })).toThrow(
      expect.objectContaining({ kind: 'input', field: '--session', message: expect.stringMatching(message) }),
    );
  });

  test('EV5: a title that two sessions share is no choice, their numbers are', () => {
    const twins = two.replaceAll('RDMA MC', 'VFIO/IOMMU/PCI MC');
    expect(() => programme(twins, { session: 'VFIO/IOMMU/PCI MC' })).toThrow(/expected a number.*172.*180/);
    expect(programme(twins, { session: '180' }).talks).toHaveLength(1);
  });

  test('EV5: the event it goes into decides when nothing else does', () => {
    const into = { title: 'Renamed', sourceKeys: ['indico:lpc.events:session/180'] };
    expect(programme(two, { into }).title).toBe('RDMA MC');
    expect(programme(two, { into: { title: 'vfio/iommu/pci  mc', sourceKeys: [] } }).keys).toContain(
      'indico:lpc.events:session/172',
    );
  });

  test('EV5: a meeting without sessions is the event itself', () => {
    const meeting = edited('contributions', (json: Loose) => {
      for (const one of json.results[0].contributions) one.session = null;
    });
    expect(programme(meeting)).toMatchObject({
      title: 'Linux Plumbers Conference 2023',
      keys: ['indico:lpc.events:event/17'],
      conference: null,
    });
    expect(programme(meeting).talks).toHaveLength(6);
  });
});

describe('EV6: the proposal', () => {
  test.each(['contributions', 'utc', 'sessions'] as const)(
    'EV6: in %s contribution 1410 is the event and no talk',
    (name) => {
      const { proposal, talks, keys } = read(name);
      expect(proposal?.url).toBe('https://lpc.events/event/17/contributions/1410/');
      expect(proposal?.topics.map((topic) => [topic.title, topic.children.length])).toEqual([
        ['PCI', 0],
        ['VFIO', 6],
        ['IOMMU', 5],
      ]);
      expect(talks.map((talk) => talk.number)).not.toContain('1410');
      expect(keys).toContain('indico:lpc.events:contribution/1410');
    },
  );

  test('EV6: it is recognised under another title, and inside the session', () => {
    const renamed = edited('contributions', (json: Loose) => {
      json.results[0].contributions[0].title = 'PCI MC proposal';
      json.results[0].contributions[0].session = 'VFIO/IOMMU/PCI MC';
    });
    expect(programme(renamed).talks).toHaveLength(6);
    expect(programme(renamed, { knownKeys: new Set(['indico:lpc.events:contribution/1410']) }).talks).toHaveLength(5);
  });
});
