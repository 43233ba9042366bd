import * as Y from 'yjs';
import type { Material } from '#core/event/model.ts';
import type { NewUpdate } from '#server/store/log.ts';
import type { EventRecord, NewNote, SessionRecord } from '#server/store/tables.ts';

/** A note's uuid for tests, readable in messages. */
export function uuid(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

export function sampleSession(n: number, facts: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id: `session-${n}`,
    slug: `iommu-${n}`,
    noteId: `${uuid(n)}.1`,
    title: `IOMMU part ${n}`,
    topics: ['iommu', 'iommu/dev-iommufd-development'],
    start: '2023-11-15T15:00:00Z',
    minutes: 20,
    room: 'Omni 1',
    people: [{ name: 'Ada Example', affiliation: null }],
    materials: [],
    url: 'https://lpc.events/event/17/contributions/1419/',
    gone: false,
    joinedTo: null,
    own: [],
    sourceKeys: [`indico:lpc.events:${1400 + n}`, `topic:iommu/${n}`],
    ...facts,
  };
}

export function sampleEvent(sessions: SessionRecord[], facts: Partial<EventRecord> = {}): EventRecord {
  return {
    id: 'event-1',
    slug: 'vfio-2023',
    prefix: 'PCI23',
    title: 'VFIO/IOMMU/PCI MC',
    start: '2023-11-13',
    end: '2023-11-15',
    zone: 'America/New_York',
    conference: 'Linux Plumbers Conference 2023',
    venue: null,
    url: null,
    access: 'open',
    description: [
      { kind: 'text', text: 'Ünïcode, "quotes" and \u0000?' },
      { kind: 'gap', text: 'list missing in source' },
    ],
    topics: [
      { id: 'iommu', title: 'IOMMU', gap: null, children: [{ id: 'iommu/x', title: 'x', gap: 'lost', children: [] }] },
    ],
    people: [{ name: 'Ada Example', affiliation: 'Example Org', roles: ['organizer', 'speaker'] }],
    breaks: [{ title: 'Lunch', start: '2023-11-15T17:00:00Z', minutes: 60 }],
    sourceKeys: ['indico:lpc.events:contribution/1410', 'page:seed'],
    settings: {
      lists: ['linux-pci@vger.kernel.org'],
      thread: 'a.b@example.org',
      subject: null,
      words: ['PASID'],
      people: [{ name: 'Ada Example', initials: 'ae', affiliation: null, unnamed: true }],
    },
    own: [],
    sessions,
    ...facts,
  };
}

export function sampleMaterial(id: string, title = `Slides ${id}`): Material {
  return {
    id,
    kind: 'slides',
    title,
    url: `https://example.org/${id}`,
    addedBy: 'Ada',
    addedAt: '2023-11-15T15:00:00Z',
  };
}

/** A paragraph, as the server writes it when it creates a note. */
export function template(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  doc.getXmlFragment('note').insert(0, [new Y.XmlElement('paragraph')]);
  return Y.encodeStateAsUpdate(doc);
}

export function notesOf(sessions: readonly SessionRecord[]): NewNote[] {
  return sessions.map(({ noteId }) => ({ noteId, template: template(), schemaMin: 1 }));
}

/** One writer's document, whose edits come out as updates to append. */
export class Writer {
  readonly doc = new Y.Doc();
  #made: Uint8Array[] = [];

  constructor(clientId: number, updates: readonly Uint8Array[] = [template()]) {
    this.doc.clientID = clientId;
    for (const update of updates) Y.applyUpdate(this.doc, update);
    this.doc.on('update', (update: Uint8Array) => this.#made.push(update));
  }

  /** Adds a paragraph, or takes the second one away; the update that says so. */
  write(text: string): NewUpdate {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(text)]);
    const note = this.doc.getXmlFragment('note');
    note.insert(note.length, [paragraph]);
    return this.#taken();
  }

  erase(): NewUpdate {
    const note = this.doc.getXmlFragment('note');
    if (note.length > 1) note.delete(1, 1);
    return this.#taken();
  }

  /** A change that may be nothing still makes an update, as peers send empty ones too. */
  #taken(): NewUpdate {
    const made = this.#made;
    this.#made = [];
    return {
      actor: `device-${this.doc.clientID}`,
      payload: made.length === 0 ? new Uint8Array([0, 0]) : Y.mergeUpdates(made),
    };
  }
}

/** What a reader sees who applies everything. */
export function textOf(updates: readonly (Uint8Array | null)[]): string {
  const doc = new Y.Doc();
  for (const update of updates) if (update !== null) Y.applyUpdate(doc, update);
  return doc.getXmlFragment('note').toString();
}
