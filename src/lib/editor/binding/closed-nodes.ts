import { Node } from '@tiptap/core';

/**
 * What stands in the editor for content it cannot build. They belong to this editor alone: none of them is ever in a note, unless
 * someone copies one, and what they stand for stays as it is.
 */
export const closedNodes = [closed('closedBlock', 'div', false), closed('closedInline', 'span', true)];

function closed(name: string, tag: 'div' | 'span', inline: boolean): Node {
  return Node.create({
    name,
    inline,
    group: inline ? 'inline' : 'block',
    atom: true,
    draggable: false,
    addAttributes: () => ({ name: { default: '' }, text: { default: '' } }),
    renderHTML({ node }) {
      const { name: unknown, text } = node.attrs as { name: unknown; text: unknown };
      const words = `Unknown ${inline ? '' : 'block: '}${String(unknown)}${inline ? ': ' : ''}`;
      return [
        tag,
        { class: 'unknown' },
        [inline ? 'span' : 'p', { class: 'unknown-name' }, words],
        inner(inline, text),
      ];
    },
  });
}

function inner(inline: boolean, text: unknown): [string, object, string] {
  return [inline ? 'span' : 'p', {}, String(text)];
}
