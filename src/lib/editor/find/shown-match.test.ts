// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { typingEditor } from '../../../../tests/support/typing-editor.ts';
import { withStep } from './find-marks.ts';
import { showMatch } from './shown-match.ts';

test('WR10: a match in closed details opens them for this reader, one in their first line does not', () => {
  const { editor } = typingEditor('<details>\n<summary>Log</summary>\n\nthe panic\n\n</details>\n\nend');
  const look = (text: string): void => {
    editor.view.dispatch(withStep(editor.state.tr, { look: { text, matchCase: false } }));
    showMatch(editor);
  };
  const details = editor.view.dom.querySelector('.details-block');
  look('Log');
  expect(details?.hasAttribute('data-open')).toBe(false);
  look('panic');
  expect(details?.hasAttribute('data-open')).toBe(true);
  editor.destroy();
});
