#!/usr/bin/env node
/**
 * Started by Playwright in place of Firefox. Starts it and stands between the two: commands of WebDriver BiDi that an older Firefox
 * does not know and Playwright sends to each new context are answered here. A journey that needs what they do is skipped.
 */
import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { WebSocket, WebSocketServer } from 'ws';
import { FIREFOX_PATH } from './firefox.ts';

const UNKNOWN = new Set(['emulation.setMediaFeaturesOverride']);
const SAYS_WHERE = /WebDriver BiDi listening on (ws:\/\/\S+)/;

const firefox = spawn(FIREFOX_PATH, process.argv.slice(2), { stdio: ['ignore', 'inherit', 'pipe'] });
firefox.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => firefox.kill(signal));

createInterface({ input: firefox.stderr }).on('line', (line) => {
  const address = SAYS_WHERE.exec(line)?.[1];
  if (address === undefined) process.stderr.write(`${line}\n`);
  else stand(address);
});

/** Between Playwright and the Firefox at this address. */
function stand(address: string): void {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('listening', () => {
    const { port } = server.address() as AddressInfo;
    process.stderr.write(`WebDriver BiDi listening on ws://127.0.0.1:${port}\n`);
  });
  server.on('connection', (playwright, { url }) => {
    const behind = new WebSocket(address + (url ?? ''), { perMessageDeflate: false });
    const waiting: string[] = [];
    playwright.on('message', (data: Buffer) => {
      const text = data.toString();
      const { id, method } = JSON.parse(text) as { id: number; method: string };
      if (UNKNOWN.has(method)) playwright.send(JSON.stringify({ type: 'success', id, result: {} }));
      else if (behind.readyState === WebSocket.OPEN) behind.send(text);
      else waiting.push(text);
    });
    behind.on('open', () => waiting.splice(0).forEach((text) => behind.send(text)));
    behind.on('message', (data: Buffer) => playwright.send(data.toString()));
    behind.on('close', () => playwright.close());
    playwright.on('close', () => behind.close());
    for (const end of [behind, playwright]) end.on('error', () => end.terminate());
  });
}
