import { inAgendaOrder, listed, topicTitles } from '#core/event/agenda.ts';
import type { Event, EventHead, Session } from '#core/event/model.ts';
import { personSlug } from '#core/event/person-slug.ts';
import { type NamedPerson, personsOf } from '#core/event/persons.ts';
import { isOpen, namesPerson, ownerMeant, soonestFirst } from '#core/outcomes/of-person.ts';
import type { Outcome } from '#core/outcomes/outcomes-of.ts';

/** What a person's page shows. */
export interface PersonData {
  event: EventHead & Pick<Event, 'conference'>;
  person: NamedPerson;
  /** False for who is named as an owner alone. */
  listed: boolean;
  /** Those to be done first. */
  open: PersonOutcome[];
  ended: PersonOutcome[];
  decisions: PersonOutcome[];
  /** Questions and gaps. */
  questions: PersonOutcome[];
  sessions: Pick<Session, 'slug' | 'title' | 'start' | 'minutes'>[];
}

export interface PersonOutcome extends Omit<Outcome, 'heading'> {
  session: Pick<Session, 'slug' | 'title'>;
  /** Titles from the outermost topic to the innermost. */
  topic: string[];
  /** Its owners but the person whose page it is. */
  others: string[];
}

interface OutcomesOfSession {
  sessionId: string;
  outcomes: Outcome[];
}

/** Of whoever has this slug in an event; the slug of the one who is meant by initials or a nickname; null for nobody. */
export function personData(
  event: Event,
  found: readonly OutcomesOfSession[],
  slug: string,
): PersonData | string | null {
  const persons = personsOf(event);
  const whose = owners(event, persons);
  const free = (): NamedPerson | undefined =>
    found
      .flatMap(({ outcomes }) => outcomes.flatMap((each) => each.owners.map(whose)))
      .filter((name) => personSlug(name) === slug)
      .map((name) => ({ slug, name, affiliation: null, roles: [] }))[0];
  const known = persons.find((each) => each.slug === slug);
  const person = known ?? free();
  if (!person) return persons.find(({ name }) => name === whose(slug.replaceAll('-', ' ')))?.slug ?? null;
  const isMine = (owner: string): boolean => personSlug(whose(owner)) === slug;
  const all = outcomesIn(event, found, isMine);
  const owned = all.filter(({ owners, others }) => others.length < owners.length);
  const named = all.filter((each) => owned.includes(each) || namesPerson(each, person.name));
  const actions = owned.filter(({ kind }) => kind === 'action');
  const { title, start, end, zone, conference } = event;
  return {
    ...{ event: { slug: event.slug, title, start, end, zone, conference }, person, listed: known !== undefined },
    open: soonestFirst(actions.filter(isOpen)),
    ended: actions.filter((each) => !isOpen(each)),
    decisions: named.filter(({ kind }) => kind === 'decision'),
    questions: named.filter(({ kind }) => kind === 'question' || kind === 'gap'),
    sessions: inAgendaOrder(listed(event.sessions), event.topics)
      .filter(({ people }) => people.some(({ name }) => personSlug(name) === slug))
      .map(({ slug, title, start, minutes }) => ({ slug, title, start, minutes })),
  };
}

/** Each name is looked up once: an event has thousands of outcomes and few owners. */
function owners(event: Event, persons: readonly NamedPerson[]): (owner: string) => string {
  const names = persons.map(({ name }) => name);
  const known = new Map<string, string>();
  return (owner) => {
    const meant = known.get(owner) ?? ownerMeant(owner, names, event.settings.people);
    known.set(owner, meant);
    return meant;
  };
}

/** In programme order, then as in the note. */
function outcomesIn(
  event: Event,
  found: readonly OutcomesOfSession[],
  isMine: (owner: string) => boolean,
): PersonOutcome[] {
  const bySession = new Map(found.map((one) => [one.sessionId, one.outcomes]));
  return event.sessions.flatMap((session) => {
    const topic = topicTitles(event, session)[0] ?? [];
    const { slug, title } = session;
    return (bySession.get(session.id) ?? []).map(({ id, short, kind, state, owners, due, more, text }) => ({
      ...{ id, short, kind, state, owners, due, more, text, topic },
      session: { slug, title },
      others: owners.filter((owner) => !isMine(owner)),
    }));
  });
}
