/** Names no longer than this are looked at as names, in words. */
const MORE_WORDS = 3;

/** A word with a capital letter and small ones: in capitals it is an acronym, with a digit or an underscore it is code. */
const CAPITAL = String.raw`\p{Lu}(?:['’]\p{Lu})?[\p{Ll}\p{M}]+(?:[-‐‑]?\p{Lu}[\p{Ll}\p{M}]+)*(?![\p{L}\p{N}_(])`;
const BETWEEN = String.raw`(?:(?:\p{Lu}\.|van|von|der|den|de|da|di|del|la|le|al|bin|ten|ter)[ \u00a0]){0,3}`;

/** What follows the first word of a name and belongs to it. */
const FURTHER = `(?:[ \\u00a0]${BETWEEN}${CAPITAL})`;

/** Source of an expression for what can be a name. */
export const NAME = `${CAPITAL}${FURTHER}{0,${MORE_WORDS}}`;

const ONE_FURTHER = new RegExp(FURTHER, 'uy');
const WHOLE = new RegExp(`^${NAME}$`, 'u');

/** Words with a capital letter that stand where a name can stand, and are none. */
const NO_NAMES = new Set(
  [
    'action actions agenda agreed all also and answer another any anybody anyone as because but cc chair closed comment conclusion',
    'consensus context decided decision decisions discussion done everybody everyone example fact fixes follow from further gap goal',
    'here how however idea if in info intro introduction is issue it later link links list minutes motivation next nobody none not note',
    'notes now okay on one open option options or others people plan posted problem proposal question questions reason rejected remote',
    'resolution result results room scribe see session should slide slides so solution some status step steps suggestion summary tbd',
    'team that the then there they this title to todo today tomorrow topic topics update via was we what when where which who whole why',
    'with yes yesterday zoom subject date present answers remark remarks reply online onsite hybrid slot time',
    'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october',
    'november december linux kernel intel nvidia google amazon microsoft oracle red hat suse canonical linaro collabora arm amd ibm meta',
    'huawei samsung qualcomm broadcom marvell cisco debian ubuntu fedora android rust xen qemu xeon',
  ].flatMap((line) => line.split(' ')),
);

/** Whether words that stand alone where a name is wanted can be one. */
export function isName(words: string): boolean {
  return WHOLE.test(words) && !words.split(/[ \u00a0]/).some((word) => NO_NAMES.has(word.toLowerCase()));
}

/** Length of what belongs to the name whose first word ends here: ` Okafor` of `Tomas Okafor said`. */
export function restOfName(text: string, from: number): number {
  let to = from;
  for (let i = 0; i < MORE_WORDS; i++) {
    ONE_FURTHER.lastIndex = to;
    const more = ONE_FURTHER.exec(text)?.[0];
    if (more === undefined || NO_NAMES.has(more.trim().toLowerCase())) break;
    to += more.length;
  }
  return to - from;
}
