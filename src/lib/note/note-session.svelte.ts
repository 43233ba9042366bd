import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { outline, type OutlineEntry } from '#core/note/outline.ts';
import { readHeadings, readNote } from '#core/note/read.ts';
import { NOTE_FRAGMENT, SCHEMA_VERSION } from '#core/note/schema.ts';
import { touchOutcomes } from '#core/outcomes/elements.ts';
import { renderMarkdown } from '#core/render/markdown.ts';
import type { Here } from '#core/wire/messages.ts';
import { ChangedBlocks } from './changed-blocks.ts';
import { deleteCopy } from './copy-database.ts';
import { findLeftovers, type Leftover } from './leftover.ts';
import { NoteSync, syncUrl } from './note-sync.ts';
import { browserPlatform, type Platform } from './platform.ts';
import type { SaveState } from './save-state.ts';

/** The outline follows the text within this time, and so does what else is listed of it. */
const OUTLINE_EVERY_MS = 400;
/** How long a note that was left keeps trying to save its last changes. */
const LINGER_MS = 8_000;

export interface NoteSessionOptions {
  noteId: string;
  /** What the server rendered, so that nothing jumps before the first message. */
  here?: Here;
  outline?: OutlineEntry[];
  /** Address of the page's server; the page's own by default. */
  origin?: string;
  platform?: Platform;
}

/**
 * One open note as the page sees it. It lives outside of Svelte; what changes reaches the page through the fields below. Only
 * in the browser: open it when the component is mounted, close it when the component goes.
 */
export class NoteSession {
  /** What is true of the text right now. */
  state = $state.raw<SaveState>({ kind: 'opening' });
  /** Who is in the room. */
  here = $state.raw<Here>({ count: 0, people: [] });
  /** Since when `here` may be old, milliseconds since the epoch; null while the server is heard. */
  hereOldSince = $state<number | null>(null);
  outline = $state.raw<OutlineEntry[]>([]);
  /** Raised, at most as often as the outline, when outcomes may have changed: typing in other lines leaves it. */
  outcomesVersion = $state(0);
  /** Text of an earlier epoch of this note that the server does not have: to be copied, never merged. */
  leftovers = $state.raw<Leftover[]>([]);
  /** Raised when title, materials or time of the session changed: ask for them again. */
  factsVersion = $state(0);
  /** True once the document holds the note: from the server, or from this browser when the server is not there. */
  ready = $state(false);
  readonly #sync: NoteSync;
  readonly #platform: Platform;
  readonly #noteId: string;
  readonly #origin: string;
  readonly #changed: ChangedBlocks;
  #cancelOutline: (() => void) | null = null;
  #outcomesChanged = false;
  #left: (() => void) | null = null;
  #beforeOthers: ((update: Uint8Array) => boolean) | null = null;
  #guarding = false;
  #leftoversFound: Promise<void> = Promise.resolve();
  #comparedLeftovers = false;
  #askedToKeep = false;

  /** Opens the note; returns at once. */
  static open(options: NoteSessionOptions): NoteSession {
    const session = new NoteSession(options);
    void session.#sync.start();
    session.#findLeftovers(null);
    return session;
  }

