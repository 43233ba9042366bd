/** How rows may be put together. */
export const GROUPINGS = {
  session: 'Session',
  topic: 'Topic',
  person: 'Person',
  kind: 'Kind',
  state: 'State',
} as const;
export type Grouping = keyof typeof GROUPINGS;

/** What a board shows, as its address says it. */
export interface BoardAddress {
  /** What it is narrowed by; may hold what is no filter. */
  filter: URLSearchParams;
  by: Grouping;
  /** What `by` says and is no grouping. */
  wrongBy: string | null;
  /** The row whose facts are open. */
  open: string | null;
  /** Every row in one page, for browsers without scripts. */
  all: boolean;
}

const OF_PAGE = new Set(['by', 'open', 'all']);

/** Forms send what is empty too, and the name of their action. */
export function readAddress(asked: URLSearchParams): BoardAddress {
  const given = [...asked].filter(([name, value]) => value.trim() !== '' && !name.startsWith('/'));
  const one = (name: string) => given.find(([each]) => each === name)?.[1] ?? null;
  const by = one('by');
  const known = by !== null && isGrouping(by);
  return {
    filter: new URLSearchParams(given.filter(([name]) => !OF_PAGE.has(name))),
    by: known ? by : 'session',
    wrongBy: known ? null : by,
    open: one('open'),
    all: one('all') !== null,
  };
}

function isGrouping(text: string): text is Grouping {
  return Object.hasOwn(GROUPINGS, text);
}

/** The query of a board with some of it changed: null takes a name away, a list gives it several values. */
export function addressWith(
  { filter, by, open }: BoardAddress,
  change: Readonly<Record<string, string | readonly string[] | null>>,
): string {
  const query = new URLSearchParams(filter);
  if (by !== 'session') query.set('by', by);
  if (open !== null) query.set('open', open);
  for (const [name, value] of Object.entries(change)) {
    query.delete(name);
    for (const one of value === null ? [] : [value].flat()) if (one.trim() !== '') query.append(name, one);
  }
  if (query.get('by') === 'session') query.delete('by');
  return `?${query.toString()}`;
}
