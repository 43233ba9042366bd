import { createServer, request as forward } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** Built files, by the folders they lie in. */
const BUILT = /_app\/immutable\/(?=(?:assets|chunks|entry|nodes)\/)/g;
const RENAMED = '_app/immutable/next/';

/** Stands before a server and makes its pages another build: one version, and the next, whose files all have other names. */
export interface BuildProxy {
  port: number;
  /** False: pages come, notes do not, as when a server has just come back. */
  notes: boolean;
  /** The next build is served from now on; files of this one are gone. */
  upgrade(): void;
  close(): Promise<void>;
}

export async function startBuildProxy(target: string): Promise<BuildProxy> {
  const { port } = new URL(target);
  const { version } = (await (await fetch(`${target}/_app/version.json`)).json()) as { version: string };
  const lines = new Set<Socket>();
  let upgraded = false;
  let notes = true;
  const asNext = (text: string): string => text.replaceAll(BUILT, RENAMED).replaceAll(version, `${version}9`);

  function pass(request: IncomingMessage, response: ServerResponse): void {
    const { method, url: path = '/', headers } = request;
    const isBuilt = path.startsWith('/_app/immutable/');
    const gone = upgraded && isBuilt && !path.startsWith(`/${RENAMED}`);
    if (gone || (!notes && path.startsWith('/sync/'))) return void response.writeHead(gone ? 404 : 503).end();
    // Read as text, and never “as you have it”: to the server nothing changes.
    const { 'if-none-match': _, 'if-modified-since': __, ...rest } = headers;
    const asked = forward(
      { port, method, path: path.replace('/next/', '/'), headers: { ...rest, 'accept-encoding': 'identity' } },
      (answer) => void give(answer, response),
    );
    asked.on('error', () => response.destroy());
    response.once('close', () => asked.destroy());
    request.pipe(asked);
  }

  async function give(answer: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    const { 'content-length': _, 'content-type': type = '', ...headers } = answer.headers;
    const body = Buffer.concat(parts);
    response.writeHead(answer.statusCode ?? 502, { ...headers, 'content-type': type });
    response.end(upgraded && /html|javascript|json/.test(type) ? asNext(body.toString()) : body);
  }

  const server = createServer(pass);
  server.on('upgrade', (request, client: Socket, head) => {
    if (!notes) return void client.destroy();
    const line = connect({ port: Number(port), host: '127.0.0.1' });
    for (const end of [client, line]) {
      lines.add(end);
      end.on('error', () => undefined);
    }
    const headers = request.rawHeaders.map((part, i) => (i % 2 === 0 ? `${part}: ` : `${part}\r\n`)).join('');
    line.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`);
    line.write(head);
    line.pipe(client).pipe(line);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const cut = (): void => {
    for (const line of lines) line.destroy();
    lines.clear();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get notes() {
      return notes;
    },
    set notes(on) {
      notes = on;
      if (!on) cut();
    },
    upgrade: () => void (upgraded = true),
    async close() {
      cut();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
