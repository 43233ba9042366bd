import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { type KnownNames, knownNames, lineMarks, MARKED_LINES } from '#core/note/line-marks.ts';
import { changeBetween, lookedAgain } from './block-looks.ts';
import type { EditorContext } from './command.ts';

interface Looks {
  people: readonly string[];
  names: KnownNames;
  shown: DecorationSet;
}

/**
 * Shows time stamps, speakers and people in their own way, as the server's rendering does. Only blocks that changed are looked at
 * again; which these are is found by comparing, whoever made the change and in however many steps.
 */
export const LineLooks = Extension.create<{ context: Pick<EditorContext, 'people'> }>({
  name: 'lineLooks',
  addOptions: () => ({ context: { people: () => [] } }),
  addProseMirrorPlugins() {
    const { context } = this.options;
    return [
      new Plugin<Looks>({
        state: {
          init: (_config, { doc }) => anew(doc, context.people()),
          apply: ({ doc }, looks, { doc: before }) => {
            const people = context.people();
            if (people !== looks.people) return anew(doc, people);
            return doc === before ? looks : { ...looks, shown: changed(looks, before, doc) };
          },
        },
        props: {
          decorations(state) {
            return this.getState(state)?.shown;
          },
        },
      }),
    ];
  },
});

function anew(doc: Node, people: readonly string[]): Looks {
  const names = knownNames(people);
  return { people, names, shown: DecorationSet.create(doc, looksIn(doc, 0, doc.content.size, names)) };
}

/** What stays is moved along, the blocks that changed lose theirs and are looked at. */
function changed({ names, shown }: Looks, before: Node, doc: Node): DecorationSet {
  const change = changeBetween(before, doc);
  if (!change) return shown;
  const look = (doc: Node, from: number, to: number) => looksIn(doc, from, to, names);
  return lookedAgain(shown.map(change.mapping, doc), doc, change, look);
}

function looksIn(doc: Node, from: number, to: number, names: KnownNames): Decoration[] {
  const made: Decoration[] = [];
  doc.nodesBetween(from, to, (node, at) => {
    if (!node.isTextblock) return true;
    if (!MARKED_LINES.has(node.type.name)) return false;
    const text = node.textBetween(0, node.content.size, undefined, '\ufffc');
    for (const { kind, from, to } of lineMarks(text, names))
      if (!inCode(node, from)) made.push(Decoration.inline(at + 1 + from, at + 1 + to, { class: `line-${kind}` }));
    return false;
  });
  return made;
}

function inCode(block: Node, at: number): boolean {
  return block.nodeAt(at)?.marks.some(({ type }) => type.name === 'code') ?? false;
}
