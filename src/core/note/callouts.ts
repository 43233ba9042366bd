/** What a callout may be, with the word it is shown by. The names are those of Markdown alerts. */
export const CALLOUTS = {
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
  caution: 'Caution',
} as const;

export type CalloutKind = keyof typeof CALLOUTS;

/** An attribute that is anything else counts as a note. */
export function calloutKind(value: unknown): CalloutKind {
  return typeof value === 'string' && Object.hasOwn(CALLOUTS, value) ? (value as CalloutKind) : 'note';
}
