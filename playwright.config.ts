import { defineConfig } from '@playwright/test';
import type { PlaywrightTestConfig } from '@playwright/test';
import { CHROMIUM_ARGS, chromiumPath } from './tests/support/chromium.ts';
import { FIREFOX } from './tests/support/firefox.ts';

const IN_FIREFOX = process.env['JOURNEYS_IN'] === 'firefox';

const BROWSERS = {
  chromium: { launchOptions: { executablePath: chromiumPath(), args: CHROMIUM_ARGS } },
  firefox: { browserName: 'firefox', launchOptions: FIREFOX },
} satisfies Record<string, PlaywrightTestConfig['use']>;

export default defineConfig({
  testDir: 'tests/browser',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results/browser',
  globalSetup: './tests/browser/setup.ts',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // In Firefox each person is a browser that starts.
  timeout: IN_FIREFOX ? 120_000 : 60_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    ...BROWSERS[IN_FIREFOX ? 'firefox' : 'chromium'],
    // A trace costs a third of the time; playwright test --trace on records one.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
