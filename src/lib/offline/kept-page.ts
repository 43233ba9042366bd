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

/** Where the service worker writes into a kept page when the server gave it: `data-` attribute of the root element. */
export const KEPT_AT = 'kept-at';

/** Of a page that came out of this browser because the server did not answer: when the server gave it. Else null. */
export function keptAt(): Date | null {
  const at = document.documentElement.getAttribute(`data-${KEPT_AT}`);
  return at === null ? null : new Date(at);
}

/** What is shown is no longer what was kept. */
export function notKept(): void {
  document.documentElement.removeAttribute(`data-${KEPT_AT}`);
}
