import { availableParallelism } from 'node:os';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { plumblineDev } from './server/dev.ts';
import { sharedChunk } from './tools/shared-chunk.ts';
import { unusedChecks } from './tools/unused-checks.ts';

if (Number(process.versions.node.split('.')[0]) < 24)
  throw new Error(
    'Plumbline builds with Node 24. Run it through npm (npm run dev, npm run build): npm brings its own Node 24.',
  );

export default defineConfig({
  plugins: [sveltekit(), plumblineDev(process.env, process.pid), sharedChunk(), unusedChecks()],
  test: {
    // By default a machine of two cores gets one worker, though many of these tests wait for processes and clocks.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    include: ['{src,server,tools}/**/*.test.ts', 'tests/{contract,fuzz,faults,process,bench,drill}/**/*.test.ts'],
  },
});
