import { readAddress } from '#lib/outcomes/board-address.ts';

/** What says how it is published, and chooses nothing. */
const HOW = new Set(['columns', 'names']);
/** Fields of the filter that the form of the page has itself. */
const OWN = new Set(['session', 'kind']);

/** The filter in the address of the board, of this page, or of a form. */
export function filterIn(address: URLSearchParams): URLSearchParams {
  return new URLSearchParams([...readAddress(address).filter].filter(([name]) => !HOW.has(name)));
}

/** The one session that is asked for, empty for all; null when there are several, which came from the board and stay. */
export function sessionAsked(address: URLSearchParams): string | null {
  const given = filterIn(address).getAll('session');
  return given.length > 1 ? null : (given[0] ?? '');
}

/** What the board's address chose by and the form has no field for. */
export function carried(address: URLSearchParams): [name: string, value: string][] {
  const several = sessionAsked(address) === null;
  return [...filterIn(address)].filter(([name]) => !OWN.has(name) || (several && name === 'session'));
}
