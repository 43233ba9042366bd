import { prepareChromium } from '../support/chromium.ts';

/** Once before all journeys: a browser that starts. */
export default async function setup(): Promise<void> {
  await prepareChromium();
}
