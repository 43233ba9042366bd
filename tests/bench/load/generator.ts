/** The load generator: a process of its own on a core of its own. It is sent one job, answers with one result and ends. */
import { runIdle } from './idle.ts';
import type { IdleJob, IdleResult } from './idle.ts';
import { runKill, runRecount } from './kill.ts';
import type { KillJob, KillResult, RecountJob, RecountResult } from './kill.ts';
import { runBuild } from './long-note.ts';
import type { BuildJob, BuildResult } from './long-note.ts';
import { runOpening } from './opening.ts';
import type { OpeningJob, OpeningResult } from './opening.ts';
import { runTyping } from './typing.ts';
import type { TypingJob, TypingResult } from './typing.ts';

export type Job = TypingJob | IdleJob | BuildJob | OpeningJob | KillJob | RecountJob;

export interface ResultOf {
  typing: TypingResult;
  idle: IdleResult;
  build: BuildResult;
  opening: OpeningResult;
  kill: KillResult;
  recount: RecountResult;
}

export type Answer = { kind: 'result'; result: ResultOf[Job['kind']] } | { kind: 'error'; message: string };

function run(job: Job): Promise<ResultOf[Job['kind']]> {
  switch (job.kind) {
    case 'typing':
      return runTyping(job);
    case 'idle':
      return runIdle(job);
    case 'build':
      return runBuild(job);
    case 'opening':
      return runOpening(job);
    case 'kill':
      return runKill(job);
    case 'recount':
      return runRecount(job);
  }
}

process.once('message', (job: Job) => {
  void run(job)
    .then(
      (result): Answer => ({ kind: 'result', result }),
      (error: unknown): Answer => ({
        kind: 'error',
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
    )
    .then((answer) => process.send?.(answer, () => process.exit(0)));
});
