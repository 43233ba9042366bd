import type { Material } from '#core/event/model.ts';
import type { EventRecord, NewNote, SessionRecord } from './tables.ts';

/**
 * What a save may write, whatever the adapter: the new record over the stored one, with what is minted once or belongs to
 * people kept. A caller that breaks a promise (a session left out, a slug or noteId changed, a note without a session) has a
 * bug and gets an Error.
 */
export function mergeEvent(
  stored: EventRecord | null,
  event: EventRecord,
  newNotes: readonly NewNote[],
  settles: boolean,
): EventRecord {
  if (settles && stored === null) throw new Error(`There is no event ${event.id} to settle.`);
  if (stored !== null && stored.slug !== event.slug)
    throw new Error(`Event ${event.id} is ${stored.slug} for ever, not ${event.slug}.`);
  const known = new Map(stored?.sessions.map((session) => [session.id, session]));
  const waiting = new Set(newNotes.map((note) => note.noteId));
  const sessions = event.sessions.map((session) => {
    const before = known.get(session.id);
    known.delete(session.id);
    if (before === undefined) {
      if (!waiting.delete(session.noteId)) throw new Error(`Session ${session.slug} is new and has no note.`);
      return session;
    }
    return mergeSession(before, session);
  });
  for (const left of known.values())
    throw new Error(`Session ${left.slug} is missing; sessions are marked, not removed.`);
  for (const noteId of waiting) throw new Error(`Note ${noteId} belongs to no new session.`);
  const { prefix, settings } = settles ? event : (stored ?? event);
  return { ...event, prefix, settings, access: stored?.access ?? event.access, sessions };
}

function mergeSession(before: SessionRecord, session: SessionRecord): SessionRecord {
  if (before.slug !== session.slug) throw new Error(`Session ${before.slug} cannot become ${session.slug}.`);
  if (before.noteId !== session.noteId) throw new Error(`Session ${before.slug} keeps its note ${before.noteId}.`);
  return { ...session, materials: mergeMaterials(before.materials, session.materials) };
}

/** Imported materials follow the import, each at its place; those people added stay as they are. */
export function mergeMaterials(before: readonly Material[], incoming: readonly Material[]): Material[] {
  const imported = new Map(incoming.filter(isImported).map((material) => [material.id, material]));
  const kept = before.flatMap((material) => {
    if (!isImported(material)) return [material];
    const now = imported.get(material.id);
    imported.delete(material.id);
    return now === undefined ? [] : [now];
  });
  return [...kept, ...imported.values()];
}

function isImported(material: Material): boolean {
  return material.id.startsWith('import:');
}
