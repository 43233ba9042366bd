import { KEPT_AT, NEVER_OPENED } from './kept-page.ts';

/** The page that says that another one is not on this device. */
export const NOT_HERE = '/offline';
/** In it, the list of the pages that are. */
const ON_DEVICE = 'data-on-this-device';

/** A kept page says of itself when the server gave it, and whether it was opened in this browser. */
export async function asKept(kept: Response, opened: boolean): Promise<Response> {
  const at = new Date(kept.headers.get('date') ?? Number.NaN);
  const html = await kept.text();
  if (Number.isNaN(at.getTime())) return answer(html, kept, 200);
  const names = opened ? [KEPT_AT] : [KEPT_AT, NEVER_OPENED];
  const said = names.map((name) => `data-${name}="${at.toISOString()}" `).join('');
  return answer(
    html.replace('<html ', () => `<html ${said}`),
    kept,
    200,
  );
}

/** The page at any address, with a link to each page that is kept, under its own title. */
export async function listed(notHere: Response, kept: readonly [path: string, page: Response][]): Promise<Response> {
  const items = await Promise.all(kept.map(async ([path, page]) => item(path, await page.text())));
  // It was made for its own address.
  const html = (await notHere.text()).replaceAll(/(href|src)="\.?\.?\/(_app\/[^"]*|favicon[^"]*)"/g, '$1="/$2"');
  return answer(
    html.replace(new RegExp(`<ul[^>]* ${ON_DEVICE}[^>]*>`), (list) => list + items.join('')),
    notHere,
    503,
  );
}

/** Titles stand in the page as HTML already. */
function item(path: string, html: string): string {
  const title = /<title>([^<]*)<\/title>/.exec(html)?.[1]?.replace(/ · Plumbline$/, '') ?? '';
  const href = path.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<li><a class="link" href="${href}">${title || href}</a></li>`;
}

/** With the headers of the page, its policy among them, but those that were true of other bytes or another address. */
function answer(html: string, like: Response, status: number): Response {
  const headers = new Headers(like.headers);
  for (const name of ['content-encoding', 'content-length', 'etag', 'link']) headers.delete(name);
  return new Response(html, { status, headers });
}
