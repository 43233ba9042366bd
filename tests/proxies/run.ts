import { parseArgs } from 'node:util';
import { startServer } from '../support/start-server.ts';
import { writeInBrowsers } from './browser.ts';
import { CHECKS } from './checks.ts';
import { freePort, NAME, PROXIES, type Proxy, type ProxyName, startProxy } from './proxy.ts';

const HELP = `npm run proxies -- [nginx] [caddy] [--only WORDS]

Starts the built server behind each proxy, with TLS and the files of docs/deploy on free ports of loopback, and tries what was
promised through it. nginx, caddy and openssl are those of the system. Takes about three minutes for each.
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, help: { type: 'boolean', default: false } },
});
// Yjs says on the console each time a document takes a new clientID; here that is by design.
console.log = () => undefined;

if (values.help) process.stdout.write(HELP);
else for (const name of PROXIES) if (positionals.length === 0 || positionals.includes(name)) await tryProxy(name);

async function tryProxy(name: ProxyName): Promise<void> {
  const open: Proxy[] = [];
  const port = await freePort();
  const env = { ORIGIN: `https://${NAME}:${port}`, TRUSTED_PROXIES: '127.0.0.1, ::1' };
  const server = await startServer({ env });
  const target = Number(new URL(server.url).port);
  try {
    const proxy = await startProxy(name, { target, port });
    open.push(proxy);
    process.stdout.write(`${name}: ${proxy.version}\n`);
    for (const [what, holds] of CHECKS) if (wanted(what)) await report(what, () => holds({ server, proxy }));
    const inBrowsers = 'HT1: in Chromium, by WebSocket and where none gets through';
    if (!wanted(inBrowsers)) return;
    open.push(await startProxy(name, { target, port, address: '127.0.0.2', sockets: false }));
    await report(inBrowsers, () => writeInBrowsers(port));
  } finally {
    for (const proxy of open) await proxy.close();
    await server.dispose();
  }
}

/** The first opens the event for all others. */
function wanted(what: string): boolean {
  return what === CHECKS[0]?.[0] || what.includes(values.only);
}

async function report(what: string, holds: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`  ${what}: ${await holds()}\n`);
  } catch (error) {
    process.exitCode = 1;
    process.stdout.write(`  NOT MET  ${what}: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
