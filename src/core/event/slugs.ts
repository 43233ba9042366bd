/**
 * Words that stand for pages, endpoints and files at any level of an address, so no slug may be one of them. The only list:
 * routes that come later are put here before somebody's event takes the name.
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...[
    'api',
    'sync',
    'healthz',
    'readyz',
    'metrics',
    'static',
    'assets',
    'favicon',
    'robots',
    'manifest',
    'well-known',
    'app',
  ],
  ...[
    'outcomes',
    'people',
    'person',
    'topics',
    'topic',
    'files',
    'materials',
    'missing',
    'record',
    'records',
    'screen',
  ],
  ...[
    'search',
    'archive',
    'publish',
    'results',
    'minutes',
    'settings',
    'events',
    'event',
    'session',
    'sessions',
    'series',
    'feed',
    'calendar',
    'export',
  ],
  ...['import', 'print', 'slides', 'recording', 'review', 'history', 'notes', 'note', 'room', 'rooms', 'agenda', 'now'],
  ...[
    'organizer',
    'organizers',
    'admin',
    'dev',
    'o',
    'p',
    'name',
    'sign-in',
    'sign-out',
    'login',
    'logout',
    'auth',
    'invite',
  ],
  ...['about', 'help', 'new', 'edit', 'index', 'error', 'offline', 'null', 'undefined'],
]);

/** Long enough to be read, short enough for an address in a 72-column mail. */
export const SLUG_LIMIT = 60;

/** `[a-z0-9-]+` with single dashes inside, at most SLUG_LIMIT long and cut between words; `fallback` when no letter is left. */
export function slugify(title: string, fallback: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = trimDashes(
    plain
      .replace(/ß/g, 'ss')
      .replace(/ł/g, 'l')
      .replace(/ø/g, 'o')
      .replace(/[^a-z0-9]+/g, '-'),
  );
  return slug === '' ? fallback : cut(slug, SLUG_LIMIT);
}

/**
 * A slug for `title` that is neither reserved nor taken. When it is, `marks` are tried first, in order (`opening` becomes
 * `opening-1418`), so that what sets two things apart at their source does so here too; then numbers from 2.
 */
export function mintSlug(
  title: string,
  isTaken: (slug: string) => boolean,
  fallback: string,
  marks: string[] = [],
): string {
  const base = slugify(title, fallback);
  const isFree = (slug: string) => !RESERVED_NAMES.has(slug) && !isTaken(slug);
  if (isFree(base)) return base;
  for (const mark of marks) {
    const marked = `${cut(base, SLUG_LIMIT - mark.length - 1)}-${slugify(mark, 'x')}`;
    if (isFree(marked)) return marked;
  }
  for (let number = 2; ; number++) {
    const numbered = `${cut(base, SLUG_LIMIT - 8)}-${number}`;
    if (isFree(numbered)) return numbered;
  }
}

/** Shape only; a slug that exists is one the store knows. */
export function isSlug(text: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}

function cut(slug: string, limit: number): string {
  if (slug.length <= limit) return slug;
  const head = slug.slice(0, limit + 1);
  const dash = head.lastIndexOf('-');
  // One endless word is cut where it is; else the last whole word stays.
  return dash > limit / 2 ? head.slice(0, dash) : slug.slice(0, limit);
}

function trimDashes(text: string): string {
  return text.replace(/^-+|-+$/g, '');
}
