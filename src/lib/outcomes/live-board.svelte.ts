import type { SessionNews } from './board-data.ts';
import { type BySession, NOTHING_YET, withNews } from './board-rows.ts';

/** How a board hears of what changes: told at once, by asking, or not at all just now. */
export type Hearing = 'starting' | 'live' | 'asking' | 'away';

interface News {
  at: string;
  programme: boolean;
  sessions: SessionNews[];
}

/** What a stream tells. */
export interface Told {
  news(text: string): void;
  /** All is as it was. */
  beat(): void;
  cut(): void;
}

export interface LiveBoardParts {
  /** Slug of the event. */
  event: string;
  first: { at: string; sessions: readonly SessionNews[] };
  /** The event itself changed. */
  programmeChanged(): void;
  /** Opens a stream; what it gives closes it. */
  stream?: (address: string, told: Told) => () => void;
  ask?: (address: string) => Promise<News>;
}

/** The server says something every 10 s; a stream that brings nothing for this long is cut, or held back on the way. */
const SILENCE_MS = 25_000;
/** So long until the first word of a stream. */
const FIRST_WORD_MS = 5_000;
const ASK_MS = 10_000;
const LOOK_MS = 1_000;
/** From one try for a stream to the next, at most. */
const LONGEST_TRY_MS = 60_000;

/** The outcomes of an event as they are now: by a stream of the server, and by asking while there is none. */
export class LiveBoard {
  readonly #parts: Required<Pick<LiveBoardParts, 'stream' | 'ask'>> & LiveBoardParts;
  #sessions: BySession = $state.raw(NOTHING_YET);
  #hearing: Hearing = $state.raw('starting');
  #at: string;
  #close: (() => void) | null = null;
  #tries = 0;
  /** Messages of the stream. */
  #told = 0;
  #now = 0;
  #heard = 0;
  #asked = 0;
  #tried = 0;

  constructor(parts: LiveBoardParts) {
    this.#parts = { stream: openStream, ask: askServer, ...parts };
    this.#at = parts.first.at;
    this.#sessions = withNews(NOTHING_YET, parts.first.sessions);
  }

  get sessions(): BySession {
    return this.#sessions;
  }

  get hearing(): Hearing {
    return this.#hearing;
  }

  /** Runs in the browser; the returned function stops it. A board that nobody sees holds no connection. */
  follow(): () => void {
    const seen = (): void => {
      this.#drop();
      this.#hearing = 'starting';
      if (document.visibilityState === 'visible') this.#open();
    };
    const timer = setInterval(() => this.#look(), LOOK_MS);
    document.addEventListener('visibilitychange', seen);
    seen();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
      this.#drop();
    };
  }

  /** Asks now, for who must not wait. */
  async ask(): Promise<void> {
    this.#asked = this.#now;
    const told = this.#told;
    try {
      const news = await this.#parts.ask(`${this.#address}/news?at=${encodeURIComponent(this.#at)}`);
      // What the stream said meanwhile may be newer; it says the rest too.
      if (this.#told === told) this.#hear(news);
      if (this.#hearing !== 'live') this.#hearing = 'asking';
    } catch {
      if (this.#hearing !== 'live') this.#hearing = 'away';
    }
  }

  get #address(): string {
    return `/api/events/${this.#parts.event}/outcomes`;
  }

  #open(): void {
    let open = true;
    this.#tried = this.#heard = this.#now;
    const alive = (): void => {
      this.#heard = this.#now;
      this.#tries = 0;
      this.#hearing = 'live';
    };
    const close = this.#parts.stream(`${this.#address}/live?at=${encodeURIComponent(this.#at)}`, {
      news: (text) => {
        if (!open) return;
        alive();
        this.#told++;
        this.#hear(JSON.parse(text) as News);
      },
      beat: () => {
        if (open) alive();
      },
      cut: () => {
        if (open) this.#cut();
      },
    });
    this.#close = () => {
      open = false;
      close();
    };
  }

  #drop(): void {
    this.#close?.();
    this.#close = null;
  }

  /** No stream: asks from now on, and tries again later and later. */
  #cut(): void {
    this.#drop();
    this.#tries++;
    if (this.#hearing === 'live') this.#hearing = 'away';
    void this.ask();
  }

  /** Each second, by a clock that stands while the machine sleeps. */
  #look(): void {
    if (document.visibilityState !== 'visible') return;
    this.#now += LOOK_MS;
    const silent = this.#now - this.#heard;
    if (this.#close) {
      if (silent >= (this.#hearing === 'live' ? SILENCE_MS : FIRST_WORD_MS)) this.#cut();
    } else if (this.#now - this.#tried >= Math.min(LOOK_MS * 2 ** this.#tries, LONGEST_TRY_MS)) this.#open();
    else if (this.#now - this.#asked >= ASK_MS) void this.ask();
  }

  #hear({ at, programme, sessions }: News): void {
    this.#at = at;
    this.#sessions = withNews(this.#sessions, sessions);
    if (programme) this.#parts.programmeChanged();
  }
}

function openStream(address: string, told: Told): () => void {
  const source = new EventSource(address);
  source.addEventListener('message', ({ data }) => told.news(String(data)));
  source.addEventListener('beat', () => told.beat());
  source.addEventListener('error', () => told.cut());
  return () => source.close();
}

async function askServer(address: string): Promise<News> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()) as News;
}
