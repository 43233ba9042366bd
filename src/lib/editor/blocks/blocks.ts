import { Extension, type AnyExtension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { CalloutBlock } from './callout-block.ts';
import { CodeBlock } from './code-block.ts';
import { CodeCaret } from './code-caret.ts';
import { CodeColours } from './code-colours.ts';
import { CodeInput } from './code-input.ts';
import { DetailsBlock } from './details-block.ts';
import { OpenedByCaret } from './opened.ts';
import { PartKeys } from './part-keys.ts';
import { TableBlock } from './table-block.ts';
import { TableGuard } from './table-guard.ts';
import { TableKeys } from './table-keys.ts';
import { TableMarks } from './table-marks.ts';

const HAVE_NO_GAPS = new Set(['table', 'tableRow', 'details']);

const BlockViews = Extension.create({
  name: 'blockViews',
  // A caret in the gap between two cells, or two parts of details, would make a third of what is typed there.
  extendNodeSchema: ({ name }) => (HAVE_NO_GAPS.has(name) ? { allowGapCursor: false } : {}),
  addProseMirrorPlugins() {
    return [
      new Plugin({
        props: {
          nodeViews: {
            codeBlock: (node, view, getPos) => new CodeBlock(node, view, getPos),
            table: (node, view) => new TableBlock(node, view),
            details: (node, view) => new DetailsBlock(node, view),
            callout: (node, view, getPos) => new CalloutBlock(node, view, getPos),
          },
        },
      }),
    ];
  },
});

/** What the editor does for blocks of code, tables, details and callouts. */
export const BLOCKS: AnyExtension[] = [
  BlockViews,
  CodeCaret,
  CodeColours,
  CodeInput,
  OpenedByCaret,
  TableGuard,
  TableKeys,
  TableMarks,
  PartKeys,
];
