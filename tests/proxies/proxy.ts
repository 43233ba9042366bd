import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The name that the files of docs/deploy are written for. */
export const NAME = 'notes.example.org';
const DEPLOY = fileURLToPath(new URL('../../docs/deploy/', import.meta.url));
const START_MS = 10_000;

/** A proxy with TLS in front of a server, set up by the file of docs/deploy, on loopback. */
export interface Proxy {
  /** `nginx version: nginx/1.22.1` */
  version: string;
  /** Of TLS, and of plain HTTP. */
  port: number;
  plainPort: number;
  /** What a client has to trust. */
  certificate: string;
  close(): Promise<void>;
}

interface Places {
  folder: string;
  address: string;
  port: number;
  plainPort: number;
  /** Of the server behind it. */
  target: number;
  certificate: string;
  key: string;
}

/** What is written in the file of docs/deploy, and what stands there on this machine. */
type Changes = [written: string | RegExp, here: string][];

interface Kind {
  version: string[];
  /** Writes its settings; returns the command that runs it in the foreground. */
  prepare(places: Places, sockets: boolean): string[];
}

const KINDS = {
  nginx: {
    version: ['nginx', '-v'],
    prepare({ folder, address, port, plainPort, target, certificate, key }, sockets) {
      const site = filled('nginx.conf', [
        ['listen 80;', `listen ${address}:${plainPort};`],
        ['listen 443 ssl http2;', `listen ${address}:${port} ssl http2;`],
        ['/etc/ssl/plumbline/fullchain.pem', certificate],
        ['/etc/ssl/plumbline/privkey.pem', key],
        ['http://127.0.0.1:3000', `http://127.0.0.1:${target}`],
        ...(sockets ? [] : ([['proxy_set_header Upgrade $http_upgrade;', 'proxy_set_header Upgrade "";']] as Changes)),
      ]);
      const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
        (what) => `${what}_temp_path ${join(folder, what)};`,
      );
      writeFileSync(
        join(folder, 'nginx.conf'),
        `daemon off; pid ${join(folder, 'pid')}; error_log stderr warn;
${filled('nginx-workers.conf', [])}
http { access_log off; ${temporary.join(' ')}
${site}
}`,
      );
      return ['nginx', '-p', folder, '-e', 'stderr', '-c', join(folder, 'nginx.conf')];
    },
  },
  caddy: {
    version: ['caddy', 'version'],
    prepare({ folder, address, port, plainPort, target, certificate, key }, sockets) {
      const refused = sockets ? '' : '@socket header Connection *Upgrade*\n\trespond @socket 403\n';
      const site = filled('Caddyfile', [
        [/^notes\.example\.org \{$/m, `${NAME} {\n\tbind ${address}\n\ttls ${certificate} ${key}\n\t${refused}`],
        ['127.0.0.1:3000', `127.0.0.1:${target}`],
      ]);
      writeFileSync(
        join(folder, 'Caddyfile'),
        `{\n\tadmin off\n\thttp_port ${plainPort}\n\thttps_port ${port}\n}\n${site}`,
      );
      return ['caddy', 'run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')];
    },
  },
} satisfies Record<string, Kind>;

export type ProxyName = keyof typeof KINDS;
export const PROXIES = Object.keys(KINDS) as ProxyName[];

export interface ProxyOptions {
  /** Port of the server behind it. */
  target: number;
  port: number;
  /** Of loopback; two proxies of one public address have one each. */
  address?: string;
  /** False: as a proxy that was not told of WebSockets, or a network that lets none through. */
  sockets?: boolean;
}

export async function startProxy(name: ProxyName, options: ProxyOptions): Promise<Proxy> {
  const { target, port, address = '127.0.0.1', sockets = true } = options;
  const kind: Kind = KINDS[name];
  const folder = mkdtempSync(join(tmpdir(), `plumbline-${name}-`));
  // nginx works as another user.
  chmodSync(folder, 0o755);
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', `/CN=${NAME}`, '-addext', `subjectAltName=DNS:${NAME}`];
  const request = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', [...request, ...subject, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  const plainPort = await freePort();
  const home = join(folder, 'home');
  mkdirSync(home);
  const [command = '', ...args] = kind.prepare({ folder, address, port, plainPort, target, certificate, key }, sockets);
  const env = { PATH: process.env['PATH'], HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-5_000)));
  await listening(child, address, port).catch((error: unknown) => {
    throw new Error(`${name} did not start: ${said}`, { cause: error });
  });
  return {
    version: versionOf(kind),
    port,
    plainPort,
    certificate: readFileSync(certificate, 'utf8'),
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function versionOf({ version: [command = '', ...args] }: Kind): string {
  // nginx says it on stderr.
  return execFileSync('/bin/sh', ['-c', '"$0" "$@" 2>&1', command, ...args], { encoding: 'utf8' }).trim();
}

/** A file of docs/deploy with what is different here. Throws when it does not say what is to be changed. */
function filled(file: string, changes: Changes): string {
  return changes.reduce(
    (text, [written, here]) => {
      const changed = text.replace(written, () => here);
      if (changed === text) throw new Error(`docs/deploy/${file} does not say ${String(written)}.`);
      return changed;
    },
    readFileSync(join(DEPLOY, file), 'utf8'),
  );
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(child: ChildProcess, address: string, port: number): Promise<void> {
  const until = performance.now() + START_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}.`);
    const socket = connect(port, address);
    const [outcome] = await Promise.race([
      once(socket, 'connect').then(() => [true]),
      once(socket, 'error').then(() => [false]),
    ]).catch(() => [false]);
    socket.destroy();
    if (outcome) return;
    if (performance.now() > until) throw new Error('It does not listen.');
    await new Promise((resume) => setTimeout(resume, 100));
  }
}
