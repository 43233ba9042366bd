import { canRun } from '#lib/editor/command.ts';
import { COMMANDS } from '#lib/editor/commands.ts';
import { chooseTheme, THEME_WORDS, THEMES } from '#lib/ui/theme.ts';
import type { BoxEntry, BoxGroup } from './box-entry.ts';
import type { PageHere } from './page-here.ts';

interface Ways {
  go: (path: string) => void;
  showKeys: () => void;
}

/** What can be done on this page: headings to go to, the commands of its note that can be run now, and what every page has. */
export function pageEntries(page: PageHere | null, { go, showKeys }: Ways): BoxGroup[] {
  return [
    { head: 'Headings', entries: page?.room ? headings(page.room) : [] },
    { head: 'This note', entries: page?.room ? [...noteEntries(page.room), ...commands(page.room)] : [] },
    { head: 'Plumbline', entries: everywhere(page, go, showKeys) },
  ];
}

type Room = NonNullable<PageHere['room']>;

function headings({ path, outline }: Room): BoxEntry[] {
  return outline().map(({ id, text }) => ({
    id: `heading ${path}#${id}`,
    words: text.trim() || 'Untitled heading',
    run: () => {
      location.hash = id;
      document.getElementById(id)?.scrollIntoView();
    },
  }));
}

function commands({ tools }: Room): BoxEntry[] {
  const { editor } = tools;
  if (!editor) return [];
  return COMMANDS.filter((command) => canRun(command, editor, tools)).map((command) => ({
    id: `command ${command.id}`,
    words: command.words,
    also: command.also,
    icon: command.icon,
    keys: command.keys?.[0],
    run: () => void command.run(editor, tools),
  }));
}

function noteEntries({ path, tools }: Room): BoxEntry[] {
  const toPage: BoxEntry = {
    id: 'copy-link',
    words: 'Copy link to this page',
    run: () => void navigator.clipboard.writeText(location.href),
  };
  return [
    {
      id: 'copy-markdown',
      words: 'Copy note as Markdown',
      run: () =>
        void fetch(`${path}.md`)
          .then((answer) => answer.text())
          .then((text) => navigator.clipboard.writeText(text)),
    },
    // Where one writes, the link to the place of the caret is among the commands.
    ...(tools.editor ? [] : [toPage]),
    { id: 'download-md', words: 'Download as Markdown', also: 'save file', run: () => download(`${path}.md`) },
  ];
}

function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

function everywhere(page: PageHere | null, go: Ways['go'], showKeys: () => void): BoxEntry[] {
  const ofEvent = page
    ? [
        { id: 'agenda', words: 'Go to the agenda', run: () => go(`/${page.event}`) },
        {
          id: 'outcomes',
          words: 'Go to the outcomes',
          also: 'board decisions actions questions',
          run: () => go(`/${page.event}/outcomes`),
        },
      ]
    : [];
  return [
    ...ofEvent,
    { id: 'events', words: 'Go to all events', run: () => go('/') },
    { id: 'keys', words: 'Show the list of keys', also: 'shortcuts help', keys: 'Mod-/', run: showKeys },
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      words: `Theme: ${THEME_WORDS[theme].toLowerCase()}`,
      run: () => chooseTheme(theme),
    })),
  ];
}
