import { spawnSync } from 'node:child_process';

const HELP = `npm run journeys -- [chromium | firefox] [arguments of playwright test]

The journeys of tests/browser in one browser, against what was built last. Without a browser: Chromium, as in npm test.
Firefox is the one of the system, driven over WebDriver BiDi; what only Chromium can do is skipped there, with its reason.
`;

const [first = '', ...rest] = process.argv.slice(2);
const named = first === 'chromium' || first === 'firefox';

if (first === '--help') process.stdout.write(HELP);
else {
  const { status } = spawnSync('playwright', ['test', ...(named || first === '' ? rest : [first, ...rest])], {
    stdio: 'inherit',
    env: { ...process.env, JOURNEYS_IN: named ? first : 'chromium' },
  });
  process.exitCode = status ?? 1;
}
