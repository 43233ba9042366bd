// No imports above this: they would run first, and an old Node fails on them with words that help nobody.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Plumbline needs Node 24 and this is ${process.versions.node}. Start it with npm start: npm brings its own.`,
  );
  process.exit(1);
}
// V8 answers a crowd that connects at once with a young generation of 16 MB and more, and keeps it. Ours stays small: an idle
// peer then costs little more than its sockets (npm run bench -- --scenario idle).
const { setFlagsFromString } = await import('node:v8');
setFlagsFromString('--semi-space-growth-factor=1');
const { run } = await import('./run.ts');
process.exitCode = await run({
  env: process.env,
  pid: process.pid,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  onStop: (stop) => process.on('SIGTERM', stop).on('SIGINT', stop),
  facts: () => ({ uptime: process.uptime(), residentBytes: process.memoryUsage.rss(), cpu: cpuSeconds() }),
});
// Whatever still holds the event loop open (a client's idle connection) is not worth waiting for.
process.exit();

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

export {};
