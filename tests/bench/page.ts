/** `npm run bench -- page`: what a person feels in the page. README.md says what is measured and how. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext } from '@playwright/test';
import { gzipBytes, roomScripts } from '../support/client-scripts.ts';
import { startServer } from '../support/start-server.ts';
import { importProgramme, rooms } from './peers/plumbline.ts';
import { openBrowser } from './page/browser.ts';
import { floorKeys } from './page/floor.ts';
import { keys, named, open } from './page/measures.ts';
import { fill } from './page/room.ts';
import type { Room } from './page/room.ts';
import { saveLines } from './page/save-lines.ts';
import { pageTable } from './page/table.ts';
import type { Line } from './page/table.ts';

const ORDINARY = 40;
const LONG = 2_000;
const LONGEST = 5_000;

interface Place {
  browser: Browser;
  origin: string;
  rooms: { ordinary: Room; long: Room; longest: Room };
  known: BrowserContext;
  runs: number;
}

/** Measures, prints the table and keeps it as JSON. */
export async function benchPage(args: string[]): Promise<void> {
  const quick = args.includes('--quick');
  const place = await prepare(quick ? 1 : 5);
  try {
    const lines = [...(await opening(place)), ...scripts(), ...(await typing(place)), ...(await longest(place))];
    console.log(pageTable(lines));
    console.log(`\nWritten to ${saveLines('page', lines)}`);
  } finally {
    await place.end();
  }
}

async function prepare(runs: number): Promise<Place & { end(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  await importProgramme(dataDir);
  const server = await startServer({ dataDir, env: { SAMPLE: '0', LIMITS: 'off' } });
  const browser = await openBrowser();
  const [ordinary, long, longestRoom] = await rooms(Number(new URL(server.url).port), 3);
  if (!ordinary || !long || !longestRoom) throw new Error('The event has too few sessions.');
  for (const [room, blocks] of [
    [ordinary, ORDINARY],
    [long, LONG],
    [longestRoom, LONGEST],
  ] as const) {
    process.stderr.write(`  a note of ${blocks} blocks\n`);
    await fill(room, blocks);
  }
  const known = await named(browser, server.url, ordinary);
  return {
    browser,
    origin: server.url,
    rooms: { ordinary, long, longest: longestRoom },
    known,
    runs,
    async end() {
      await browser.close();
      await server.dispose();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** An ordinary note on a slow phone with an empty cache. */
async function opening({ browser, origin, rooms: { ordinary }, known, runs }: Place): Promise<Line[]> {
  const opened = await repeat(runs, 'opening', () => open(browser, origin, ordinary, known, true));
  return [
    { says: 'text readable', unit: 'ms', goal: 1000, values: opened.map(({ readable }) => readable) },
    { says: 'first key shown', unit: 'ms', goal: 3000, values: opened.map(({ typed }) => typed) },
    { says: 'layout shift', unit: '', goal: 0.02, values: opened.map(({ shift }) => shift), digits: 3 },
    {
      says: 'scripts there before the text is readable',
      unit: 'kB',
      goal: 30,
      values: opened.map((one) => kB(one.scripts.filter(({ at }) => at <= one.readable).map(({ file }) => file))),
      digits: 1,
    },
  ];
}

function scripts(): Line[] {
  const { page, note } = roomScripts();
  return [
    { says: 'scripts of the page', unit: 'kB', goal: null, values: [kB(page)], digits: 1 },
    { says: 'scripts to write, beside the page', unit: 'kB', goal: 195, values: [kB(note)], digits: 1 },
  ];
}

function kB(files: string[]): number {
  return gzipBytes(files) / 1000;
}

async function typing({ browser, origin, rooms: { ordinary, long }, known, runs }: Place): Promise<Line[]> {
  const own = await repeat(runs, 'keys, ordinary note', () => keys(browser, origin, ordinary, known, false));
  const ownFloor = await repeat(runs, 'keys, floor', () => floorKeys(browser, ORDINARY));
  const crowd = await repeat(runs, 'keys, long note, 20 others', () => keys(browser, origin, long, known, true));
  const crowdFloor = await repeat(runs, 'keys, floor', () => floorKeys(browser, LONG));
  return [
    {
      says: `key to paint p95, ${ORDINARY} blocks`,
      unit: 'ms',
      goal: 16,
      values: own.map(p95),
      floor: ownFloor.map(p95),
      digits: 1,
    },
    {
      says: `key to paint p95, ${LONG} blocks, 20 others`,
      unit: 'ms',
      goal: 32,
      values: crowd.map(p95),
      floor: crowdFloor.map(p95),
      digits: 1,
    },
  ];
}

/** A very long note on this machine as it is. */
async function longest({ browser, origin, rooms: { longest: room }, known, runs }: Place): Promise<Line[]> {
  const opened = await repeat(runs, `opening ${LONGEST} blocks`, () => open(browser, origin, room, known, false));
  return [
    { says: `${LONGEST} blocks readable`, unit: 'ms', goal: 1000, values: opened.map(({ readable }) => readable) },
    { says: `${LONGEST} blocks writable`, unit: 'ms', goal: 1000, values: opened.map(({ writable }) => writable) },
  ];
}

async function repeat<T>(runs: number, what: string, measure: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 1; run <= runs; run++) {
    process.stderr.write(`  ${what}, ${run} of ${runs}\n`);
    results.push(await measure());
  }
  return results;
}

function p95(times: number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}
