import { InputError } from '../errors.ts';
import { readBlocks } from './blocks.ts';
import { readHtml } from './indico-html.ts';
import {
  type Choice,
  type Conference,
  type Contribution,
  foldTitle,
  type Programme,
  type Proposal,
} from './programme.ts';

/** Which microconference is wanted, and what is known of it already. */
export interface Wanted {
  /** Indico's number or the exact title of a session; null when not given. */
  session: string | null;
  /** The event it shall go into, when one was named. */
  into: { title: string; sourceKeys: readonly string[] } | null;
  /** Keys of all stored events: a proposal is recognised by them even under another title. */
  knownKeys: ReadonlySet<string>;
}

/** Takes one microconference out of a conference. Throws InputError listing the choices when it is not clear which. */
export function selectMicroconference(conference: Conference, wanted: Wanted): Programme {
  const choice = choose(conference, wanted);
  if (choice === null) return wholeConference(conference);
  const isProposal = (one: Contribution) =>
    wanted.knownKeys.has(proposalKey(conference, one)) ||
    (one.start === null && foldTitle(one.title) === foldTitle(choice.title));
  const inside = onceByKey(choice.contributions);
  const proposal = [...conference.loose, ...inside].find(isProposal) ?? null;
  return {
    ...common(conference),
    keys: [
      ...(choice.number === null ? [] : [`indico:${conference.host}:session/${choice.number}`]),
      ...(proposal === null ? [] : [proposalKey(conference, proposal)]),
    ],
    title: choice.title,
    conference: conference.title,
    url: choice.url,
    proposal: proposal && readProposal(proposal),
    organizers: choice.conveners && choice.conveners.length > 0 ? choice.conveners : null,
    talks: inside.filter((one) => !isProposal(one)).map(asTalk),
    within: foldTitle(choice.title),
    breaks: choice.breaks,
  };
}

/** A meeting without sessions is the event itself. */
function wholeConference(conference: Conference): Programme {
  return {
    ...common(conference),
    keys: conference.number === null ? [] : [`indico:${conference.host}:event/${conference.number}`],
    ...{ title: conference.title, conference: null, url: conference.url },
    ...{ proposal: null, organizers: conference.chairs, talks: onceByKey(conference.loose).map(asTalk) },
    within: '',
    breaks: conference.breaks,
  };
}

function common(conference: Conference) {
  const { shape, zone, saysZone, start, end, venue } = conference;
  // Only the list of contributions has those that are not scheduled; the other shapes are silent about them.
  const missingTalk = shape === 'indico-contributions' ? ('gone' as const) : ('gone if scheduled' as const);
  return { shape, zone, saysZone, start, end, venue, missingTalk };
}

function proposalKey(conference: Conference, contribution: Contribution): string {
  return `indico:${conference.host}:contribution/${contribution.number}`;
}

function readProposal(contribution: Contribution): Proposal {
  const described = readBlocks(readHtml(contribution.description, `${contribution.place}.description`));
  return { ...described, url: contribution.url, minutes: contribution.minutes };
}

function asTalk({ key, number, title, start, minutes, room, people, url, materials }: Contribution) {
  return { key, number, title, start, minutes, room, people, url, materials };
}

/** A contribution stands in each block it runs through. */
function onceByKey(contributions: readonly Contribution[]): Contribution[] {
  return [...new Map(contributions.toReversed().map((one) => [one.key, one])).values()].toReversed();
}

/** null when the conference has no sessions to choose from. */
function choose(conference: Conference, wanted: Wanted): Choice | null {
  const { choices } = conference;
  if (wanted.session !== null) return chooseNamed(conference, wanted.session);
  if (choices.length <= 1) return choices[0] ?? null;
  const fitting = choices.filter((choice) => isOf(choice, wanted.into, conference.host));
  if (fitting.length === 1 && fitting[0]) return fitting[0];
  throw new InputError('--session', `expected the number or exact title of one session: ${listOf(choices)}`);
}

function isOf(choice: Choice, into: Wanted['into'], host: string): boolean {
  if (into === null) return false;
  const byNumber = choice.number !== null && into.sourceKeys.includes(`indico:${host}:session/${choice.number}`);
  return byNumber || foldTitle(choice.title) === foldTitle(into.title);
}

function chooseNamed({ choices, shape }: Conference, session: string): Choice {
  const byNumber = choices.find((choice) => choice.number === session);
  if (byNumber) return byNumber;
  const [titled, another] = choices.filter((choice) => choice.title === session.trim());
  if (titled && another)
    throw new InputError('--session', `expected a number, two sessions have this title: ${listOf(choices)}`);
  if (titled) return titled;
  const hint =
    shape === 'indico-contributions'
      ? ' (this export names sessions by title only; detail=sessions gives numbers)'
      : '';
  throw new InputError(
    '--session',
    `expected the number or exact title of a session, found “${session}”: ${listOf(choices)}${hint}`,
  );
}

function listOf(choices: readonly Choice[]): string {
  if (choices.length === 0) return 'the file has none';
  const names = choices.map(({ number, title }) => (number === null ? `“${title}”` : `${number} “${title}”`));
  return `the file has ${names.join(', ')}`;
}
