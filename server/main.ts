// No imports above this: they would run first, and an old Node fails on them with words that help nobody.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Plumbline needs Node 24 and this is ${process.versions.node}. Start it with npm start: npm brings its own.`,
  );
  process.exit(1);
}
/** See youngGeneration. */
const YOUNG_STAYS = '--semi-space-growth-factor=1';
const YOUNG_GROWS = '--semi-space-growth-factor=8';
const { setFlagsFromString } = await import('node:v8');
setFlagsFromString(YOUNG_STAYS);
const { run } = await import('./run.ts');
process.exitCode = await run({
  env: process.env,
  pid: process.pid,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  onStop: (stop) => process.on('SIGTERM', stop).on('SIGINT', stop),
  onLoad: youngGeneration,
  facts: () => ({ uptime: process.uptime(), residentBytes: process.memoryUsage.rss(), cpu: cpuSeconds() }),
});
// Whatever still holds the event loop open (a client's idle connection) is not worth waiting for.
process.exit();

/**
 * V8 answers a crowd that connects at once with a young generation of 16 MB and more. Ours stays at 1 MB while the server is
 * quiet, so that an idle peer costs little more than its sockets. Under load that would mean forty collections a second, and
 * what waits a window's length would grow old: it may then grow eightfold, once
 * (npm run bench -- --scenario idle,c).
 */
function youngGeneration(busy: boolean): void {
  if (!busy) return;
  setFlagsFromString(YOUNG_GROWS);
  setTimeout(() => setFlagsFromString(YOUNG_STAYS), 1_000).unref();
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export {};
