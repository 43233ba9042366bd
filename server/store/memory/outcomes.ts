import { parseNoteId } from '../note-id.ts';
import type { NumberGiven, NumberWanted, OutcomePlace, OutcomeTables } from '../outcomes.ts';
import type { EventRecord, SessionRecord } from '../tables.ts';
import type { MemoryDisk, MemoryOutcome } from './disk.ts';
import type { Gate } from './gate.ts';

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
