// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { outcomesOf } from '#core/outcomes/outcomes-of.ts';
import { typingEditor } from '../../../tests/support/typing-editor.ts';
import { goToOutcome } from './go-to-outcome.ts';

const NOTE =
  'DECISION: one\n\n<details><summary>more</summary>\n\nQ: two?\n\n</details>\n\n- [ ] ACTION @Ana: three (due 2023-12-01)';

test.each([
  [0, 'one'],
  [1, 'two?'],
  [2, 'three'],
])('OU11: the caret goes to the end of outcome %i, “%s”, and what is closed around it opens', (at, text) => {
  const { editor, note } = typingEditor(NOTE);
  const outcome = outcomesOf(note())[at];
  if (!outcome) throw new Error('The note has no such outcome.');
  goToOutcome(editor, outcome, at);
  const { $from, empty } = editor.state.selection;
  expect([$from.parent.textContent, empty, $from.parentOffset]).toEqual([text, true, text.length]);
  expect(editor.view.dom.querySelector('.details-block')?.hasAttribute('data-open')).toBe(at === 1);
});

test('OU11: a reader’s closed details open too', () => {
  const { editor, note } = typingEditor(NOTE);
  editor.setEditable(false);
  const [, outcome] = outcomesOf(note());
  if (!outcome) throw new Error('The note has no such outcome.');
  goToOutcome(editor, { ...outcome, id: '' }, 1);
  expect(editor.view.dom.querySelector('.details-block')?.hasAttribute('data-open')).toBe(true);
});
