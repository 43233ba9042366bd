import fc from 'fast-check';

/**
 * Property tests draw the same cases in each run, so that a red one is red for everybody. Others are drawn with `SEED=random`, or a
 * number that a failing run printed.
 */
const { SEED = '20231113' } = process.env;
if (SEED !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(SEED) });

export { fc };
