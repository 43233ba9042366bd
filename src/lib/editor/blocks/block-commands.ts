import type { Editor } from '@tiptap/core';
import type { Command as Change } from '@tiptap/pm/state';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import MessageSquareWarning from '@lucide/svelte/icons/message-square-warning';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import TableIcon from '@lucide/svelte/icons/table';
import type { Command } from '../command.ts';
import { focusBar, hasBar } from './block-bar.ts';
import { insertCallout } from './callout-changes.ts';
import { insertDetails } from './details-changes.ts';
import { insertTable } from './table-changes.ts';
import { TABLE_CHANGES } from './table-menu.ts';

/** What blocks of several parts are made and changed by. */
export const BLOCK_COMMANDS: readonly Command[] = [
  {
    id: 'table',
    words: 'Table',
    also: 'grid rows columns',
    group: 'Blocks',
    icon: TableIcon,
    typed: '| a | b |',
    slash: true,
    ...by(insertTable),
  },
  {
    id: 'details',
    words: 'Details',
    also: 'fold collapse summary toggle',
    group: 'Blocks',
    icon: ChevronRight,
    slash: true,
    ...by(insertDetails),
  },
  {
    id: 'callout',
    words: 'Callout',
    also: 'note tip important warning caution alert',
    group: 'Blocks',
    icon: MessageSquareWarning,
    typed: '> [!NOTE]',
    slash: true,
    ...by(insertCallout),
  },
  {
    id: 'block-controls',
    words: 'Controls of this block',
    also: 'language copy kind table menu',
    group: 'Blocks',
    icon: SlidersHorizontal,
    keys: ['Alt-Enter'],
    can: (editor) => hasBar(editor.view),
    run: (editor) => focusBar(editor.view),
  },
  ...TABLE_CHANGES.map(({ id, words, icon, change }): Command => ({
    id,
    words,
    also: 'table',
    group: 'Blocks',
    icon,
    slash: true,
    ...by(change),
  })),
];

function by(change: Change): Pick<Command, 'can' | 'run'> {
  return {
    can: (editor: Editor) => change(editor.state),
    run: (editor: Editor) => {
      editor.view.focus();
      return change(editor.state, editor.view.dispatch, editor.view);
    },
  };
}
