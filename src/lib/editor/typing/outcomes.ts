import { InputRule } from '@tiptap/core';
import type { Node, ResolvedPos } from '@tiptap/pm/model';
import { joinOwners, outcomeFacts } from '#core/outcomes/facts.ts';
import { knownOwners } from '#core/outcomes/names.ts';
import { stampLength } from '#core/note/line-marks.ts';
import { factsOf, wordsOf } from '#core/outcomes/read.ts';
import { outcomeHead } from '#core/outcomes/words.ts';
import { becomeOutcome, textOf } from '../blocks/outcome-changes.ts';

type People = () => readonly string[];

/** Words at a line's start make it an outcome; in one, `(due …)` or `(done)` at its end is taken for what it says. */
export function outcomeRules(people: People): InputRule[] {
  return [startRule(people), ownersRule(people), endRule(people)];
}

/** A time stamp may stand before the words; it stays. */
const behindStamp = (text: string) => text.slice(stampLength(text));

/** What a line begins with, as soon as it is all there: with the space behind it, or the next word. */
function headOf(text: string, people: readonly string[]) {
  const words = wordsOf(text, people);
  const head = words && outcomeHead(text, (name) => knownOwners([name], people)[0] !== name || people.includes(name));
  if (!head) return null;
  const complete = head.bare
    ? /^[\p{L}\p{N}]$/u.test(text.slice(head.end))
    : head.end === text.length && /\s$/.test(text);
  return complete ? head : null;
}

function startRule(people: People): InputRule {
  return new InputRule({
    find: (text) => (headOf(behindStamp(text), people()) ? { index: 0, text } : null),
    handler: ({ state: { tr, selection }, match }) => {
      const { $from } = selection;
      const line = behindStamp(match[0]);
      const start = $from.start() + match[0].length - line.length;
      const head = headOf(line, people());
      if (!head || $from.parent.type.name !== 'paragraph' || isQuoted($from) || hasCode($from)) return null;
      const say = (part: { from: number; to: number }) => line.slice(part.from, part.to);
      const { kind, state, owners } = head;
      const facts = { kind, state, owners: joinOwners(owners.map(say)) };
      if (head.bare) tr.insertText(line.slice(head.end), selection.from);
      tr.delete(start, Math.min(start + head.end, selection.from));
      becomeOutcome(tr, $from.before(), facts, people());
      return undefined;
    },
  });
}

/** `ACTION @ana: ` in a line that a box made an action of. */
function ownersRule(people: People): InputRule {
  return new InputRule({
    find: (text) => (headOf(text, people()) ? { index: 0, text } : null),
    handler: ({ state: { tr, selection }, match }) => {
      const { $from } = selection;
      const head = headOf(match[0], people());
      const facts = outcomeFacts($from.parent.attrs);
      if (!head || head.bare || $from.parent.type.name !== 'outcome' || facts.kind !== head.kind) return null;
      const names = head.owners.map(({ from, to }) => match[0].slice(from, to));
      tr.delete($from.start(), selection.from);
      if (names.length > 0) tr.setNodeAttribute($from.before(), 'owners', joinOwners(knownOwners(names, people())));
      return undefined;
    },
  });
}

const HEADS = {
  decision: 'DECISION (no owner): ',
  action: 'ACTION (no owner): ',
  question: 'Q (no owner): ',
  gap: 'GAP (no owner): ',
};

function endRule(people: People): InputRule {
  return new InputRule({
    find: /\([^()]+\)$/,
    handler: ({ state: { tr, selection } }) => {
      const { $from, empty } = selection;
      if (!empty || $from.parent.type.name !== 'outcome' || $from.parentOffset < $from.parent.content.size) return null;
      const before = HEADS[outcomeFacts($from.parent.attrs).kind];
      const line = `${before}${textOf($from.parent)})`;
      const words = wordsOf(line, people());
      const part = words?.due ? 'due' : words?.state ? 'state' : null;
      if (!words || !part) return null;
      const facts = factsOf(words, ({ from, to }) => line.slice(from, to));
      tr.delete($from.start() + words.text.to - before.length, selection.from);
      tr.setNodeAttribute($from.before(), part, facts[part]);
      if (facts.more) tr.setNodeAttribute($from.before(), 'more', facts.more);
      return undefined;
    },
  });
}

function isQuoted($at: ResolvedPos): boolean {
  for (let depth = $at.depth; depth > 0; depth--) if ($at.node(depth).type.name === 'blockquote') return true;
  return false;
}

function hasCode({ parent, parentOffset }: ResolvedPos): boolean {
  let found = false;
  parent.nodesBetween(0, parentOffset, (node: Node) => {
    found ||= node.marks.some(({ type }) => type.name === 'code');
  });
  return found;
}
