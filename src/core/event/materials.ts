import type { MaterialKind } from './model.ts';
import { type Checked, refuse } from './checked.ts';
import { collapse, hasUnwanted, isVisible, lengthOf } from './plain-line.ts';

export const MATERIAL_KINDS: readonly MaterialKind[] = ['slides', 'recording', 'patches', 'link'];
export const MATERIAL_TITLE_LIMIT = 200;
export const MATERIAL_URL_LIMIT = 2000;
/** More than any session has had; keeps one room's list a list. */
export const MATERIALS_LIMIT = 100;

export interface MaterialInput {
  kind: MaterialKind;
  title: string;
  url: string;
}

/** Checks what somebody typed; the address comes back as the URL parser writes it. Fields: `kind`, `title`, `url`. */
export function checkMaterial(input: { kind: string; title: string; url: string }): Checked<MaterialInput> {
  const kind = MATERIAL_KINDS.find((known) => known === input.kind);
  if (kind === undefined) return refuse('kind', `The kind must be one of ${MATERIAL_KINDS.join(', ')}.`);
  const title = checkTitle(input.title);
  if (!title.ok) return title;
  const url = checkUrl(input.url);
  if (!url.ok) return url;
  return { ok: true, value: { kind, title: title.value, url: url.value } };
}

function checkTitle(text: string): Checked<string> {
  const title = collapse(text);
  if (!isVisible(title)) return refuse('title', 'A title is needed, for example “Slides”.');
  if (hasUnwanted(title))
    return refuse('title', 'The title holds invisible or direction-changing characters. Type it anew.');
  if (lengthOf(title) > MATERIAL_TITLE_LIMIT)
    return refuse('title', `The title is too long: at most ${MATERIAL_TITLE_LIMIT} characters.`);
  return { ok: true, value: title };
}

function checkUrl(text: string): Checked<string> {
  const url = parse(text.trim());
  if (url === null || url.protocol !== 'https:')
    return refuse('url', 'The address must be a whole one that starts with https://, for example https://lpc.events/.');
  if (url.username !== '' || url.password !== '')
    return refuse('url', 'The address holds a name or password. Leave out what stands before the @.');
  if (text.trim().length > MATERIAL_URL_LIMIT || url.href.length > MATERIAL_URL_LIMIT)
    return refuse('url', `The address is too long: at most ${MATERIAL_URL_LIMIT} characters.`);
  return { ok: true, value: url.href };
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** The list with the item of this id at `toIndex` (clamped to the list); the same items when there is none. */
export function moveItem<T extends { id: string }>(items: readonly T[], id: string, toIndex: number): T[] {
  const item = items.find((one) => one.id === id);
  if (item === undefined) return [...items];
  return insertItem(
    items.filter((one) => one !== item),
    item,
    toIndex,
  );
}

/** The list with `item` at `index`, clamped to the list. */
export function insertItem<T>(items: readonly T[], item: T, index: number): T[] {
  return items.toSpliced(Math.max(0, Math.min(items.length, Math.trunc(index))), 0, item);
}
