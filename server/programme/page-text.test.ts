import { describe, expect, test } from 'vitest';
import { leaves } from '#core/event/topics.ts';
import { fileText } from '../../tests/support/programme.ts';
import { readDayRange } from './day-range.ts';
import { readPageText } from './page-text.ts';
import { mintTopics } from './topic-tree.ts';

const page = (
  body: string,
  head = '13–15 Nov 2023\nAmerica/New_York timezone\n\nVFIO MC\n\nNot scheduled\n20m\nTrack',
) => readPageText(`${head}\n\nDescription\n\n${body}`);

describe('EV2: the page text of a proposal', () => {
  const seed = readPageText(fileText('page'));

  test('EV2: title, dates, zone and length', () => {
    expect(seed).toMatchObject({
      title: 'VFIO/IOMMU/PCI MC',
      start: '2023-11-13',
      end: '2023-11-15',
      zone: 'America/New_York',
    });
    expect(seed.proposal?.minutes).toBe(20);
    expect(seed).toMatchObject({ conference: null, venue: null, url: null, organizers: null, talks: [], breaks: null });
  });

  test('EV2: three groups, eleven leaves, and PCI as a gap', () => {
    const topics = mintTopics(seed.proposal?.topics ?? []);
    expect(topics.map(({ title, gap, children }) => [title, gap, children.length])).toEqual([
      ['PCI', 'list missing in source', 0],
      ['VFIO', null, 6],
      ['IOMMU', null, 5],
    ]);
    expect(leaves(topics)).toHaveLength(11);
    expect(leaves(topics)[6]).toMatchObject({ id: 'iommu/dev-iommufd-development', title: '/dev/iommufd development' });
  });

  test('EV2: nineteen key attendees, without affiliations nobody gave', () => {
    expect(seed.proposal?.keyAttendees).toHaveLength(19);
    expect(seed.proposal?.keyAttendees?.[11]).toEqual({ name: 'Jörg Rödel', affiliation: null });
  });

  test('EV2: each lost list is a gap right behind the line that announced it, and nothing fills it', () => {
    const parts = seed.proposal?.description ?? [];
    const announced = parts.flatMap((part, index) => (part.kind === 'gap' ? [parts[index - 1]?.text.slice(-30)] : []));
    expect(announced).toEqual(
      [' more features such as:', 'successful Linux Plumbers MC:', 'Contacts:'].map((end) =>
        expect.stringContaining(end),
      ),
    );
    expect(parts.map((part) => part.text).join('\n')).not.toMatch(
      /Sponsor|Primary authors|Alex Williamson|Write-combine/,
    );
    expect(parts[0]?.text).toMatch(/^The PCI interconnect specification/);
    expect(parts).toHaveLength(16);
  });

  test('EV2: a list that is neither topics nor people stays text', () => {
    const read = page('Results:\n  • one\n    • two\n\nTopics:\n  • A\n  • B\n\nEnd.').proposal;
    expect(read?.description.map((part) => part.text)).toEqual(['Results:', '• one', '• two', 'Topics:', 'End.']);
    expect(read?.topics.map((topic) => topic.title)).toEqual(['A', 'B']);
  });

  test('EV3: in a flat list every item is a leaf; beside groups an item without a list is a gap', () => {
    expect(page('Topics:\n  • A\n  • B').proposal?.topics.map((topic) => topic.gap)).toEqual([null, null]);
    const deep = page('Topics:\n • A\n • B\n   • C\n     • D\n   • E').proposal?.topics;
    expect(deep?.map((topic) => topic.gap)).toEqual(['list missing in source', null]);
    expect(deep?.[1]?.children.map(({ title, gap, children }) => [title, gap, children.length])).toEqual([
      ['C', null, 1],
      ['E', null, 0],
    ]);
  });

  test('EV2: CRLF, tabs, wrapped lines, lengths in hours and a date in place of “Not scheduled”', () => {
    const head = '13 Nov 2023\nUTC timezone\n\nMC\n\n13 Nov 2023, 10:00\n1h 30m\nRoom 1';
    const read = page('A line\nthat goes on\n\nTopics:\n\t• A topic\n\t  that goes on\n\t\t• B', head);
    const crlf = readPageText(`${head}\n\nDescription\n\nTopics:\n  • A`.replaceAll('\n', '\r\n'));
    expect(read).toMatchObject({ start: '2023-11-13', end: '2023-11-13', zone: 'UTC' });
    expect(read.proposal?.minutes).toBe(90);
    expect(read.proposal?.description[0]?.text).toBe('A line that goes on');
    expect(read.proposal?.topics).toMatchObject([{ title: 'A topic that goes on', children: [{ title: 'B' }] }]);
    expect(crlf.proposal?.topics).toMatchObject([{ title: 'A' }]);
  });

  test('EV12: addresses are not kept, neither of people nor in text', () => {
    const read = page(
      'Write to ann.lee@example.org.\n\nKey Attendees:\n  • Ann Lee <ann.lee@example.org>\n  • Bo (ACME)\n  • c@example.org',
    );
    expect(JSON.stringify(read)).not.toContain('example.org');
    expect(read.proposal?.keyAttendees).toEqual([
      { name: 'Ann Lee', affiliation: null },
      { name: 'Bo', affiliation: 'ACME' },
    ]);
    expect(read.proposal?.description[0]?.text).toBe('Write to (address).');
  });
});

describe('EV2: dates of a page', () => {
  test.each([
    ['13–15 Nov 2023', '2023-11-13', '2023-11-15'],
    ['13-15 November 2023', '2023-11-13', '2023-11-15'],
    ['30 Nov – 2 Dec 2023', '2023-11-30', '2023-12-02'],
    ['30 Dec 2023 – 2 Jan 2024', '2023-12-30', '2024-01-02'],
    ['5 Oct 2026', '2026-10-05', '2026-10-05'],
    ['Nov 13 – 15, 2023', '2023-11-13', '2023-11-15'],
    ['Nov 30 – Dec 2, 2023', '2023-11-30', '2023-12-02'],
    ['Dec 30, 2023 – Jan 2, 2024', '2023-12-30', '2024-01-02'],
    ['Sept 1, 2024', '2024-09-01', '2024-09-01'],
  ])('EV2: %s', (text, start, end) => {
    expect(readDayRange(text)).toEqual({ start, end });
  });

  test.each(['15–13 Nov 2023', '31 Feb 2023', '13 Foo 2023', '2023', '13–15 Nov', ''])(
    'EV11: %j is no range of days',
    (text) => {
      expect(readDayRange(text)).toBeNull();
    },
  );
});
