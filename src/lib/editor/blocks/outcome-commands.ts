import CircleHelp from '@lucide/svelte/icons/circle-question-mark';
import Gavel from '@lucide/svelte/icons/gavel';
import SquareCheck from '@lucide/svelte/icons/square-check';
import TextSelect from '@lucide/svelte/icons/text-select';
import type { Command } from '../command.ts';
import { OUTCOMES, type OutcomeKind } from '#core/outcomes/kinds.ts';
import { toggleOutcome } from './outcome-changes.ts';

/** What marks the line at the caret, or the lines selected. */
export const OUTCOME_COMMANDS: readonly Command[] = [
  mark('decision', 'd', 'DECISION: ', Gavel, 'agreed resolved outcome'),
  mark('action', 'a', 'ACTION @name: ', SquareCheck, 'todo task owner outcome'),
  mark('question', 'q', 'Q: ', CircleHelp, 'open ask outcome'),
  mark('gap', 'g', '??? ', TextSelect, 'missing missed hole outcome'),
];

function mark(kind: OutcomeKind, key: string, typed: string, icon: Command['icon'], also: string): Command {
  return {
    id: kind,
    words: OUTCOMES[kind],
    also,
    group: 'Minutes',
    icon,
    keys: [`Mod-Alt-${key}`],
    typed,
    slash: true,
    bar: 'words',
    marks: kind,
    active: (editor) => editor.isActive('outcome', { kind }),
    can: (editor) => toggleOutcome(kind, [])(editor.state),
    run: (editor, context) => {
      editor.view.focus();
      return toggleOutcome(kind, context.people())(editor.state, editor.view.dispatch);
    },
  };
}
