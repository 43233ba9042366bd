/** What a page asks the service worker to keep: addresses of the same origin. */
export interface KeepPage {
  kind: 'keep-page';
  page: string;
  files: string[];
  /** What is kept of the page is old: the device has a name now. */
  renew: boolean;
}
