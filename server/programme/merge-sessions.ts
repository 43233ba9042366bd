import type { Material, Topic } from '#core/event/model.ts';
import { mintSlug } from '#core/event/slugs.ts';
import { leaves } from '#core/event/topics.ts';
import { mergeMaterials } from '../store/merge-event.ts';
import type { NewNote, SessionRecord } from '../store/tables.ts';
import { foldTitle, type ImportedMaterial, type Programme, type Talk } from './programme.ts';
import {
  isListed,
  isWithinKey,
  listingKey,
  withinKey,
  talkKeyOf,
  topicIdOf,
  topicKey,
  type TopicSource,
  withKeys,
} from './source-keys.ts';

/** Ids, notes and the time, passed in. */
export interface ImportParts {
  newNote(): NewNote;
  newId(): string;
  /** ISO 8601 instant in UTC. */
  now(): string;
}

/** The sessions of one event while one source is read into them. */
export class SessionMerge {
  readonly newNotes: NewNote[] = [];
  #sessions: SessionRecord[];
  readonly #parts: ImportParts;

  constructor(stored: readonly SessionRecord[], parts: ImportParts) {
    this.#sessions = [...stored];
    this.#parts = parts;
  }

  get sessions(): readonly SessionRecord[] {
    return this.#sessions;
  }

  /** Each leaf gets a session of its own, or shares the one of the talk that has its title. */
  addTopics(tree: readonly Topic[], source: TopicSource, minutes: number | null): void {
    const ids = leaves(tree).map((topic) => topic.id);
    for (const topic of leaves(tree)) {
      const found = this.#find(topicKey(topic.id)) ?? this.#talkTitled(topic.title);
      const keys = [topicKey(topic.id), listingKey(source, topic.id)];
      if (found === undefined) this.#add(topic.title, [], keys, { minutes });
      else this.#put(withKeys(this.#retold(found, topic, source, minutes), keys));
    }
    for (const session of this.#sessions) {
      const id = topicIdOf(session);
      if (id !== null && !ids.includes(id)) this.#put(withKeys(session, [], [listingKey(source, id)]));
    }
  }

  /** A talk says its own title, the page text goes before Indico's description; a length nobody said is the proposal's. */
  #retold(session: SessionRecord, topic: Topic, source: TopicSource, minutes: number | null): SessionRecord {
    if (talkKeyOf(session) !== null) return { ...session, minutes: session.minutes ?? minutes };
    if (source === 'indico' && session.sourceKeys.includes(listingKey('page', topic.id))) return session;
    return { ...session, title: topic.title, minutes };
  }

  /** In order of their numbers, so that slugs do not depend on how a source sorts. */
  addTalks(programme: Programme): void {
    const talks = programme.talks.toSorted((one, other) => Number(one.number) - Number(other.number));
    for (const talk of talks) this.#addTalk(talk, programme);
  }

  #addTalk(talk: Talk, { shape, within }: Programme): void {
    const found = this.#find(talk.key) ?? this.#topicTitled(talk.title);
    const { title, start, minutes, room, people } = talk;
    const session = found ?? this.#add(title, [talk.number], [talk.key], { minutes });
    this.#put({
      ...withKeys(session, [talk.key, withinKey(talk.key, within)], session.sourceKeys.filter(isWithinKey)),
      ...{ title, start, room, people, minutes: minutes ?? session.minutes, url: talk.url ?? session.url, gone: false },
      materials: this.#materials(session, talk.materials, shape !== 'indico-timetable'),
    });
  }

  /** A timetable names only part of the materials, so what it does not name stays. */
  #materials(session: SessionRecord, imported: readonly ImportedMaterial[], namesAll: boolean): Material[] {
    const known = new Map(session.materials.map((material) => [material.id, material]));
    const incoming = imported.map((material) => ({
      ...material,
      addedAt: material.addedAt ?? known.get(material.id)?.addedAt ?? this.#parts.now(),
    }));
    const named = new Set(incoming.map((material) => material.id));
    const others = namesAll ? [] : session.materials.filter((material) => !named.has(material.id));
    return mergeMaterials(session.materials, [...others, ...incoming]);
  }

  /** Marks what its source no longer has. A talk is judged by the lists of talks, a topic by the lists of topics. */
  markGone(programme: Programme): void {
    const named = new Set(programme.talks.map((talk) => talk.key));
    for (const session of this.#sessions) {
      const talk = talkKeyOf(session);
      if (talk !== null && !named.has(talk) && this.#shouldBeIn(programme, session, talk))
        this.#put({ ...session, gone: true });
      if (talk === null && topicIdOf(session) !== null) this.#put({ ...session, gone: !isListed(session) });
    }
  }

  /** An empty list says nothing: the programme may be unpublished. So does the list of another session or server. */
  #shouldBeIn({ talks, missingTalk, within }: Programme, session: SessionRecord, talk: string): boolean {
    if (talks.length === 0 || !session.sourceKeys.includes(withinKey(talk, within))) return false;
    return missingTalk === 'gone' || (missingTalk === 'gone if scheduled' && session.start !== null);
  }

  #find(key: string): SessionRecord | undefined {
    return this.#sessions.find((session) => session.sourceKeys.includes(key));
  }

  #talkTitled(title: string): SessionRecord | undefined {
    return this.#sessions.find(
      (one) =>
        talkKeyOf(one) !== null && topicIdOf(one) === null && !one.gone && foldTitle(one.title) === foldTitle(title),
    );
  }

  #topicTitled(title: string): SessionRecord | undefined {
    return this.#sessions.find(
      (one) => talkKeyOf(one) === null && one.joinedTo === null && foldTitle(one.title) === foldTitle(title),
    );
  }

  #put(session: SessionRecord): void {
    this.#sessions = this.#sessions.map((one) => (one.id === session.id ? session : one));
  }

  #add(title: string, marks: string[], keys: string[], { minutes }: { minutes: number | null }): SessionRecord {
    const note = this.#parts.newNote();
    const slug = mintSlug(title, (taken) => this.#sessions.some((one) => one.slug === taken), 'session', marks);
    const session: SessionRecord = {
      ...{ id: this.#parts.newId(), slug, noteId: note.noteId, title, topics: [], start: null, minutes, room: null },
      ...{ people: [], materials: [], url: null, gone: false, joinedTo: null, sourceKeys: keys.toSorted(), own: [] },
    };
    this.newNotes.push(note);
    this.#sessions.push(session);
    return session;
  }
}
