/** Fields that the form of the page has itself. */
const OWN = new Set(['session', 'kind', 'columns', 'names']);

/** The one session that is asked for, empty for all; null when there are several, which came from elsewhere and stay. */
export function sessionAsked(address: URLSearchParams): string | null {
  const given = address.getAll('session').filter((slug) => slug !== '');
  return given.length > 1 ? null : (given[0] ?? '');
}

/** What the board's address chose by and the form has no field for. */
export function carried(address: URLSearchParams): [name: string, value: string][] {
  const several = sessionAsked(address) === null;
  return [...address].filter(([name, value]) => value !== '' && (!OWN.has(name) || (several && name === 'session')));
}
