import { Agent, createServer, request as forward } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface MiddlemanOptions {
  /** An answer that takes longer is cut off with 504, milliseconds. */
  cutAfter?: number;
  /** True for the answers that get lost after the server gave them, by their number from 1. */
  loses?: (answer: number) => boolean;
}

/** A proxy of a strict network: no WebSocket gets through, and every answer is gathered whole before it is passed on. */
export interface Middleman {
  port: number;
  /** Of `/sync/`, so far. */
  upgradesRefused: number;
  answers: number;
  close(): Promise<void>;
}

export async function startMiddleman(target: number, options: MiddlemanOptions = {}): Promise<Middleman> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => pass(request, response));
  server.on('upgrade', (_request, socket) => {
    man.upgradesRefused++;
    socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  const pass = (request: IncomingMessage, response: ServerResponse): void => {
    const { method, url: path, headers } = request;
    const asked = forward({ port: target, host: '127.0.0.1', agent, method, path, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', () => response.destroy());
      answer.on('end', () => {
        clearTimeout(cut);
        man.answers++;
        if (options.loses?.(man.answers)) return void response.destroy();
        if (!response.headersSent)
          response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(parts));
      });
    });
    const cut =
      options.cutAfter === undefined
        ? undefined
        : setTimeout(() => {
            response.writeHead(504).end();
            asked.destroy();
          }, options.cutAfter);
    response.once('close', () => asked.destroy());
    asked.on('error', () => response.destroy());
    request.pipe(asked);
  };
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const man: Middleman = {
    port: (server.address() as AddressInfo).port,
    upgradesRefused: 0,
    answers: 0,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return man;
}
