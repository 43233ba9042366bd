import { Extension, type KeyboardShortcutCommand } from '@tiptap/core';
import { type EditorContext, canRun } from './command.ts';
import { COMMANDS } from './commands.ts';

/** The keys of the commands, as their one list has them. */
export const CommandKeys = Extension.create<{ context: EditorContext | null }>({
  name: 'commandKeys',
  addOptions: () => ({ context: null }),
  addKeyboardShortcuts() {
    const { context } = this.options;
    if (!context) return {};
    const keys: Record<string, KeyboardShortcutCommand> = {};
    for (const command of COMMANDS)
      for (const key of command.keys ?? [])
        keys[key] = () => canRun(command, this.editor, context) && command.run(this.editor, context);
    return keys;
  },
});
