import { version } from '$app/environment';
import type { KeepPage } from './kept-page.ts';

/**
 * Asks the service worker to keep this page with all it has loaded, so that it opens without a network. Call when everything
 * is loaded, and to renew what is kept when the page would be another now. Does nothing where there is no service worker.
 */
export async function keepPage({ renew }: { renew: boolean }): Promise<void> {
  const page = location.pathname;
  const registration = await navigator.serviceWorker?.ready;
  const files = performance.getEntriesByType('resource').map(({ name }) => name);
  const message: KeepPage = { kind: 'keep-page', version, page, files, renew };
  registration?.active?.postMessage(message);
}
