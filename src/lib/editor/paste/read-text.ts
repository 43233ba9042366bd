import type { NoteNode } from '#core/note/json.ts';
import { parseMarkdown } from '#core/note/markdown.ts';
import { paragraphs } from './lines.ts';
import { mailBlocks } from './mail.ts';
import { readableMarkdown } from './readable-markdown.ts';
import { textKind } from './text-kind.ts';
import { plainText, withoutOuterBlank } from './plain-text.ts';

/** A text as blocks of a note, and what it was taken for; null when it was taken as it is. */
export interface ReadText {
  guess: 'Markdown' | 'code' | 'a mail' | null;
  content: NoteNode[];
}

/** A pasted text as what it looks like. No character of it that can be seen is lost but the signs of its markup. */
export function readText(pasted: string): ReadText {
  const text = withoutOuterBlank(plainText(pasted));
  const found = textKind(text);
  switch (found.kind) {
    case 'code':
      return { guess: 'code', content: [codeBlock(text, found.language)] };
    case 'mail':
      return { guess: 'a mail', content: mailBlocks(text) };
    case 'markdown':
      return { guess: 'Markdown', content: parseMarkdown(readableMarkdown(text)).content };
    case 'lines':
      return { guess: null, content: paragraphs(text, true) };
  }
}

const codeBlock = (text: string, language: string | null): NoteNode => ({
  type: 'codeBlock',
  attrs: { language },
  content: [{ type: 'text', text }],
});
