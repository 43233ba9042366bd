import { readFileSync } from 'node:fs';
import type { Event, Session } from '#core/event/model.ts';
import type { EventSettings } from '#core/event/settings.ts';
import type { NoteJson, NoteNode } from '#core/note/json.ts';
import { parseMarkdown } from '#core/note/markdown.ts';
import { joinOwners, ownersOf } from '#core/outcomes/facts.ts';
import { knownOwners } from '#core/outcomes/names.ts';
import { kindLetter } from '#core/outcomes/short-id.ts';
import { type Choice, EVERYTHING } from '#core/publish/choice.ts';
import { type Publication, publication } from '#core/publish/publication.ts';
import type { NoteState } from '#core/render/session.ts';

/** The people of the notes for tests; none of them exists. */
export const PEOPLE = [
  'Mara Lindqvist',
  'Tomas Okafor',
  'Priya Raman',
  'Jonas Weber',
  'Aiko Tanabe',
  'Luís Prado',
  'Søren Dahl',
];

const SETTINGS: EventSettings = {
  lists: ['linux-pci@vger.kernel.org', 'iommu@lists.linux.dev', 'kvm@vger.kernel.org'],
  thread: '20231102031828.GA951173@rocinante',
  subject: null,
  words: [],
  people: [],
};

function talk(slug: string, title: string, start: string | null, speakers: string[]): Session {
  return {
    ...{ id: `id-${slug}`, slug, noteId: `${slug}.1`, title, topics: [], start, minutes: 30 },
    ...{ room: null, people: speakers.map((name) => ({ name, affiliation: null })), materials: [] },
    ...{ url: null, gone: false, joinedTo: null },
  };
}

/** A day like that of the sample event, with invented notes in one of its sessions. */
export const PUBLISHED_EVENT: Event = {
  ...{ id: 'event', slug: 'vfio-iommu-pci-mc-2023', prefix: 'PCI23', title: 'VFIO/IOMMU/PCI MC' },
  ...{ start: '2023-11-13', end: '2023-11-15', zone: 'America/New_York' },
  ...{ conference: 'Linux Plumbers Conference 2023', venue: 'Omni Richmond Hotel', url: null, access: 'open' },
  ...{ description: [], breaks: [], settings: SETTINGS },
  people: PEOPLE.map((name) => ({ name, affiliation: null, roles: ['key attendee'] })),
  topics: [
    {
      ...{ id: 'iommu', title: 'IOMMU', gap: null },
      children: [{ id: 'iommu/iommufd', title: '/dev/iommufd development', gap: null, children: [] }],
    },
  ],
  sessions: [
    talk('endpoint', 'PCI Endpoint Subsystem Open Items Discussion', '2023-11-15T15:00:00Z', ['Tomas Okafor']),
    talk('overhead', 'IOMMU overhead optimizations and observability', '2023-11-15T16:30:00Z', []),
    {
      ...talk('iommufd', 'iommufd: status and next steps', '2023-11-15T17:15:00Z', ['Mara Lindqvist']),
      topics: ['iommu/iommufd'],
      materials: [
        {
          ...{ id: 'm1', kind: 'slides', title: 'LPC2023_iommufd.pdf', addedBy: 'lpc.events' },
          url: 'https://lpc.events/event/17/contributions/1418/attachments/1297/2607/LPC2023_iommufd.pdf',
          addedAt: '2023-11-14T00:00:00Z',
        },
      ],
    },
    talk('irq', 'Improve Xeon IRQ throughput with posted interrupt', null, []),
  ],
};

/** Markdown as it is after somebody pasted it into a room and the server numbered what was marked. */
export function writtenNote(markdown: string, people: readonly string[] = PEOPLE): NoteJson {
  let number = 0;
  const numbered = (node: NoteNode): NoteNode => {
    if (node.type !== 'outcome') return node.content ? { ...node, content: node.content.map(numbered) } : node;
    number++;
    const owners = joinOwners(knownOwners(ownersOf(node.attrs?.['owners']), people));
    const short = `PCI23-${kindLetter(node.attrs?.['kind'])}${number}`;
    return { ...node, attrs: { ...node.attrs, owners, short } };
  };
  const note = parseMarkdown(markdown);
  return { ...note, content: note.content.map(numbered) };
}

/** Without the comment that says that they are invented: nobody would paste that. */
const SAMPLE_NOTES = readFileSync(new URL('../fixtures/notes/iommufd.md', import.meta.url), 'utf8').replace(
  /^<!--.*?-->\s*/s,
  '',
);

export function noteStates(notes: Record<string, NoteJson>): Map<string, NoteState> {
  return new Map(Object.entries(notes).map(([slug, note]) => [`id-${slug}`, { note, empty: false, revision: 214 }]));
}

/** The notes by session id, as the server reads them. */
export const PUBLISHED_NOTES = noteStates({ iommufd: writtenNote(SAMPLE_NOTES) });

interface Given {
  event?: Partial<Event>;
  notes?: ReadonlyMap<string, NoteState>;
  choice?: Partial<Choice>;
  unnamed?: Publication['unnamed'];
}

export function published({ event, notes = PUBLISHED_NOTES, choice, unnamed = 'asked' }: Given = {}): Publication {
  return publication({
    event: { ...PUBLISHED_EVENT, ...event },
    notes,
    origin: 'https://notes.example.org',
    choice: { ...EVERYTHING, ...choice },
    unnamed,
  });
}
