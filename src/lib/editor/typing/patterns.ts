/**
 * What typed characters have to look like to become something. Names of code must stay as they are typed, so a delimiter opens
 * only at the start of a word and closes only at its end, and single signs wait for the character that follows.
 */

/** A delimiter around words: `[all, delimiter, words, what was typed after]`. */
export interface DelimiterPattern {
  mark: string;
  find: RegExp;
}

/** Done with the closing delimiter: these are rare in code. */
const AT_ONCE: DelimiterPattern[] = [
  { mark: 'bold', find: /(?<=^|[\s("“])(\*\*)(?=[^\s*])([^*]*[^\s*])\*\*$/ },
  { mark: 'strike', find: /(?<=^|[\s("“])(~~)(?=[^\s~])([^~]*[^\s~])~~$/ },
  { mark: 'code', find: /(?<=^|[^`])(`)(?=[^\s`])([^`]*[^\s`])`$/ },
];

/**
 * Done with what comes after the closing delimiter: until then `_raw_` may become `_raw_spin_lock`, and `*a*` `*a*b`. One word
 * between two underscores at each side is a name: `__init__`.
 */
const afterwards = (end: string): DelimiterPattern[] => [
  { mark: 'italic', find: new RegExp(`(?<=^|[\\s"“])(\\*)(?=[^\\s*])([^*]*[^\\s*])\\*${end}$`) },
  { mark: 'italic', find: new RegExp(`(?<=^|[\\s"“(])(_)(?=[^\\s_])([^_]*[^\\s_])_${end}$`) },
  { mark: 'bold', find: new RegExp(`(?<=^|[\\s"“(])(__)(?=[^\\s_])(?!\\w+__)([^_]*[^\\s_])__${end}$`) },
];

/** For a character just typed. */
export const TYPED_DELIMITERS: DelimiterPattern[] = [...AT_ONCE, ...afterwards('([\\s.,;:!?)"”])')];

/** For the end of a line, before Enter. */
export const ENDED_DELIMITERS: DelimiterPattern[] = afterwards('()');

export const HEADING = /^(#{1,6})\s$/;
/** No `+`: it begins an added line as often as a list. */
export const BULLET = /^\s*([-*])\s$/;
/** A year at the start of a sentence is no list. */
export const NUMBER = /^\s*(\d{1,3})[.)]\s$/;
export const QUOTE = /^\s*>\s$/;
export const CALLOUT = /^\[!(note|tip|important|warning|caution)\]\s$/i;
export const CODE = /^(?:```|~~~)([\w+#.-]*)\s$/;
/** Ended by Enter: `--- a/file` begins a patch. */
export const RULE = /^(?:---|\*\*\*|___)\n$/;
/** Ended by Enter. */
export const TABLE_ROW = /^\|(.+)\|\s*\n$/;
