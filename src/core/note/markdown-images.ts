import type { MarkdownIt, StateBlock } from 'markdown-it';
import { imageAt } from './images.ts';
import { lineAt } from './markdown-lines.ts';

/** An image of ours alone on its line is a block. Every other is a link, as the dialect has no images in a line of text. */
export function useImages(md: MarkdownIt): void {
  md.block.ruler.before('fence', 'note-image', image, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}

const IMAGE = /^!\[((?:\\.|[^\\\]])*)\]\((\S+)\)$/s;

function image(state: StateBlock, startLine: number, _endLine: number, silent: boolean): boolean {
  const [, alt = '', address] = IMAGE.exec(lineAt(state, startLine) ?? '') ?? [];
  const found = imageAt(address, originOf(state.env));
  if (!found) return false;
  if (silent) return true;
  state.push('note_image_open', 'img', 1).meta = { file: found.file };
  const inline = state.push('inline', '', 0);
  inline.content = alt;
  inline.children = [];
  state.push('note_image_close', 'img', -1);
  state.line = startLine + 1;
  return true;
}

/** What the parser is given beside the text. */
export type MarkdownEnv = {
  /** Origin of this server: images with it are ours. */
  origin: string;
};

const originOf = (env: unknown) => (env as Partial<MarkdownEnv>).origin ?? '';
