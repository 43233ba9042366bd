import type { DescriptionPart, Person } from '#core/event/model.ts';
import { LIST_MISSING } from '#core/event/topics.ts';
import { readPerson, withoutAddresses } from './people.ts';
import type { TopicDraft } from './programme.ts';

/** What is left of a description when only text and list structure are taken. */
export type Block = { kind: 'paragraph'; text: string } | { kind: 'list'; items: ListItem[] };

export interface ListItem {
  text: string;
  children: ListItem[];
}

export interface Described {
  description: DescriptionPart[];
  topics: TopicDraft[];
  /** null when there is no such list. */
  keyAttendees: Person[] | null;
}

const TOPICS = /\btopics?\b/i;
const KEY_ATTENDEES = /\bkey\s+(attendees|participants|people)\b/i;

/**
 * Reads a proposal's parts. A paragraph that ends in a colon announces a list: of topics, of key attendees, or of something
 * else, which stays text. When nothing follows it, the source lost the list, and a gap takes its place.
 */
export function readBlocks(blocks: readonly Block[]): Described {
  const described: Described = { description: [], topics: [], keyAttendees: null };
  for (const [index, block] of blocks.entries()) {
    const before = blocks[index - 1];
    if (block.kind === 'list') readList(described, block.items, before?.kind === 'paragraph' ? before.text : '');
    else readParagraph(described, block.text, blocks[index + 1]);
  }
  return described;
}

function readParagraph(described: Described, text: string, next: Block | undefined): void {
  if (next?.kind === 'list' && announces(text, KEY_ATTENDEES) && described.keyAttendees === null) return;
  described.description.push({ kind: 'text', text: withoutAddresses(text) });
  if (text.endsWith(':') && next?.kind !== 'list') described.description.push({ kind: 'gap', text: LIST_MISSING });
}

function readList(described: Described, items: readonly ListItem[], intro: string): void {
  if (announces(intro, KEY_ATTENDEES) && described.keyAttendees === null)
    described.keyAttendees = items.flatMap((item) => readPerson(item.text, null) ?? []);
  else if (announces(intro, TOPICS) && described.topics.length === 0) described.topics = readTopics(items);
  else
    for (const text of flatten(items))
      described.description.push({ kind: 'text', text: `• ${withoutAddresses(text)}` });
}

function announces(intro: string, what: RegExp): boolean {
  return intro.endsWith(':') && what.test(intro);
}

/** A group without a list, beside groups that have theirs, lost it. In a flat list every item is a topic. */
function readTopics(items: readonly ListItem[]): TopicDraft[] {
  const grouped = items.some((item) => item.children.length > 0);
  return items.map((item) => {
    const topic = readTopic(item);
    return grouped && topic.children.length === 0 ? { ...topic, gap: LIST_MISSING } : topic;
  });
}

function readTopic(item: ListItem): TopicDraft {
  return { title: withoutAddresses(item.text), children: item.children.map(readTopic), gap: null };
}

function flatten(items: readonly ListItem[]): string[] {
  return items.flatMap((item) => [item.text, ...flatten(item.children)]);
}
