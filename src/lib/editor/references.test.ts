// @vitest-environment happy-dom
import type { Editor } from '@tiptap/core';
import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { typingEditor } from '../../../tests/support/typing-editor.ts';
import { addressHere, referencesKey, type Shown } from './address-here.ts';

interface Chip {
  from: number;
  to: number;
  spec: unknown;
}

const sorted = ({ set }: Shown): Chip[] =>
  set
    .find()
    .map(({ from, to, spec }): Chip => ({ from, to, spec }))
    .sort((one, other) => one.from - other.from);

const shown = ({ state }: Editor): Chip[] => {
  const now = referencesKey.getState(state);
  return now ? sorted(now) : [];
};

/** As if the note were opened now. */
const anew = ({ state }: Editor): Chip[] => {
  const plugin = referencesKey.get(state);
  return plugin ? sorted(plugin.spec.state?.init({}, state) as Shown) : [];
};

const MARKDOWN =
  'see CVE-2021-3490\n\n- iommu_map()\n- a `ioctl(2)` b\n\n```\nCVE-2021-3490\n```\n\n| bug #217412 | v6.7-rc1 |\n|---|---|\n';
const PIECES = [
  'CVE-2021-3490',
  ' ',
  'a',
  '()',
  'iommu_map',
  '<20231102031828.GA951173@rocinante>',
  'commit 54a4f0239f2e ',
];

test('KR2: after any edits the references are shown that a note opened now would show, each once', () => {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const edit = fc.oneof(
    fc.record({ at: place, put: fc.constantFrom(...PIECES) }),
    fc.record({ at: place, split: fc.constant(true) }),
    fc.record({ at: place, to: place }),
  );
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
      const { editor } = typingEditor(MARKDOWN);
      for (const each of edits) {
        const { size } = editor.state.doc.content;
        const at = Math.floor(each.at * size);
        const { tr } = editor.state;
        if ('put' in each) editor.view.dispatch(tr.insertText(each.put, at));
        else if ('to' in each) editor.view.dispatch(tr.deleteRange(...ordered(at, Math.floor(each.to * size))));
        else editor.chain().setTextSelection(at).splitBlock().run();
        expect(shown(editor)).toEqual(anew(editor));
      }
      editor.destroy();
    }),
    { numRuns: 60 },
  );
}, 60_000);

const ordered = (one: number, other: number): [number, number] => [Math.min(one, other), Math.max(one, other)];

test('KR2: the address at the caret is that of the reference or the link there', () => {
  const { editor } = typingEditor('a CVE-2021-3490 [b](https://a.b/) javascript:c d');
  const at = (place: number) => {
    editor.commands.setTextSelection(place);
    return addressHere(editor.state);
  };
  expect(at(1)).toBeNull();
  expect(at(8)).toBe('https://www.cve.org/CVERecord?id=CVE-2021-3490');
  expect(at(17)).toBe('https://a.b/');
  expect(at(editor.state.doc.content.size - 1)).toBeNull();
  editor.destroy();
});

test('KR2: what is typed is shown as soon as it is whole, and is text like any other', () => {
  const { editor, type, markdown } = typingEditor('');
  type('see CVE-2021-349');
  expect(shown(editor)).toEqual([]);
  type('0');
  expect(editor.view.dom.querySelector('a.note-ref')?.textContent).toBe('CVE-2021-3490');
  type('1 x');
  expect(editor.view.dom.querySelector('a.note-ref')?.textContent).toBe('CVE-2021-34901');
  expect(markdown()).toBe('see CVE-2021-34901 x\n');
  editor.destroy();
});
