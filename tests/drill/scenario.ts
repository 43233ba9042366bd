import { tally } from './count.ts';
import { Hall, type Round } from './hall.ts';
import { readAnew } from './newcomer.ts';
import { rowOf, type Phase, type Row } from './phases.ts';
import { pause } from './waiting.ts';

const CUT_MS = 3_000;
const ASLEEP_MS = 2_000;
const DOWN_MS = 1_000;

/** DR1: one note through all phases. What is lost is known at the end, from a newcomer who finds nobody there. */
export async function playRound(round: Round): Promise<Row> {
  const hall = new Hall(round);
  const caughtUp: Partial<Record<Phase, number>> = {};
  try {
    await hall.sitDown();
    caughtUp.type = await typed(hall);
    caughtUp.cut = await cut(hall);
    caughtUp.sleep = await sleep(hall);
    caughtUp.crash = await crash(hall);
    await closeTabs(hall);
    await hall.sitDown();
    await shutLids(hall);
    await hall.sitDown();
    await restart(hall);
    const { everything } = hall;
    const text = await readAnew(round.open, round.address, everything);
    return rowOf((phase) => {
      const ofPhase = everything.filter((one) => one.phase === phase);
      return { tally: tally(ofPhase, text), caughtUp: caughtUp[phase] ?? null };
    });
  } finally {
    await hall.end();
  }
}

async function typed(hall: Hall): Promise<number> {
  await hall.type('type', 20);
  return hall.caughtUp();
}

/** The network goes away under their hands, for half of them; they type on, then it is back. */
async function cut(hall: Hall): Promise<number> {
  const typing = hall.type('cut', 30);
  await pause(hall.script.cutAfter);
  for (const person of hall.half) person.cut();
  await pause(CUT_MS);
  for (const person of hall.half) person.back();
  const back = performance.now();
  await typing;
  return hall.caughtUp(back);
}

/** Half of them stop, their connections die, and they go on typing into what looks alive. */
async function sleep(hall: Hall): Promise<number> {
  await hall.type('sleep', 10);
  for (const person of hall.half) person.sleep();
  await Promise.all([pause(ASLEEP_MS), ...hall.others.map((person) => person.type('sleep', 10))]);
  const woke = performance.now();
  await hall.type('sleep', 10);
  return hall.caughtUp(woke);
}

async function crash(hall: Hall): Promise<number> {
  const typing = hall.type('crash', 30);
  await pause(hall.script.crashAfter);
  await hall.server.kill9();
  await pause(DOWN_MS);
  await hall.server.start();
  const back = performance.now();
  await typing;
  return hall.caughtUp(back);
}

/** Each leaves when told that all is saved. */
async function closeTabs(hall: Hall): Promise<void> {
  await hall.typeAndLeave('tabs', 15, (person) => person.closeTab());
  await pause(hall.script.tabsAfter);
  await hall.server.kill9();
  await hall.empty();
  await hall.server.start();
}

async function shutLids(hall: Hall): Promise<void> {
  await hall.typeAndLeave('lids', 15, (person) => person.shutLid());
  await pause(hall.script.lidsAfter);
  await hall.server.kill9();
  await hall.empty();
  await hall.server.start();
}

async function restart(hall: Hall): Promise<void> {
  await hall.typeAndLeave('restart', 15, (person) => person.closeTab());
  await hall.empty();
  await pause(DOWN_MS);
  await hall.server.stop();
  await hall.server.start();
}
