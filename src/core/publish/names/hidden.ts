import { spellingsOf } from '../../event/names.ts';
import { signsOf } from '../../outcomes/signed.ts';
import { initials } from '../../wire/initials.ts';

/** Names that must not be said, made ready to be looked for. */
export interface Hidden {
  /** As they were given. */
  readonly names: readonly string[];
  /** By the spelling of its first word: the words of a name, each in its spellings, longest name first. */
  readonly whole: ReadonlyMap<string, readonly (readonly string[])[][]>;
  /** Spellings of single words of names that mean the person wherever they stand with a capital letter. */
  readonly words: ReadonlySet<string>;
  /** Spellings of first words behind which the rest of a name may stand that nobody told: of names of one word, of all when everyone is hidden. */
  readonly starts: ReadonlySet<string>;
  /** Spellings of whole names and of each of their words. */
  readonly said: ReadonlySet<string>;
  /** What people sign with: means the person where only a name can stand. */
  readonly initials: ReadonlySet<string>;
  /** Names in scripts that put no space between words. */
  readonly unspaced: readonly string[];
  /** Mail addresses of persons go too, whoever they are. */
  readonly everyone: boolean;
}

/** The word that stands in the place of a name. */
export const SOMEONE = 'a participant';
/** What stands in the place of a person's mail address. */
export const NO_ADDRESS = 'address withheld';

/** Letters and digits: what lies between is a border. */
export const WORD = /[\p{L}\p{M}\p{N}]+/gu;

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/**
 * First and last names that are words of a sentence too. Alone they stay, for "Will" begins more sentences than it names people;
 * in a whole name, behind an `@` and before a speaker's colon they go.
 */
const ALSO_WORDS = new Set(
  [
    'art bill bob can chance chase christian dale dawn dean dick drew faith frank gene grace grant guy hope hunter jack',
    'joy june king lance long mark mars march may max miles nick pat paul penny ray rich rob rose star sun sue summer',
    'will young black brown green white gray grey wood woods stone field hall hill lake park price power day bond case',
    'team group kernel maintainer maintainers author authors reviewer reviewers everyone everybody anyone all list lists',
    'core driver drivers organizer organizers people subsystem developer developers vendor vendors linux distro distros',
    'cook fisher page paper post small sharp short strong wise good best bush cross banks berg berlin london paris sky',
  ].flatMap((line) => line.split(' ')),
);

const SHORTEST_ALONE = 3;

export function hiddenNames(names: readonly { name: string; initials?: string | null }[], everyone = false): Hidden {
  const whole = new Map<string, string[][][]>();
  const words = new Set<string>();
  const starts = new Set<string>();
  const said = new Set<string>();
  const signs = new Set<string>();
  const spelled = names.flatMap(({ name, initials: own }) => [name, ...signsOf(own).filter((sign) => / /.test(sign))]);
  const given = [...new Set(spelled.map((name) => name.normalize('NFC').trim()))].filter((name) => name !== '');
  for (const name of given) {
    const spelt = (name.match(WORD) ?? []).map((word) => spellingsOf(word));
    for (const spelling of [
      ...spellingsOf(name),
      ...spellingsOf(name).flatMap((each) => each.split(' ')),
      ...spelt.flat(),
    ])
      if (spelling !== '') said.add(spelling);
    for (const start of spelt[0] ?? []) whole.set(start, [...(whole.get(start) ?? []), spelt]);
    if (everyone || spelt.length === 1) for (const start of spelt[0] ?? []) starts.add(start);
    const plain = spelt.filter((_, i) => !/^\p{Lu}{2,}$/u.test(name.match(WORD)?.[i] ?? ''));
    for (const spelling of plain.flat())
      if (spelling.length >= SHORTEST_ALONE && !ALSO_WORDS.has(spelling)) words.add(spelling);
    if (spelt.length > 1) signs.add(initials(name).toLowerCase());
  }
  for (const { initials: own } of names) for (const sign of signsOf(own)) signs.add(sign.toLowerCase());
  for (const list of whole.values()) list.sort((one, other) => other.length - one.length);
  return {
    names: given,
    whole,
    words,
    starts,
    said,
    initials: signs,
    unspaced: given.filter((name) => UNSPACED.test(name)),
    everyone,
  };
}

export function isNobody({ names, everyone }: Hidden): boolean {
  return names.length === 0 && !everyone;
}
