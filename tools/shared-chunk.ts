import type { Plugin, Rolldown } from 'vite';

/** The page that must open quickly on a slow line. */
const ROOM = /\/src\/routes\/\[event\]\/\[session\]\/\+page\.svelte$/;

/** It, and what stands around every page. */
const OPENED = [
  ROOM,
  /\/src\/routes\/\+layout\.svelte$/,
  /\/kit\/src\/runtime\/client\/entry\.js$/,
  /\/client-optimized\/app\.js$/,
];

/** What the editor and every page with a list of outcomes are made of: small, and without the editor's libraries. */
const LISTED =
  /\/src\/core\/(?:outcomes\/(?:facts|kinds|names|outcomes-of|look|short-id)|note\/(?:anchors|line-marks|links|outline|spans))\.ts$/;

/** What it takes to write in a room: asked for as soon as the page's own scripts run. */
const WRITING = [/\/src\/lib\/note\/note-session\.svelte\.ts$/, /\/src\/lib\/editor\/create-editor\.ts$/];

const A_PAGE = /\/src\/routes\/.*\/\+(?:page|layout|error)\.svelte$/;
const STYLE = /\.css$/;

/**
 * Puts what a room shares with other pages into one file, what it takes to write into another, and the styles of all its parts into
 * a third. By itself the build makes a file for each combination of pages and parts that share something: thirty of a few hundred
 * bytes, each with its style sheet, and a slow line spends a round trip on every one of them. What lists of outcomes need is one
 * file too.
 */
export function sharedChunk(): Plugin {
  let chunk: (id: string) => 'styles' | 'shared' | 'writing' | null = () => null;
  return {
    name: 'plumbline-shared-chunk',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    outputOptions: (options) => ({
      ...options,
      codeSplitting: {
        groups: [
          { name: (id: string) => (chunk(id) === 'styles' ? 'room' : null) },
          { name: (id: string) => (chunk(id) === 'shared' ? 'shared' : null), minShareCount: 2 },
          { name: (id: string) => (LISTED.test(id) ? 'outcomes' : null), minShareCount: 2 },
          { name: (id: string) => (chunk(id) === 'writing' ? 'writing' : null) },
        ],
      },
    }),
    buildEnd() {
      const ids = [...this.getModuleIds()];
      const at = (...places: RegExp[]): string[] => ids.filter((id) => places.some((one) => one.test(id)));
      const withIt = (starts: string[], late = false): Set<string> =>
        reached(starts, (id) => {
          const info = this.getModuleInfo(id);
          return [...(info?.importedIds ?? []), ...(late ? (info?.dynamicallyImportedIds ?? []) : [])];
        });
      const opened = withIt(at(...OPENED));
      const inRoom = withIt(at(ROOM), true);
      const writing = withIt(at(...WRITING));
      const others = withIt(at(A_PAGE).filter((id) => !ROOM.test(id)));
      chunk = (id) => {
        if (STYLE.test(id) && inRoom.has(id) && !others.has(id)) return 'styles';
        if (opened.has(id)) return 'shared';
        return writing.has(id) && !others.has(id) ? 'writing' : null;
      };
    },
  } satisfies Plugin & Pick<Rolldown.Plugin, 'outputOptions'>;
}

function reached(starts: string[], next: (id: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (id: string): void => {
    if (found.has(id)) return;
    found.add(id);
    next(id).forEach(visit);
  };
  starts.forEach(visit);
  return found;
}
