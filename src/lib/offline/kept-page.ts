/** What a page asks the service worker to keep: addresses of the same origin. */
export interface KeepPage {
  kind: 'keep-page';
  /** Of the application that the page is made of: another one’s files do not fit. */
  version: string;
  page: string;
  files: string[];
  /** What is kept of the page is old: the device has a name now, or the page was come to without being loaded. */
  renew: boolean;
}

/** A page that is kept of an event that is visited. */
export interface EventPage {
  path: string;
  /** Another one when the page would be another; null when it cannot be made just now. */
  version: string | null;
}

/** Where the service worker writes into a kept page when the server gave it: `data-` attribute of the root element. */
export const KEPT_AT = 'kept-at';
/** The same once more of a page that was not opened in this browser before. */
export const NEVER_OPENED = 'never-opened';

/** Of a page that came out of this browser because the server did not answer: when the server gave it. Else null. */
export function keptAt(): Date | null {
  const at = document.documentElement.getAttribute(`data-${KEPT_AT}`);
  return at === null ? null : new Date(at);
}

/** As `keptAt`, of a page that was not opened in this browser before, in milliseconds since the epoch. Else null. */
export function keptUnopenedAt(): number | null {
  const at = document.documentElement.getAttribute(`data-${NEVER_OPENED}`);
  return at === null ? null : Date.parse(at);
}

/** What is shown is no longer what was kept. */
export function notKept(): void {
  for (const name of [KEPT_AT, NEVER_OPENED]) document.documentElement.removeAttribute(`data-${name}`);
}

/** "Tuesday 14 November 2023 at 18:15", by the reader's clock. */
export function keptTime(at: Date): string {
  return at.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'short' });
}
