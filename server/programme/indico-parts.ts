import { cleanLine, lengthOf } from '#core/event/plain-line.ts';
import type { Break, MaterialKind } from '#core/event/model.ts';
import { MATERIAL_TITLE_LIMIT, MATERIAL_URL_LIMIT } from '#core/event/materials.ts';
import { instantOf, isDate, isTime, isZone, iso } from '#core/event/times.ts';
import type { Field } from './field.ts';
import { withoutAddresses } from './people.ts';
import type { ImportedMaterial } from './programme.ts';

/** `{date, time, tz}` as an instant; null when missing, as it is for what is not scheduled. */
export function readInstant(field: Field): string | null {
  if (field.missing) return null;
  const date = field.get('date').text();
  const time = field.get('time').text();
  const zone = readZone(field.get('tz'));
  if (!isDate(date)) return field.get('date').expected('a day such as “2023-11-15”');
  if (!isTime(time)) return field.get('time').expected('a time such as “10:00:00”');
  return instantOf(date, time, zone);
}

export function requiredInstant(field: Field): string {
  return readInstant(field) ?? field.expected('{date, time, tz}');
}

export function readZone(field: Field): string {
  const zone = field.text();
  return isZone(zone) ? zone : field.expected('the name of an IANA time zone such as “America/New_York”');
}

/** The number in `…/<name>/172/` of an address. */
export function numberInUrl(url: string, name: string): string | null {
  return new RegExp(`/${name}/(\\d{1,15})(?:/|$)`).exec(url)?.[1] ?? null;
}

/** A whole https or http address without credentials; null for everything else, scripts above all. */
export function readUrl(field: Field, host: string): string | null {
  const text = field.textIfAny().trim();
  if (text === '' || !URL.canParse(text, `https://${host}/`)) return null;
  const url = new URL(text, `https://${host}/`);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || url.username !== '' || url.password !== '' || url.href.length > MATERIAL_URL_LIMIT) return null;
  return url.href;
}

export function readRoom(field: Field): string | null {
  return field.get('room').line() ?? field.get('roomFullname').line();
}

export function readBreak(entry: Field): Break {
  return {
    title: withoutAddresses(entry.get('title').line() ?? 'Break'),
    start: requiredInstant(entry.get('startDate')),
    minutes: entry.get('duration').minutes() ?? entry.get('duration').expected('a length in minutes'),
  };
}

/** The attachments of a contribution's folders, protected ones left out: their addresses are of no use to readers. */
export function readFolders(folders: Field, host: string): ImportedMaterial[] {
  return folders.itemsIfAny().flatMap((folder) => readAttachments(folder.get('attachments'), host));
}

export function readAttachments(list: Field, host: string): ImportedMaterial[] {
  return list.itemsIfAny().flatMap((attachment) => readAttachment(attachment, host) ?? []);
}

function readAttachment(field: Field, host: string): ImportedMaterial | null {
  const id = field.get('id').number() ?? field.get('id').expected('the number of the attachment');
  const url = readUrl(field.get('link_url'), host) ?? readUrl(field.get('download_url'), host);
  if (url === null || field.get('is_protected').value === true) return null;
  const file = field.get('filename').line() ?? decodeURIComponentOr(new URL(url).pathname.split('/').at(-1) ?? '');
  const title = withoutAddresses(field.get('title').line() ?? cleanLine(file)) || host;
  const short =
    lengthOf(title) > MATERIAL_TITLE_LIMIT ? `${[...title].slice(0, MATERIAL_TITLE_LIMIT - 1).join('')}…` : title;
  const addedAt = readModified(field.get('modified_dt'));
  return { id: `import:${host}:${id}`, kind: kindOf(url, file), title: short, url, addedBy: host, addedAt };
}

function readModified(field: Field): string | null {
  if (field.missing) return null;
  const ms = Date.parse(field.text());
  return Number.isNaN(ms) ? field.expected('a time such as “2023-11-15T00:00:00+00:00”') : iso(ms);
}

function kindOf(url: string, file: string): MaterialKind {
  const host = new URL(url).hostname.replace(/^www\./, '');
  if (['youtube.com', 'm.youtube.com', 'youtu.be', 'vimeo.com', 'player.vimeo.com'].includes(host)) return 'recording';
  if (/\.(mp4|webm|mkv|mov|m4v|ogv)$/i.test(file)) return 'recording';
  return /\.(pdf|pptx?|odp|key)$/i.test(file) ? 'slides' : 'link';
}

function decodeURIComponentOr(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
