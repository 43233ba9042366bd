import { Extension, InputRule } from '@tiptap/core';
import { safeHref } from '#core/note/links.ts';

/** `[words](address)`, ended by the bracket just typed; the words hold no bracket, the address no space. */
const TYPED = /(?<!!)\[([^[\]]+)\]\((\S+)\)$/;

/** A link as Markdown writes it becomes one, when its address may be one. */
export const LinkRule = Extension.create({
  name: 'linkRule',
  addInputRules() {
    const link = this.editor.schema.marks['link'];
    return [
      new InputRule({
        find: TYPED,
        handler: ({ state, range, match }) => {
          const [, words = '', address] = match;
          const href = safeHref(address);
          if (!link || href === null) return null;
          const { tr } = state;
          const from = range.from + 1;
          // Only the brackets go: what else the words are, bold or code, they stay.
          tr.delete(from + words.length, range.to).delete(range.from, from);
          tr.addMark(range.from, range.from + words.length, link.create({ href })).removeStoredMark(link);
        },
      }),
    ];
  },
});
