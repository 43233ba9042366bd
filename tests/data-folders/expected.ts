/** What was put into a data folder, in no version's own words. */
export interface Expected {
  event: string;
  /** Of each session, by its slug, the noteId. */
  notes: Record<string, string>;
  /** Each stands once in the note of its session. */
  words: Record<string, string[]>;
  materials: Record<string, { kind: string; title: string; url: string }[]>;
  devices: { id: string; name: string; organizer: boolean }[];
  image: string | null;
  /** Of the first session. */
  outcomes: { id: string; short: string; kind: string; text: string }[];
}
