import type { NoteMark, NoteNode } from './json.ts';

/** A piece of a block's text with a mark to show it by. Places count UTF-16 units; what is no text counts one. */
export interface Span {
  from: number;
  to: number;
  mark: NoteMark;
}

/** The content of a block with the spans as the innermost marks of its text, for a renderer that shows them; never part of a stored note. */
export function withSpans(content: NoteNode[], spans: readonly Span[], takes: (node: NoteNode) => boolean): NoteNode[] {
  const made: NoteNode[] = [];
  let start = 0;
  for (const node of content) {
    const text = node.type === 'text' ? (node.text ?? '') : '\ufffc';
    const end = start + text.length;
    if (node.type !== 'text' || !takes(node)) made.push(node);
    else
      for (const [from, to] of pieces(start, end, spans)) {
        const span = spans.find((each) => each.from <= from && to <= each.to);
        const marks = [...(node.marks ?? []), ...(span ? [span.mark] : [])];
        made.push({ ...node, text: text.slice(from - start, to - start), ...(marks.length > 0 ? { marks } : {}) });
      }
    start = end;
  }
  return made;
}

function pieces(start: number, end: number, spans: readonly Span[]): [number, number][] {
  const inside = spans.flatMap(({ from, to }) => [from, to]).filter((at) => at > start && at < end);
  const edges = [...new Set([start, ...inside.sort((a, b) => a - b), end])];
  return edges.slice(1).map((to, i) => [edges[i] ?? start, to]);
}

export function isCode({ marks }: NoteNode): boolean {
  return marks?.some(({ type }) => type === 'code') ?? false;
}
