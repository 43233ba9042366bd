if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `Plumbline needs Node 24 and this is ${process.versions.node}. Use npm run plumbline: npm brings its own.`,
  );
  process.exit(1);
}
const { runCommandLine } = await import('./command-line.ts');
process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  pid: process.pid,
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});

export {};
