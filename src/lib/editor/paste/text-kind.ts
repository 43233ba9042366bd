import { codeSigns, isDiff } from './code-signs.ts';
import { looksLikeMail } from './mail.ts';
import { markdownSigns } from './markdown-signs.ts';

/** What a pasted text is taken for. */
export type TextKind = { kind: 'code'; language: string | null } | { kind: 'markdown' | 'mail' | 'lines' };

/** Lines that are looked at: what a text is shows at its beginning. */
const LINES = 400;

/**
 * What the text looks like, `lines` when in doubt. `text` as `plainText` gives it. A fence says that the text is Markdown, whatever
 * the code in it looks like; a quoted mail may hold a patch, and a patch may hold Markdown.
 */
export function textKind(text: string): TextKind {
  const lines = text.split('\n', LINES).filter((line) => line.trim() !== '');
  if (lines.length < 2) return { kind: markdownSigns(lines) > 1 ? 'markdown' : 'lines' };
  if (lines.filter((line) => /^ {0,3}(?:```|~~~)/.test(line)).length > 1) return { kind: 'markdown' };
  if (looksLikeMail(lines)) return { kind: 'mail' };
  if (isDiff(lines)) return { kind: 'code', language: 'diff' };
  const code = codeSigns(lines);
  if (code) return { kind: 'code', language: code.language };
  return { kind: markdownSigns(lines) > 1 ? 'markdown' : 'lines' };
}
