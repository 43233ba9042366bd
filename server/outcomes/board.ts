import type { Session } from '#core/event/model.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';
import type { Clock } from '../clock.ts';
import type { OutcomeNews } from '../context.ts';
import { OUTCOME_LIMITS } from './limits.ts';

export interface BoardParts {
  clock: Clock;
  read(noteId: string): Promise<Outcome[]>;
  /** The number of the newest change of any note. */
  moment(): number;
  /** How a moment is said to boards, to ask with later. */
  at(moment: number, programme: string): string;
  /** A reader has gone. */
  left(): void;
  report(error: unknown): void;
}

interface Reader {
  /** null until the stream is made. */
  controller: ReadableStreamDefaultController<Uint8Array> | null;
  /** What has to wait for the first words; null after them. */
  held: Uint8Array[] | null;
}

/** A board that opens. */
export interface Opening {
  stream: ReadableStream<Uint8Array>;
  /** The first words. What changed since the opening follows them. */
  begin(news: OutcomeNews): void;
  /** There will be none. */
  giveUp(): void;
}

const encoder = new TextEncoder();

/** The open boards of one event. What is sent is written once, however many they are. */
export class Board {
  readonly #parts: BoardParts;
  readonly #readers = new Set<Reader>();
  /** What was sent last of each note: most changes of a note change no outcome. */
  readonly #sent = new Map<string, string>();
  /** Notes that are to be read, with what cancels it. */
  readonly #waiting = new Map<string, () => void>();
  readonly #restsUntil = new Map<string, number>();
  /** Changes that boards were not told of yet: who is cut off now has to ask from before them. */
  readonly #untold = new Map<string, number>();
  #slugs: ReadonlyMap<string, string> = new Map();
  #programme: string | null = null;

  constructor(parts: BoardParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#readers.size;
  }

  /** The sessions as they are now. Boards are told when they are others than before. */
  follow(sessions: readonly Session[], programme: string): void {
    const before = this.#programme;
    this.#slugs = new Map(sessions.map(({ noteId, slug }) => [noteId, slug]));
    this.#programme = programme;
    if (before !== null && before !== programme) this.#tell({ ...this.#news(this.#parts.moment()), programme: true });
  }

  open(): Opening {
    const reader: Reader = { controller: null, held: [] };
    const stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => void (reader.controller = controller),
        cancel: () => this.#left(reader),
      },
      new CountQueuingStrategy({ highWaterMark: OUTCOME_LIMITS.waiting }),
    );
    this.#readers.add(reader);
    return {
      stream,
      begin: (news) => {
        const held = reader.held ?? [];
        reader.held = null;
        for (const frame of [framed(news), ...held]) this.#give(reader, frame);
      },
      giveUp: () => this.#letGo(reader),
    };
  }

  changed(noteId: string, moment: number): void {
    if (!this.#slugs.has(noteId)) return;
    if (!this.#untold.has(noteId)) this.#untold.set(noteId, moment);
    if (this.#waiting.has(noteId)) return;
    const { clock } = this.#parts;
    const rest = (this.#restsUntil.get(noteId) ?? 0) - clock.elapsed();
    const start = (): void => {
      this.#waiting.delete(noteId);
      void this.#read(noteId).catch((error: unknown) => this.#parts.report(error));
    };
    this.#waiting.set(noteId, clock.after(Math.max(rest, OUTCOME_LIMITS.tellAfter), start));
  }

  /** A word to say that all is as it was. */
  beat(): void {
    this.#send(encoder.encode('event: beat\ndata: \n\n'));
  }

  end(): void {
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
    for (const reader of [...this.#readers]) this.#letGo(reader);
  }

  async #read(noteId: string): Promise<void> {
    const { clock } = this.#parts;
    const start = clock.elapsed();
    const moment = this.#parts.moment();
    const outcomes = await this.#parts.read(noteId);
    const end = clock.elapsed();
    this.#restsUntil.set(noteId, end + Math.min((end - start) * OUTCOME_LIMITS.tellRest, OUTCOME_LIMITS.tellRestMs));
    if (!this.#waiting.has(noteId)) this.#untold.delete(noteId);
    const session = this.#slugs.get(noteId);
    const said = JSON.stringify(outcomes);
    if (session === undefined || this.#sent.get(noteId) === said) return;
    this.#sent.set(noteId, said);
    this.#tell({ ...this.#news(moment), sessions: [{ session, outcomes }] });
  }

  #news(moment: number): OutcomeNews {
    const told = Math.min(moment, ...[...this.#untold.values()].map((untold) => untold - 1));
    return { at: this.#parts.at(told, this.#programme ?? ''), programme: false, sessions: [] };
  }

  #tell(news: OutcomeNews): void {
    this.#send(framed(news));
  }

  #send(frame: Uint8Array): void {
    for (const reader of [...this.#readers]) this.#give(reader, frame);
  }

  #give(reader: Reader, frame: Uint8Array): void {
    if (!this.#readers.has(reader)) return;
    if (reader.held) reader.held.push(frame);
    else if ((reader.controller?.desiredSize ?? 0) <= 0) this.#letGo(reader);
    else reader.controller?.enqueue(frame);
  }

  #letGo(reader: Reader): void {
    if (this.#readers.has(reader)) reader.controller?.close();
    this.#left(reader);
  }

  #left(reader: Reader): void {
    if (this.#readers.delete(reader)) this.#parts.left();
  }
}

/** One server-sent event. JSON has no line ends of its own. */
function framed(news: OutcomeNews): Uint8Array {
  return encoder.encode(`data: ${JSON.stringify(news)}\n\n`);
}
