import type { Command as Change } from '@tiptap/pm/state';
import BetweenHorizontalEnd from '@lucide/svelte/icons/between-horizontal-end';
import BetweenHorizontalStart from '@lucide/svelte/icons/between-horizontal-start';
import BetweenVerticalEnd from '@lucide/svelte/icons/between-vertical-end';
import BetweenVerticalStart from '@lucide/svelte/icons/between-vertical-start';
import Trash from '@lucide/svelte/icons/trash-2';
import type { Command } from '../command.ts';
import { addColumn, addRow, deleteColumn, deleteRow, deleteTable } from './table-changes.ts';

type Icon = Command['icon'];

/** What can be done to the table at the caret. */
export const TABLE_CHANGES: readonly { id: string; words: string; icon: Icon; change: Change }[] = [
  { id: 'row-above', words: 'Row above', icon: BetweenHorizontalStart, change: addRow(0) },
  { id: 'row-below', words: 'Row below', icon: BetweenHorizontalEnd, change: addRow(1) },
  { id: 'column-left', words: 'Column left', icon: BetweenVerticalStart, change: addColumn(0) },
  { id: 'column-right', words: 'Column right', icon: BetweenVerticalEnd, change: addColumn(1) },
  { id: 'delete-row', words: 'Delete row', icon: Trash, change: deleteRow },
  { id: 'delete-column', words: 'Delete column', icon: Trash, change: deleteColumn },
  { id: 'delete-table', words: 'Delete table', icon: Trash, change: deleteTable },
];
