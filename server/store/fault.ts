/** Where a kill test may end the process, as a crash would. */
export type FaultName = 'before-commit' | 'after-commit-before-ack' | 'mid-snapshot' | 'before-prune' | 'after-numbers';

export type FaultPoint = (name: FaultName) => void;

/**
 * @param setting `name` or `name:N`; the process then ends with SIGKILL the first or N-th time that point is reached. Empty
 *   in every run that is not a kill test, and then nothing ever happens.
 */
export function faultPoints(setting: string | null): FaultPoint {
  if (setting === null || setting === '') return () => undefined;
  const [wanted, times = '1'] = setting.split(':');
  let left = Number(times);
  return (name) => {
    if (name === wanted && --left === 0) process.kill(process.pid, 'SIGKILL');
  };
}
