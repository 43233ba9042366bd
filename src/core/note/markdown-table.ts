import type { MarkdownIt, StateBlock } from 'markdown-it';
import { lineAt } from './markdown-lines.ts';

/**
 * Tables as GitHub writes them, but that nothing is lost: a row keeps its cells however many the header has, and the side its
 * text is set to is left out.
 */
export function useTables(md: MarkdownIt): void {
  // After all that a line may begin but text: what begins a list or code is no header.
  md.block.ruler.before('lheading', 'note-table', table, { alt: ['paragraph', 'reference'] });
}

function table(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (startLine + 2 > endLine) return false;
  const [header, second] = [lineAt(state, startLine), lineAt(state, startLine + 1)];
  if (header === null || second === null || !second.includes('|') || !header.includes('|')) return false;
  const marks = cellsOf(second);
  if (!marks.every((mark) => /^:?-+:?$/.test(mark)) || marks.length !== cellsOf(header).length) return false;
  if (silent) return true;
  const rows = [header, ...body(state, startLine + 2, endLine)];
  push(state, rows, startLine);
  state.line = startLine + 1 + rows.length;
  return true;
}

/** Up to an empty line or another block. */
function body(state: StateBlock, from: number, endLine: number): string[] {
  const rows: string[] = [];
  const ends = state.md.block.ruler.getRules('blockquote');
  const parentType = state.parentType;
  // Inside a paragraph a list may begin with 1 alone; here it ends the table whatever its number.
  state.parentType = 'blockquote';
  for (let line = from; line < endLine; line++) {
    const row = lineAt(state, line);
    if (row === null || row === '' || ends.some((rule) => rule(state, line, endLine, true))) break;
    rows.push(row);
  }
  state.parentType = parentType;
  return rows;
}

function push(state: StateBlock, rows: string[], line: number): void {
  state.push('table_open', 'table', 1).map = [line, line + 1 + rows.length];
  rows.forEach((row) => {
    state.push('tr_open', 'tr', 1);
    for (const cell of cellsOf(row)) {
      state.push('td_open', 'td', 1);
      const inline = state.push('inline', '', 0);
      inline.content = cell;
      inline.children = [];
      state.push('td_close', 'td', -1);
    }
    state.push('tr_close', 'tr', -1);
  });
  state.push('table_close', 'table', -1);
}

/** Parts between bars, without the outer ones; a bar after a backslash is part of its cell, also in code. */
function cellsOf(line: string): string[] {
  const row = line.trim();
  if (row === '|') return [];
  const inner = row.replace(/^\|/, '').replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|').replace(/^[ \t]+|[ \t]+$/g, ''));
}
