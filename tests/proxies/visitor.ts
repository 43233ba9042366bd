import { Agent, request } from 'node:https';
import type { RequestOptions } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { SUBPROTOCOL } from '#core/wire/messages.ts';
import { NAME, type Proxy } from './proxy.ts';

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Asking {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** A browser's way to a proxy: TLS with the certificate checked, the public name, the device cookie and an Origin. */
export class Visitor {
  readonly origin: string;
  cookie = '';
  readonly #proxy: Proxy;
  readonly #options: RequestOptions;

  /** @param from an address of loopback, to be told from others */
  constructor(proxy: Proxy, from = '127.0.0.1') {
    this.#proxy = proxy;
    this.origin = `https://${NAME}:${proxy.port}`;
    const { certificate: ca, port } = proxy;
    const agent = new Agent({ keepAlive: true, maxSockets: 64 });
    this.#options = { host: '127.0.0.1', port, ca, servername: NAME, localAddress: from, agent };
  }

  /** The answer, its body not read yet. */
  open(path: string, { method = 'GET', headers = {}, body }: Asking = {}): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const own = { host: new URL(this.origin).host, cookie: this.cookie, origin: this.origin };
      const asked = request({ ...this.#options, method, path, headers: { ...own, ...length, ...headers } }, resolve);
      asked.on('error', reject);
      asked.end(body);
    });
  }

  async ask(path: string, asking: Asking = {}): Promise<Answered> {
    const answer = await this.open(path, asking);
    const parts: Buffer[] = [];
    for await (const part of answer as AsyncIterable<Buffer>) parts.push(part);
    return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) };
  }

  /** Gives a name and keeps the cookie, as the room's first field does. */
  async named(name: string): Promise<Answered> {
    const headers = { 'content-type': 'application/json' };
    const answer = await this.ask('/api/me', { method: 'PUT', headers, body: JSON.stringify({ name }) });
    this.cookie = answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    return answer;
  }

  socket(url: string, origin: string | null = this.origin): WebSocket {
    const { pathname, search } = new URL(url, this.origin);
    const headers = { host: new URL(this.origin).host, cookie: this.cookie, ...(origin !== null && { origin }) };
    const { certificate: ca, port } = this.#proxy;
    const localAddress = this.#options.localAddress;
    return new WebSocket(`wss://127.0.0.1:${port}${pathname}${search}`, [SUBPROTOCOL], {
      ...{ ca, servername: NAME, headers, localAddress },
    });
  }

  /** `fetch` for the client's way of plain requests. */
  readonly fetch = (async (url: string, { body, method }: { body?: Uint8Array; method?: string } = {}) => {
    const { pathname, search } = new URL(url);
    const asking = { method: method ?? 'GET', headers: { 'content-type': 'application/octet-stream' } };
    const answer = await this.ask(pathname + search, { ...asking, body: body ?? '' });
    return new Response(answer.status === 204 ? null : new Uint8Array(answer.body), { status: answer.status });
  }) as typeof fetch;
}
