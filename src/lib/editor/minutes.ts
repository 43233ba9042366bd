import type { Editor } from '@tiptap/core';
import type { ResolvedPos } from '@tiptap/pm/model';
import { clockTime, zoneLabel } from '#core/event/time-text.ts';
import { iso } from '#core/event/times.ts';
import { knownNames, lineMarks, stampLength } from '#core/note/line-marks.ts';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorContext } from './command.ts';

/** The paragraph or heading at the caret, which is what a time or a speaker can stand before; null elsewhere. */
function lineAt($from: ResolvedPos): { start: number; text: string } | null {
  const { parent } = $from;
  if (parent.type.name !== 'paragraph' && parent.type.name !== 'heading') return null;
  return { start: $from.start(), text: parent.textBetween(0, parent.content.size, undefined, '\ufffc') };
}

/** Whether a time or a speaker can stand before the line at the caret. */
export function inLine(editor: Editor): boolean {
  return lineAt(editor.state.selection.$from) !== null;
}

/** Whether the line at the caret begins with a time. */
export function isStamped(editor: Editor): boolean {
  return stampLength(lineAt(editor.state.selection.$from)?.text ?? '') > 0;
}

/** Puts the time of day, by the event's clock, before the line at the caret; takes away the one that stands there. */
export function toggleStamp(editor: Editor, { zone, now }: Pick<EditorContext, 'zone' | 'now'>): boolean {
  const line = lineAt(editor.state.selection.$from);
  if (!line) return false;
  const { start, text } = line;
  const length = stampLength(text);
  const { tr } = editor.state;
  if (length > 0) tr.delete(start, start + length);
  else tr.insert(start, editor.schema.text(`[${clockTime(iso(now()), zone)}] `));
  editor.view.dispatch(tr.scrollIntoView());
  editor.view.focus();
  return true;
}

/** Whose clock the time is by: whoever writes may be somewhere else. */
export function stampZone({ zone, now }: Pick<EditorContext, 'zone' | 'now'>): string {
  return `event’s zone, ${zoneLabel(iso(now()), zone)}`;
}

/** Makes the caret stand in a line that holds nothing but a time: this one if it is such, else a new one behind it. */
export function toEmptyLine({ state, view }: Editor): boolean {
  const { $from } = state.selection;
  const line = lineAt($from);
  if (!line) return false;
  const { tr } = state;
  if (line.text.length === stampLength(line.text)) tr.setSelection(TextSelection.create(tr.doc, $from.end()));
  else insertLineAfter(tr, $from);
  view.dispatch(tr.scrollIntoView());
  return true;
}

/** In a list a new item. */
function insertLineAfter(tr: Transaction, $from: ResolvedPos): void {
  const { paragraph, listItem } = tr.doc.type.schema.nodes;
  const inItem = $from.depth > 1 && $from.node(-1).type === listItem;
  const at = $from.after(inItem ? -1 : undefined);
  const made = paragraph?.create();
  if (!made) return;
  tr.insert(at, inItem && listItem ? listItem.create(null, made) : made);
  tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1)));
}

/** The people, those who spoke last before the caret first. */
export function speakersFirst(editor: Editor, people: readonly string[]): string[] {
  const recent = lastSpeakers(editor, people, 2);
  return [...recent, ...people.filter((name) => !recent.includes(name))];
}

function lastSpeakers({ state }: Editor, people: readonly string[], count: number): string[] {
  const names = knownNames(people);
  const found: string[] = [];
  // One list per block, in the order of the note: read from the caret upwards.
  const lines: string[] = [];
  state.doc.nodesBetween(0, state.selection.from, (node) => {
    if (!node.isTextblock) return true;
    lines.push(node.textBetween(0, Math.min(node.content.size, 100), undefined, '\ufffc'));
    return false;
  });
  for (let i = lines.length - 1; i >= 0 && found.length < count; i--) {
    const text = lines[i] ?? '';
    const said = lineMarks(text, names).find(({ kind }) => kind === 'speaker');
    const name = said && whoIs(text.slice(said.from, said.to - 1), people);
    if (name !== undefined && !found.includes(name)) found.push(name);
  }
  return found;
}

/** By the full name, else by the first. */
function whoIs(said: string, people: readonly string[]): string | undefined {
  return people.find((name) => name === said) ?? people.find((name) => name.startsWith(`${said} `));
}
