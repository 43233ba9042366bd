import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { IMAGE_BYTES } from '#core/note/image-uploads.ts';
import { runCommandLine } from '#server/command-line.ts';
import { readConfig } from '#server/config.ts';
import { SERVER_OPTIONS } from '#server/http/front.ts';
import { renderMetrics } from '#server/metrics.ts';
import { newCounters } from '#server/sync/counters.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const DOC = read('docs/deploy.md');
const ALARMS = read('docs/deploy/alarms.yml');

/** What the first group of the pattern finds, each once. */
function named(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, found = '']) => found))];
}

const METRICS = renderMetrics(
  { ...newCounters(), rooms: 0, peers: 0, writers: 0 },
  { uptime: 0, residentBytes: 0, cpu: 0, freeBytes: 0 },
  true,
);

test('QA3: metrics and reasons that alarms and docs/deploy.md name are in /metrics, from the start', () => {
  const there = named(METRICS, /^(plumbline_\w+)/gm);
  const asked = named(DOC + ALARMS, /\b(plumbline_[a-z_]+)\b/g);
  expect(asked.length).toBeGreaterThan(8);
  expect(asked.filter((metric) => !there.includes(metric))).toEqual([]);
  const reasons = named(METRICS, /reason="([^"]+)"/g);
  const wanted = named(ALARMS, /reason=~?"([^"]+)"/g).flatMap((some) => some.split('|'));
  expect(wanted.length).toBeGreaterThan(5);
  expect(wanted.filter((reason) => !reasons.includes(reason))).toEqual([]);
});

test('QA3: every alarm is explained in docs/deploy.md, and no other', () => {
  const alarms = named(ALARMS, /alert: (\w+)/g);
  expect(alarms.length).toBeGreaterThan(8);
  expect(named(DOC, /`(Plumbline[A-Z]\w+)`/g).toSorted()).toEqual(alarms.toSorted());
});

test('QA3: settings, commands and files that docs/deploy.md and its files name are there', async () => {
  const env = Object.fromEntries(
    [...read('docs/deploy/plumbline.env').matchAll(/^(\w+)=(.*)$/gm)].map(([, k, v]) => [k, v]),
  );
  expect(readConfig(env)).toMatchObject({ origin: 'https://notes.example.org', trustedProxies: ['127.0.0.1', '::1'] });
  const settings = named(read('README.md'), /^\| `([A-Z_]+)` \|/gm);
  expect(Object.keys(env).filter((name) => !settings.includes(name))).toEqual([]);

  let help = '';
  const parts = { env: {}, pid: 1, print: (line: string) => (help += line), complain: () => undefined };
  await runCommandLine(['help'], parts);
  const commands = named(DOC, /(?:server\/cli\.ts|plumbline --) ([a-z-]+)/g);
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((command) => !new RegExp(`^  ${command}\\b`, 'm').test(help))).toEqual([]);

  const files = named(DOC, /\]\((?!https?:|#)([^)#]+)/g);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => !existsSync(join(ROOT, 'docs', file)))).toEqual([]);
  const units = ['plumbline.service', 'plumbline-backup.service'].map((file) => read(`docs/deploy/${file}`)).join('\n');
  const programs = named(units, /\.bin\/node (server\/\S+)/g);
  expect(programs.toSorted()).toEqual(['server/cli.ts', 'server/main.ts']);
  expect(programs.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test('QA3: what docs/deploy has of limits and times fits those of the server', () => {
  const megabytes = Number(/client_max_body_size (\d+)m;/.exec(read('docs/deploy/nginx.conf'))?.[1]);
  expect(megabytes * 1024 * 1024).toBeGreaterThan(IMAGE_BYTES);
  const keepalive = Number(/keepalive (\d+)s/.exec(read('docs/deploy/Caddyfile'))?.[1]);
  expect(keepalive * 1000).toBeLessThan(SERVER_OPTIONS.keepAliveTimeout ?? 0);
  expect(Number(/TimeoutStopSec=(\d+)/.exec(read('docs/deploy/plumbline.service'))?.[1])).toBeGreaterThan(20);
});
