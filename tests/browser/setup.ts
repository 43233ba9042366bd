import { prepareChromium } from '../support/chromium.ts';
import { prepareFirefox } from '../support/firefox.ts';

/** Once before all journeys: a browser that starts. */
export default async function setup(): Promise<void> {
  if (process.env['JOURNEYS_IN'] === 'firefox') prepareFirefox();
  else await prepareChromium();
}
