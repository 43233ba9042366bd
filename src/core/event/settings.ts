/** What an organizer settles for an event beside its programme. An import never changes it. */
export interface EventSettings {
  /** Addresses of mailing lists the mail of outcomes is for, in order. */
  lists: string[];
  /** Message-ID, without angle brackets, of the thread the mail answers; null: it begins one. */
  thread: string | null;
  /** Subject of the mail; null: made from the event's title. */
  subject: string | null;
  /** Words spelled the event's way (ATS, PASID, iommufd): offered while writing. */
  words: string[];
  /** What is settled about persons, by name; wins over what imports say. */
  people: PersonSettings[];
}

export interface PersonSettings {
  /** As the programme spells it, or as it was when the person was added. */
  name: string;
  /** As the person is named here, where that is another name. */
  called?: string;
  /** What the person signs with, with commas between (`jgg, jgunth`); null: made from the name. */
  initials: string | null;
  affiliation: string | null;
  /** "Do not name me". */
  unnamed: boolean;
}

/** Of an event for which nobody has settled anything. */
export const NO_SETTINGS: Readonly<EventSettings> = { lists: [], thread: null, subject: null, words: [], people: [] };
