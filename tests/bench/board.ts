/** `npm run bench -- board`: a board of 5,000 outcomes over 50 sessions. README.md says what is measured and how. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { startServer } from '../support/start-server.ts';
import { bareServer, editShown, filterChange, firstByte, plainRows } from './board/measures.ts';
import { Scribe } from './board/scribe.ts';
import type { Target } from './load/peer.ts';
import { pause } from './load/reader.ts';
import { openBrowser } from './page/browser.ts';
import { type Line, pageTable } from './page/table.ts';
import { saveLines } from './page/save-lines.ts';
import { importProgramme, rooms } from './peers/plumbline.ts';

const SESSIONS = 50;
const OUTCOMES = 5_000;
const EDIT_EVERY_MS = 700;

interface Place {
  browser: Browser;
  board: string;
  targets: Target[];
  runs: number;
}

/** Measures, prints the table and keeps it as JSON. */
export async function benchBoard(args: string[]): Promise<void> {
  const place = await prepare(args.includes('--quick') ? 3 : 20);
  try {
    const page = await place.browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(place.board);
    await page.getByText('Live', { exact: true }).waitFor();
    const lines = [await opening(place), await filtering(place, page), await editing(place, page)];
    console.log(pageTable(lines));
    console.log(`\nWritten to ${saveLines('board', lines)}`);
  } finally {
    await place.end();
  }
}

async function prepare(runs: number): Promise<Place & { end(): Promise<void> }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  await importProgramme(dataDir);
  const server = await startServer({ dataDir, env: { SAMPLE: '0', LIMITS: 'off' } });
  const all = await rooms(Number(new URL(server.url).port), SESSIONS);
  const event = all[0]?.path.split('/')[1] ?? '';
  process.stderr.write(`  ${OUTCOMES} outcomes in ${SESSIONS} notes\n`);
  const each = OUTCOMES / SESSIONS;
  for (const [index, { target }] of all.entries()) {
    const scribe = await Scribe.in(target);
    await scribe.mark(each, index * each);
    scribe.leave();
  }
  await numbered(`${server.url}/api/events/${event}/outcomes`);
  const browser = await openBrowser();
  return {
    browser,
    board: `${server.url}/${event}/outcomes`,
    targets: all.map(({ target }) => target),
    runs,
    async end() {
      await browser.close();
      await server.dispose();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Until every outcome has its short id, and the index has had the time to follow. */
async function numbered(address: string): Promise<void> {
  for (;;) {
    const list = (await (await fetch(address)).json()) as { short: string }[];
    if (list.length === OUTCOMES && list.every(({ short }) => short !== '')) return pause(8_000);
    await pause(1_000);
  }
}

async function opening({ board, runs }: Place): Promise<Line> {
  process.stderr.write('  first byte\n');
  const bare = await bareServer(board);
  const [values, floor]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    values.push(await firstByte(board));
    floor.push(await firstByte(bare.address));
  }
  bare.close();
  return { says: 'first byte', unit: 'ms', goal: 300, values, floor, digits: 1 };
}

async function filtering({ runs }: Place, page: Page): Promise<Line> {
  process.stderr.write('  filter changes\n');
  const [values, floor]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++)
    for (const name of ['Actions', 'Questions', 'All']) {
      values.push(await filterChange(page, name));
      floor.push(await plainRows(page));
    }
  return { says: 'filter change', unit: 'ms', goal: 100, values, floor, digits: 1 };
}

async function editing({ targets: [target], runs }: Place, page: Page): Promise<Line> {
  process.stderr.write('  edits in a note\n');
  if (!target) throw new Error('There is no note.');
  const [writer, reader] = [await Scribe.in(target), await Scribe.in(target)];
  const [values, floor]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    const { board, note } = await editShown(page, writer, reader, run);
    values.push(board);
    floor.push(note);
    await pause(EDIT_EVERY_MS);
  }
  writer.leave();
  reader.leave();
  return { says: 'edit in a note to the board', unit: 'ms', goal: 500, values, floor, digits: 1 };
}
