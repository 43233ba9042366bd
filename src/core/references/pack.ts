/**
 * How a community points at things in its text: what its references look like, where each leads, and which of them are the same.
 * Everything is known from the text alone; nothing is fetched.
 */
export interface ReferencePack {
  /** In order of precedence: what an earlier one has found, a later one cannot overlap. */
  readonly recognisers: readonly Recogniser[];
  /** A line that programs read whole: it is never wrapped. Without the flags g and y. */
  readonly trailer: RegExp;
}

/** What a pattern captured, by name; what took no part in the match is missing. */
export type Parts = Readonly<Partial<Record<string, string>>>;

export interface Recogniser {
  /** Stable name for other programs, such as `commit`. */
  readonly kind: string;
  /** The same for people, such as `Commit`. */
  readonly word: string;
  readonly look: Look;
  /** With the flag g. Its time must grow with the length of the text and no faster, whatever the text. */
  readonly pattern: RegExp;
  /** What the match points at; null when it is no reference after all. */
  read(parts: Parts, match: Match): Pointer | null;
}

/** `document`: something to open, shown as a chip. `name`: a word of code. `plain`: recognised, but text like any other. */
export type Look = 'document' | 'name' | 'plain';

export interface Match {
  /** Without white space around it. */
  readonly words: string;
  /** The text right before it, a few dozen characters. */
  readonly before: string;
}

export interface Pointer {
  /** Two references with equal keys are the same one. */
  readonly key: string;
  /** The canonical address, made only of parts that were captured and encoded anew; https, or null when there is no page. */
  readonly href: string | null;
  /** The list it names. */
  readonly list?: string;
  /** The subject as its writer gave it. */
  readonly subject?: string;
  /** The part the match ends with, to be looked into for references of these kinds; if there are any, they stand in the place of this one. */
  readonly within?: { readonly part: string; readonly kinds: ReadonlySet<string> };
}
