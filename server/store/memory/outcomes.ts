import { parseNoteId } from '../note-id.ts';
import type { IndexedNote, NumberGiven, NumberWanted, OutcomePlace, OutcomeTables } from '../outcomes.ts';
import { readOutcomes } from '../read-outcomes.ts';
import type { EventRecord, SessionRecord } from '../tables.ts';
import { readVerified } from '../verified.ts';
import type { MemoryDisk, MemoryOutcome } from './disk.ts';
import type { Gate } from './gate.ts';
import { sourceOf } from './log.ts';

export class MemoryOutcomes implements OutcomeTables {
  readonly #disk: MemoryDisk;
  readonly #gate: Gate;

  constructor(disk: MemoryDisk, gate: Gate) {
    this.#disk = disk;
    this.#gate = gate;
  }

  number(noteId: string, wanted: NumberWanted[]): Promise<NumberGiven[] | null> {
    const copy = structuredClone(wanted);
    return this.#gate.write(() => {
      const place = this.#place(parseNoteId(noteId)?.uuid);
      return place && copy.map((one) => this.#given(this.#find(place.event.id, one.id) ?? this.#give(place, one)));
    });
  }

  move(noteId: string, ids: string[]): Promise<void> {
    const copy = [...ids];
    return this.#gate.write(() => {
      const place = this.#place(parseNoteId(noteId)?.uuid);
      for (const id of place ? copy : []) {
        const outcome = this.#find(place?.event.id ?? '', id);
        if (outcome) outcome.note = place?.uuid ?? '';
      }
    });
  }

  find(short: string): Promise<OutcomePlace | null> {
    return this.#gate.read(() => {
      const place = this.#place(this.#disk.outcomes.find((one) => one.short === short)?.note);
      return place && { eventSlug: place.event.slug, sessionSlug: place.session.slug, short };
    });
  }

  index(noteId: string): Promise<number | null> {
    return this.#gate.write(() => {
      const key = parseNoteId(noteId);
      const note = this.#disk.notes.get(key?.uuid ?? '');
      if (note === undefined || note.epoch !== key?.epoch) return null;
      const { snapshot, tail } = readVerified(sourceOf(noteId, note));
      const outcomes = readOutcomes(snapshot, tail);
      note.outcomes = { seq: note.headSeq, outcomes };
      return outcomes.length;
    });
  }

  indexed(eventSlug: string): Promise<IndexedNote[]> {
    return this.#gate.read(() => {
      const event = [...this.#disk.events.values()].find(({ slug }) => slug === eventSlug);
      return (event?.sessions ?? []).flatMap(({ noteId }) => {
        const note = this.#disk.notes.get(parseNoteId(noteId)?.uuid ?? '');
        return note ? [structuredClone({ noteId, headSeq: note.headSeq, ...note.outcomes })] : [];
      });
    });
  }

  #give({ uuid, event }: Place, { id, letter }: NumberWanted): MemoryOutcome {
    const number = this.#disk.outcomes.filter((one) => one.event === event.id).length + 1;
    const outcome = { event: event.id, id, short: `${event.prefix}-${letter}${number}`, note: uuid };
    this.#disk.outcomes.push(outcome);
    return outcome;
  }

  #find(event: string, id: string): MemoryOutcome | undefined {
    return this.#disk.outcomes.find((one) => one.event === event && one.id === id);
  }

  #given({ id, short, note }: MemoryOutcome): NumberGiven {
    return { id, short, noteId: `${note}.${this.#disk.notes.get(note)?.epoch ?? 0}` };
  }

  #place(uuid: string | undefined): Place | null {
    for (const event of this.#disk.events.values())
      for (const session of event.sessions)
        if (uuid !== undefined && parseNoteId(session.noteId)?.uuid === uuid) return { uuid, event, session };
    return null;
  }
}

interface Place {
  uuid: string;
  event: EventRecord;
  session: SessionRecord;
}
