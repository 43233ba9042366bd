import type { Editor } from '@tiptap/core';
import type { KnownPeople } from '#core/outcomes/signed.ts';
import type { HerePerson } from '#core/wire/messages.ts';
import type { EditorContext, Place } from '#lib/editor/command.ts';
import { type ListedPerson, namesOf } from './names-of.ts';
import type { PlaceLink } from './room-data.ts';

/** What the page knows that commands need; asked for each time, because it changes while the page is open. */
interface Page {
  event(): { slug: string; zone: string };
  session(): { slug: string };
  listed(): readonly ListedPerson[];
  words(): readonly string[];
  here(): readonly HerePerson[];
  places(): readonly PlaceLink[];
}

/** The editor of the open note and what stands around it: what mark bar, link fields and menus share. */
export class NoteTools implements EditorContext {
  /** null until the note can be worked on. */
  editor = $state.raw<Editor | null>(null);
  /** Raised each time the fields for a link are asked for; 0 while they are closed. */
  linkAsked = $state(0);
  /** What is said for a moment; null says nothing. */
  said = $state<string | null>(null);
  /** What is found in the note is shown; a new object each time it is asked for. */
  finding = $state.raw<object | null>(null);
  readonly #page: Page;
  #people: KnownPeople = [];
  #madeFrom: unknown[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  get zone(): string {
    return this.#page.event().zone;
  }

  get images(): string {
    return `/api/events/${this.#page.event().slug}/sessions/${this.#page.session().slug}/images`;
  }

  now(): number {
    return Date.now();
  }

  /** The same list as long as nobody comes or goes. */
  people(): KnownPeople {
    const { listed, here } = this.#page;
    const from = [listed(), here()];
    if (from.some((part, i) => part !== this.#madeFrom[i])) {
      this.#madeFrom = from;
      const names = namesOf(listed(), here());
      if (names.join('\n') !== this.#people.join('\n')) this.#people = names;
    }
    return this.#people;
  }

  words(): readonly string[] {
    return this.#page.words();
  }

  places(): readonly Place[] {
    const { slug: event } = this.#page.event();
    return this.#page.places().map(({ slug, words, more }) => ({
      words,
      more,
      url: `${location.origin}/${event}/${slug}`,
    }));
  }

  /** The part of the page that can be seen has changed: who writes goes on seeing the caret. */
  showCaret(): void {
    if (this.editor?.view.hasFocus()) this.editor.commands.scrollIntoView();
  }

  openLink(): void {
    this.linkAsked++;
  }

  openFind(): void {
    this.finding = {};
  }

  /** Copies a link to the heading with this id. */
  async copyLink(id: string): Promise<void> {
    try {
      const { copyLinkTo } = await import('#lib/editor/copy-link.ts');
      if (this.editor) copyLinkTo(this.editor, id, this);
    } catch {
      this.say('The link was not copied.');
    }
  }

  say(words: string): void {
    this.said = words;
  }
}
