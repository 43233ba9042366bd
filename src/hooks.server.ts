import type { Handle, HandleServerError, RequestEvent, ResolveOptions } from '@sveltejs/kit';
import { DEVICE_COOKIE_SECONDS, deviceCookieName, isDeviceSecret } from '#core/identity/device.ts';
import { compressed } from '#lib/http/compressed.ts';
import { withSecurityHeaders } from '#lib/http/headers.ts';
import { problemOf, problemResponse } from '#lib/http/problem.ts';
import { seenBy } from '#lib/http/seen-by.ts';
import { type Theme, themeIn, withTheme } from '#lib/ui/theme.ts';
import { useServices } from '#server/context.ts';
import type { Services } from '#server/context.ts';

/** These answer while the store is gone: no cookie, no look-up. */
const HEALTH = new Set(['/healthz', '/readyz', '/metrics']);

export const handle: Handle = async ({ event, resolve }) => {
  const services = useServices();
  event.locals.services = services;
  const https = isHttps(event);
  if (HEALTH.has(event.url.pathname)) return withSecurityHeaders(await resolve(event), https);
  const turned = foreignWrite(event) ?? (await identify(event, services)) ?? tooOften(event, services);
  if (turned) return withSecurityHeaders(turned, https);
  event.locals.services = seenBy(event.locals.actor, services);
  const response = await resolve(event, scriptsLast(themeIn(event.request.headers.get('cookie') ?? '')));
  return compressed(event.request, withSecurityHeaders(isApi(event) ? await asProblem(response) : response, https));
};

export const handleError: HandleServerError = ({ error, event, status, message }) => {
  if (status < 500) return { message };
  const id = useServices().report(error, `${event.request.method} ${event.route.id ?? 'unknown'}`);
  return { message: 'Something broke on our side.', id };
};

/**
 * What a page's text needs is asked for first: style, and the letters of nearly all text, so that it need not be laid out a second
 * time when they come. The scripts are named too, so that none is found late, but must not take the line from the text.
 * The reader's theme stands in the page itself: nothing flashes, and no script is needed for it.
 */
function scriptsLast(theme: Theme): ResolveOptions {
  const scripts: string[] = [];
  return {
    preload({ type, path }) {
      if (type === 'js') scripts.push(path);
      return type === 'css' || path.includes('ibm-plex-sans-latin-wght');
    },
    transformPageChunk({ html }) {
      const links = scripts.splice(0).map((path) => `<link rel="modulepreload" fetchpriority="low" href="${path}">`);
      const page = withTheme(html, theme);
      return links.length ? page.replace('</head>', () => `${links.join('')}</head>`) : page;
    },
  };
}

/**
 * SvelteKit checks the Origin of form posts; this does it for the JSON of the API. Browsers send Origin with every write, so a
 * cookie without one did not come from our pages.
 */
function foreignWrite(event: RequestEvent): Response | null {
  if (!isApi(event) || !isWrite(event)) return null;
  const origin = event.request.headers.get('origin');
  if (origin === event.url.origin || (origin === null && readSecret(event) === null)) return null;
  return problemResponse({ status: 403, title: 'Writes are only taken from pages of this server.' });
}

/** Sets `locals.actor`. A person's browser gets its device cookie here; machines that only read get none. */
async function identify(event: RequestEvent, services: Services): Promise<Response | null> {
  const { identity } = services;
  const person = isWrite(event) || (!isApi(event) && !isFile(event));
  const deviceSecret = readSecret(event) ?? (person ? identity.newDeviceSecret() : null);
  const loopback = event.request.headers.get('x-plumbline-loopback') === 'yes';
  try {
    event.locals.actor = await identity.actorOf({ deviceSecret, loopback });
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    return problemResponse({ ...problem, id: services.report(error, 'identify') }, { 'retry-after': '5' });
  }
  // Sent again with every page, so that a device in use never forgets its name.
  if (deviceSecret !== null && person && !event.isDataRequest) setCookie(event, deviceSecret);
  return null;
}

/** Every change by page or API is counted here, so that no way in is without a limit. */
function tooOften(event: RequestEvent, services: Services): Response | null {
  if (!isWrite(event)) return null;
  try {
    services.admitWrite(event.locals.actor);
    return null;
  } catch (error) {
    const problem = problemOf(error);
    if (!problem) throw error;
    return problemResponse(problem, { 'retry-after': '5' });
  }
}

function readSecret(event: RequestEvent): string | null {
  const value = event.cookies.get(deviceCookieName(isHttps(event)));
  return value !== undefined && isDeviceSecret(value) ? value : null;
}

function setCookie(event: RequestEvent, secret: string): void {
  const secure = isHttps(event);
  event.cookies.set(deviceCookieName(secure), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure,
    maxAge: DEVICE_COOKIE_SECONDS,
  });
}

/** What SvelteKit answers by itself (405, 413) in the form the API promises. */
async function asProblem(response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? '';
  if (response.status < 400 || type.startsWith('application/problem+json')) return response;
  const allow = response.headers.get('allow');
  const title = (await response.text()) || 'This address cannot do that.';
  return problemResponse({ status: response.status, title }, allow === null ? {} : { allow });
}

function isApi(event: RequestEvent): boolean {
  return event.url.pathname === '/api' || event.url.pathname.startsWith('/api/');
}

/** Text forms and images: read by machines and by pages that have their cookie, and images are kept for good. */
function isFile(event: RequestEvent): boolean {
  return 'format' in event.params || 'file' in event.params;
}

function isWrite(event: RequestEvent): boolean {
  return event.request.method !== 'GET' && event.request.method !== 'HEAD';
}

function isHttps(event: RequestEvent): boolean {
  return event.url.protocol === 'https:';
}
