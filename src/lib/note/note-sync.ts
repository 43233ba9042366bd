import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { keepWritten } from '#core/note/moved/keep-written.ts';
import type { Here } from '#core/wire/messages.ts';
import { FROM_COPY, LocalCopy } from './local-copy.ts';
import { NoteConnection } from './note-connection.ts';
import type { Platform } from './platform.ts';
import { saveState, type SaveState } from './save-state.ts';

/** How long the editor waits for the server when this browser already has a copy to show. */
const COPY_SHOWN_MS = 1_500;

export interface NoteSyncOptions {
  noteId: string;
  /** Absolute `ws:` or `wss:` address of the note with its schema, see `syncUrl`. */
  url: string;
  /** A new one by default. */
  doc?: Y.Doc;
  platform: Platform;
  on: {
    state(state: SaveState): void;
    /** The document holds the note, from the server or from this browser's copy: an editor may open on it. Called once. */
    ready(): void;
    here(here: Here): void;
    factsChanged(): void;
    /**
     * Text of others is about to be applied: what was done here and not read yet must be read now. False when it would be in the
     * way of what is being done here; `takeHeld` goes on with it.
     */
    beforeOthers(update: Uint8Array): boolean;
  };
}

/**
 * One note in one tab: the document, this browser's copy, the connection, and what is true of the text. Every local change
 * goes to the copy first and to the server when it is kept.
 */
export class NoteSync {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly #options: NoteSyncOptions;
  readonly #copy: LocalCopy;
  readonly #openedAt: number;
  #connection: NoteConnection | null = null;
  #ready = false;
  #copyIsEmpty = true;
  /** When each unsaved change was made, oldest first: by the clock that measures lengths of time, and by the one people read. */
  readonly #unsavedSince: { elapsed: number; at: number | null }[] = [];
  #savedAt: number | null = null;
  #allSaved = false;
  #endKeeping: (() => void) | null = null;
  #cancelLook: (() => void) | null = null;
  #cancelWait: (() => void) | null = null;
  #closed = false;

  constructor(options: NoteSyncOptions) {
    this.#options = options;
    const { noteId, platform, doc = new Y.Doc() } = options;
    this.doc = doc;
    this.awareness = new Awareness(doc);
    const { clock, indexedDB } = platform;
    this.#openedAt = clock.elapsed();
    this.awareness.setLocalState({});
    this.#copy = new LocalCopy({ noteId, doc, indexedDB, clock, changed: () => this.#refresh() });
  }

  /** Loads the copy, then connects. */
  async start(): Promise<void> {
    const { platform, url, on } = this.#options;
    const { empty, unsent, writers } = await this.#copy.load();
    if (this.#closed) return void this.#copy.close();
    this.#copyIsEmpty = empty;
    for (let i = 0; i < unsent; i++) this.#unsavedSince.push({ elapsed: platform.clock.elapsed(), at: null });
    this.#connection = new NoteConnection({
      url,
      doc: this.doc,
      awareness: this.awareness,
      platform,
      unsent,
      changed: () => this.#refresh(),
      saved: (upTo) => this.#saved(upTo),
      factsChanged: on.factsChanged,
      hereChanged: on.here,
      beforeOthers: on.beforeOthers,
      answered: (update, apply) => this.#answered(update, apply),
    });
    this.#endKeeping = keepWritten(this.doc, {
      // What an earlier visit could not send is sent by this one.
      isOurs: (client) => client === this.doc.clientID || writers.has(client),
      any: () => (this.#connection?.ledger.made ?? 0) > 0,
    });
    this.doc.on('update', this.#updated);
    this.#cancelWait = platform.clock.after(COPY_SHOWN_MS, () => this.#readyWithCopy());
    this.#connection.start();
  }

  get unsaved(): number {
    return this.#connection?.ledger.unsaved ?? 0;
  }

  retryNow(): void {
    this.#connection?.retryNow();
  }

  takeHeld(): void {
    this.#connection?.takeHeld();
  }

  /** Ends the connection and writes what the copy still holds back. The document stays readable. */
  async close(): Promise<void> {
    this.#closed = true;
    this.doc.off('update', this.#updated);
    this.#endKeeping?.();
    this.#cancelLook?.();
    this.#cancelWait?.();
    this.#connection?.close();
    this.awareness.destroy();
    await this.#copy.close();
  }

  readonly #updated = (update: Uint8Array, origin: unknown): void => {
    const connection = this.#connection;
    if (!connection || origin === FROM_COPY) return;
    if (origin === connection) return this.#copy.keepOthers(update);
    const { clock } = this.#options.platform;
    this.#unsavedSince.push({ elapsed: clock.elapsed(), at: clock.now() });
    const change = connection.localChange(update);
    void this.#copy.keep(update, change).then(() => connection.kept(change));
  };

  /**
   * A whole note goes into the copy as the server sent it: Yjs would put it into bytes once more, which takes nearly as long as to
   * read it. Only while the document has nothing, and nothing that waits for this: else more is new than these bytes.
   */
  #answered(update: Uint8Array, apply: () => void): void {
    const { clients, pendingStructs, pendingDs } = this.doc.store;
    if (clients.size > 0 || pendingStructs || pendingDs) return apply();
    this.doc.off('update', this.#updated);
    try {
      apply();
    } finally {
      this.doc.on('update', this.#updated);
    }
    this.#copy.keepOthers(update.slice());
  }

  #saved(upTo: number): void {
    this.#copy.saved(upTo);
    this.#unsavedSince.splice(0, this.#unsavedSince.length - this.unsaved);
  }

  #readyWithCopy(): void {
    if (!this.#copyIsEmpty) this.#becomeReady();
  }

  #becomeReady(): void {
    if (this.#ready || this.#closed) return;
    this.#ready = true;
    this.#cancelWait?.();
    this.#options.on.ready();
  }

  #refresh(): void {
    const connection = this.#connection;
    if (!connection || this.#closed) return;
    const { clock, online } = this.#options.platform;
    const { link, trouble, allSaved, ledger } = connection;
    if (allSaved && !this.#allSaved) this.#savedAt = clock.now();
    this.#allSaved = allSaved;
    if (link.kind === 'open' && link.synced) this.#becomeReady();
    else if (trouble || link.kind === 'ended') this.#readyWithCopy();
    // A reload is what comes next: what was saved must not look as if it had never been sent.
    if (link.kind === 'ended') this.#copy.flush();
    const { state, lookAt } = saveState({
      link,
      trouble,
      allSaved,
      waiting: ledger.waiting,
      unsaved: ledger.unsaved,
      unsavedSince: this.#unsavedSince[0]?.elapsed ?? null,
      unsavedAt: this.#unsavedSince[0]?.at ?? null,
      openedAt: this.#openedAt,
      savedAt: this.#savedAt,
      online: online(),
      copy: this.#copy.state,
      keeping: this.#copy.keeping,
      elapsed: clock.elapsed(),
    });
    this.#lookAgain(lookAt);
    this.#options.on.state(state);
  }

  #lookAgain(at: number | null): void {
    const { clock } = this.#options.platform;
    this.#cancelLook?.();
    this.#cancelLook = at === null ? null : clock.after(Math.max(0, at - clock.elapsed()), () => this.#refresh());
  }
}

/**
 * @param origin of the page, such as `https://notes.example`
 * @param schema version of the note's schema that this code knows
 */
export function syncUrl(origin: string, noteId: string, schema: number): string {
  const url = new URL(`/sync/${encodeURIComponent(noteId)}`, origin);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.searchParams.set('schema', String(schema));
  return url.href;
}