  private constructor({ noteId, here, outline: known, origin, platform }: NoteSessionOptions) {
    this.#platform = platform ?? browserPlatform();
    this.#noteId = noteId;
    this.#origin = origin ?? location.origin;
    if (here) this.here = here;
    if (known) this.outline = known;
    this.#sync = new NoteSync({
      noteId,
      url: syncUrl(this.#origin, noteId, SCHEMA_VERSION),
      platform: this.#platform,
      on: {
        state: (state) => this.#stateIs(state),
        ready: () => this.#becomeReady(),
        here: (people) => (this.here = people),
        factsChanged: () => this.factsVersion++,
        beforeOthers: (update) => this.#beforeOthers?.(update) ?? true,
      },
    });
    this.#changed = new ChangedBlocks(this.doc.getXmlFragment(NOTE_FRAGMENT));
  }

  get doc(): Y.Doc {
    return this.#sync.doc;
  }

  get awareness(): Awareness {
    return this.#sync.awareness;
  }

  /**
   * Sets what runs each time before text of others is applied: the editor reads what its reader did until then, and says whether
   * the text may come now. If not, call `takeHeld` when it may. null ends it.
   */
  beforeOthers(run: ((update: Uint8Array) => boolean) | null): void {
    this.#beforeOthers = run;
    if (!run) this.takeHeld();
  }

  takeHeld(): void {
    this.#sync.takeHeld();
  }

  retryNow(): void {
    this.#sync.retryNow();
  }

  /** The blocks changed here and not saved, as Markdown: what "Copy my changes" copies. */
  copyUnsaved(): string {
    const part = this.#changed.extract();
    const text = this.#textOf(part);
    part.destroy();
    return text;
  }

  /** What was left over of earlier histories, as Markdown. */
  copyLeftovers(): string {
    return this.leftovers.map(({ doc }) => this.#textOf(doc)).join('\n\n');
  }

  /** Deletes what was left over. Call after offering it to be copied. */
  async dropLeftovers(): Promise<void> {
    for (const { noteId } of this.leftovers) await deleteCopy(this.#platform.indexedDB, noteId);
    this.leftovers = [];
  }

  /** Deletes this browser's copy: the way on when the server will never take what is in it. Call after offering it to be copied. */
  async dropCopy(): Promise<void> {
    this.#guard(false);
    await this.#sync.close();
    await deleteCopy(this.#platform.indexedDB, this.#noteId);
  }

  /** Leaves the room. What is on its way gets a moment to arrive; what is not stays in this browser. */
  async close(): Promise<void> {
    this.#cancelOutline?.();
    this.#changed.destroy();
    await this.#lastChangesSaved();
    this.#guard(false);
    await this.#sync.close();
    this.doc.destroy();
  }

  /** Read elsewhere: images have whole addresses. */
  #textOf(doc: Y.Doc): string {
    return renderMarkdown(readNote(doc), this.#origin);
  }

  #stateIs(state: SaveState): void {
    this.state = state;
    if (state.kind === 'saved') {
      this.#changed.clear();
      if (!this.#comparedLeftovers) this.#findLeftovers(this.doc);
    }
    const heard = state.kind !== 'offline' && state.kind !== 'not-saved' && state.kind !== 'refused';
    this.hereOldSince = heard ? null : (this.hereOldSince ?? this.#platform.clock.now());
    const unsaved = 'changes' in state && state.changes > 0;
    this.#guard(unsaved);
    if (unsaved && !heard) this.#keepStorage();
    if (!unsaved) this.#left?.();
  }

  /** Once, and not before there is something to lose: some browsers ask their person. */
  #keepStorage(): void {
    if (this.#askedToKeep) return;
    this.#askedToKeep = true;
    this.#platform.keepStorage();
  }

  /** Asked at the start, and once more when the server's text is here to compare with. */
  #findLeftovers(now: Y.Doc | null): void {
    this.#comparedLeftovers = now !== null;
    const { indexedDB } = this.#platform;
    this.#leftoversFound = this.#leftoversFound.then(async () => {
      this.leftovers = await findLeftovers(indexedDB, this.#noteId, now);
    });
  }

  #becomeReady(): void {
    this.doc.getXmlFragment(NOTE_FRAGMENT).observeDeep((events) => {
      this.#outcomesChanged ||= touchOutcomes(events);
      this.#outlineSoon();
    });
    this.outline = outline(readHeadings(this.doc));
    this.ready = true;
  }

  #outlineSoon(): void {
    this.#cancelOutline ??= this.#platform.clock.after(OUTLINE_EVERY_MS, () => {
      this.#cancelOutline = null;
      this.outline = outline(readHeadings(this.doc));
      if (this.#outcomesChanged) this.outcomesVersion++;
      this.#outcomesChanged = false;
    });
  }

  #lastChangesSaved(): Promise<void> {
    if (this.#sync.unsaved === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#left = resolve;
      this.#platform.clock.after(LINGER_MS, resolve);
    });
  }

  /** CL3: leaving the page asks first while anything is unacked, and only then: the question costs the back-forward cache. */
  #guard(on: boolean): void {
    if (on === this.#guarding || typeof window === 'undefined') return;
    this.#guarding = on;
    if (on) window.addEventListener('beforeunload', askFirst);
    else window.removeEventListener('beforeunload', askFirst);
  }
}

function askFirst(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
