import { cleanHtml } from './clean-html.ts';

export { markPasted } from './mark-pasted.ts';
export { readText } from './read-text.ts';

export type ReadHtml = { kind: 'html'; html: string } | { kind: 'text' | 'too deep' };

/** Tags of text that has structure. Without one, and in code alone, the text says all there is. */
const STRUCTURE = /<(?:h[1-6]|ul|ol|li|table|blockquote|details|img|hr|p|a|b|strong|i|em|s|u|del|code|input)[\s>]/i;
const BLOCKS = /<(?:h[1-6]|ul|ol|li|table|blockquote|details|img|hr|p)[\s>]/i;

/** What there is to paste: cleaned HTML, or the text where the HTML only gives it looks. */
export function readHtml(html: string, text: string, most: number): ReadHtml {
  const structure = /<pre[\s>]/i.test(html) ? BLOCKS : STRUCTURE;
  if (text && !structure.test(html)) return { kind: 'text' };
  const light = html.length > most ? html.replace(/\ssrc="data:[^"]*"/g, '') : html;
  const cleaned = light.length > most ? null : cleanHtml(light, location.origin);
  if (cleaned === null) return { kind: 'too deep' };
  return { kind: 'html', html: cleaned };
}
