import type { Plugin, Rolldown } from 'vite';

/** The page that must open quickly on a slow line, and what stands around every page. */
const OPENED = [
  /\/src\/routes\/\[event\]\/\[session\]\/\+page\.svelte$/,
  /\/src\/routes\/\+layout\.svelte$/,
  /\/kit\/src\/runtime\/client\/entry\.js$/,
  /\/client-optimized\/app\.js$/,
];

/** What the editor and every page with a list of outcomes are made of: small, and without the editor's libraries. */
const LISTED =
  /\/src\/core\/(?:outcomes\/(?:facts|kinds|names|outcomes-of|look|short-id)|note\/(?:anchors|line-marks|links|outline|spans))\.ts$/;

/**
 * Puts what a room shares with other pages into one file. By itself the build makes a file for each combination of pages that share
 * something: thirty of a few hundred bytes, each with its style sheet, and a slow line spends a round trip on every one of them. What
 * lists of outcomes need is one file too.
 */
export function sharedChunk(): Plugin {
  const needed = new Set<string>();
  return {
    name: 'plumbline-shared-chunk',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: [
          { name: (id: string) => (needed.has(id) ? 'shared' : null), minShareCount: 2 },
          { name: (id: string) => (LISTED.test(id) ? 'outcomes' : null), minShareCount: 2 },
        ],
      },
    }),
    buildEnd() {
      const reach = (id: string): void => {
        if (needed.has(id)) return;
        needed.add(id);
        this.getModuleInfo(id)?.importedIds.forEach(reach);
      };
      for (const id of this.getModuleIds()) if (OPENED.some((one) => one.test(id))) reach(id);
    },
  } satisfies Plugin & Pick<Rolldown.Plugin, 'outputOptions'>;
}
