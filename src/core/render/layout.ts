/** A block of plain text, laid out when its width is known: a list in a quote has less of it. */
export type Layout = (width: number) => string[];

/** One under the other, with `gap` between them. */
export function stack(blocks: Layout[], gap: string[] = ['']): Layout {
  return (width) => blocks.flatMap((block, i) => (i > 0 ? [...gap, ...block(width)] : block(width)));
}

/** Narrowest column text is wrapped to, however deep the nesting. */
const NARROWEST = 24;

export function prefixed(first: string, rest: string, block: Layout): Layout {
  return (width) =>
    block(Math.max(NARROWEST, width - rest.length)).map((line, i) => `${i === 0 ? first : rest}${line}`.trimEnd());
}
