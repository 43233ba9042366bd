import { visible } from '../../render/text.ts';
import { type Layout, stack } from '../../render/layout.ts';
import { columns as columnsOf, wrapRuns } from '../../render/wrap.ts';

/** A paragraph of our own words. */
export const say =
  (words: string): Layout =>
  (width) =>
    wrapRuns([{ kind: 'text', text: visible(words) }], width);

/** One line, never wrapped. */
export const whole =
  (line: string): Layout =>
  () => [visible(line)];

/** One below the other, without empty lines. */
export const lines = (...blocks: Layout[]): Layout => stack(blocks, []);

/** A title, underlined as far as it is long. */
export function titled(words: string, sign: '=' | '-'): Layout {
  return (width) => {
    const title = say(words)(width);
    const longest = Math.max(...title.map(columnsOf));
    return [...title, sign.repeat(Math.min(width, longest))];
  };
}
