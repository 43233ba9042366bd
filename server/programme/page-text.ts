import { cleanLine } from '#core/event/plain-line.ts';
import { isZone } from '#core/event/times.ts';
import { InputError } from '../errors.ts';
import { type Block, type ListItem, readBlocks } from './blocks.ts';
import { readDayRange } from './day-range.ts';
import { describe } from './field.ts';
import { withoutAddresses } from './people.ts';
import { foldTitle, type Programme } from './programme.ts';

interface Line {
  /** From 1. */
  number: number;
  indent: number;
  text: string;
}

const ZONE = /^(\S+) timezone$/i;
const BULLET = /^[•◦▪‣*-]\s+(.*)$/u;
const LENGTH = /^(?:(\d{1,2})\s?h)?\s?(?:(\d{1,3})\s?m)?$/;
/** Headed parts of the page after the description; nothing of them belongs to the programme. */
const AFTER_DESCRIPTION =
  /^((primary |co-)?authors?|co-authors?|speakers?|presentation materials|subcontributions|minutes|attachments|external references|there are no materials yet\.)$/i;

/**
 * Reads the plain text of an Indico page: dates, zone, title, schedule state, length, track, then headed parts; bullets are
 * indented by level. Throws InputError with the line.
 */
export function readPageText(text: string): Programme {
  const lines = linesOf(text);
  const head = readHead(lines);
  const rest = lines.slice(head.next);
  const start = rest.findIndex((line) => /^description$/i.test(line.text));
  const described = readBlocks(start < 0 ? [] : blocksOf(upToNextPart(rest.slice(start + 1))));
  const facts = start < 0 ? rest : rest.slice(0, start);
  return {
    shape: 'page-text',
    keys: [`page:${foldTitle(head.title)}:${head.start}:${head.end}:${head.zone}`],
    title: head.title,
    ...{ zone: head.zone, saysZone: true, start: head.start, end: head.end },
    ...{ conference: null, venue: null, url: null, organizers: null },
    proposal: { ...described, url: null, minutes: lengthIn(facts) },
    ...{ talks: [], within: '', missingTalk: 'nothing', breaks: null },
  };
}

function linesOf(text: string): Line[] {
  return text.split(/\r\n|\r|\n/).map((raw, index) => {
    const line = raw.replaceAll('\t', '    ');
    return { number: index + 1, indent: line.length - line.trimStart().length, text: cleanLine(line) };
  });
}

function readHead(lines: readonly Line[]) {
  const filled = lines.filter((line) => line.text !== '');
  const [dates, zoneLine, titleLine] = filled;
  const days = dates && readDayRange(dates.text);
  if (!dates || !days)
    return missing(dates, 'the dates of the event, such as “13–15 Nov 2023”, or Indico’s JSON export', 1);
  const zone = zoneLine && ZONE.exec(zoneLine.text)?.[1];
  if (!zone) return missing(zoneLine, 'the zone, such as “America/New_York timezone”', dates.number + 1);
  if (!isZone(zone)) return missing(zoneLine, 'the name of an IANA time zone before “timezone”', zoneLine.number);
  if (!titleLine || titleLine.text.length > 200)
    return missing(titleLine, 'the title of the event', zoneLine.number + 1);
  return { ...days, zone, title: withoutAddresses(titleLine.text), next: titleLine.number };
}

function missing(line: Line | undefined, what: string, fallback: number): never {
  throw new InputError(`line ${line?.number ?? fallback}`, `expected ${what}, found ${describe(line?.text)}`);
}

/** The first line such as `20m` or `1h 30m`. */
function lengthIn(lines: readonly Line[]): number | null {
  for (const { text } of lines) {
    const match = text === '' ? null : LENGTH.exec(text);
    if (match !== null) return Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0) || null;
  }
  return null;
}

function upToNextPart(lines: readonly Line[]): Line[] {
  const end = lines.findIndex((line) => line.indent === 0 && AFTER_DESCRIPTION.test(line.text));
  return end < 0 ? [...lines] : lines.slice(0, end);
}

function blocksOf(lines: readonly Line[]): Block[] {
  const blocks: Block[] = [];
  /** Open bullets, outermost first. */
  let open: { indent: number; item: ListItem }[] = [];
  let inParagraph = false;
  for (const line of lines) {
    const bullet = BULLET.exec(line.text)?.[1];
    const last = blocks.at(-1);
    if (line.text === '') inParagraph = false;
    else if (bullet !== undefined) {
      if (last?.kind !== 'list') open = [];
      open = addBullet(blocks, open, line.indent, { text: bullet, children: [] });
      inParagraph = false;
    } else if (last?.kind === 'list' && line.indent > (open.at(-1)?.indent ?? Infinity)) {
      const item = open.at(-1)?.item;
      if (item) item.text += ` ${line.text}`;
    } else if (inParagraph && last?.kind === 'paragraph') last.text += ` ${line.text}`;
    else {
      blocks.push({ kind: 'paragraph', text: line.text });
      inParagraph = true;
    }
  }
  return blocks;
}

/** Puts the item under the nearest open bullet that is indented less, and says which bullets are open now. */
function addBullet(blocks: Block[], open: { indent: number; item: ListItem }[], indent: number, item: ListItem) {
  const above = open.filter((one) => one.indent < indent).slice(0, MAX_DEPTH);
  const list = blocks.at(-1);
  const siblings = above.at(-1)?.item.children ?? (list?.kind === 'list' ? list.items : null);
  if (siblings) siblings.push(item);
  else blocks.push({ kind: 'list', items: [item] });
  return [...above, { indent, item }];
}

/** Deeper bullets become siblings at this depth: nobody's topic tree is deeper. */
const MAX_DEPTH = 8;
