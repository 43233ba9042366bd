import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerOptions, ServerResponse } from 'node:http';
import { IMAGE_BYTES, tooLong } from '#core/note/image-uploads.ts';
import type { Config } from '../config.ts';
import { readAsked } from './asked.ts';
import { sayLast } from './last-words.ts';

/**
 * Private header names: what the server itself found out about a request, handed to SvelteKit, whose own reading of Host and
 * X-Forwarded-* would believe the client. They are removed from every request before they are set.
 */
export const FRONT_HEADERS = {
  protocol: 'x-plumbline-protocol',
  host: 'x-plumbline-host',
  /** `yes` when RequestFacts.loopback holds. */
  loopback: 'x-plumbline-loopback',
} as const;

/** Largest request body in bytes: forms and small JSON. Images have a limit of their own (core/note/image-uploads.ts). */
const BODY_LIMIT = 256 * 1024;
/** A programme: what the importer reads at most, sent as a form (server/programme/read-programme.ts). */
const PROGRAMME_LIMIT = 9_000_000;
const PROGRAMMES = /^\/(?:new|[^/]+\/settings\/import)$/;
const IMAGES = /^\/api\/events\/[^/]+\/sessions\/[^/]+\/images$/;

/** Slow or huge requests are cut off before they cost more than a socket. */
export const SERVER_OPTIONS: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  // An image of 15 MB from a hall's network: 1 Mbit/s.
  requestTimeout: 120_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 2_000,
  requireHostHeader: true,
};

/** Node's listener before SvelteKit's: turns away what must not reach it and marks the rest. */
export function front(config: Pick<Config, 'host' | 'origin'>, next: RequestListener): RequestListener {
  return (request, response) => {
    const refused = mark(request, config);
    if (refused) return answer(request, response, refused);
    const tooMuch = bodyRefusal(request);
    if (tooMuch) return answer(request, response, tooMuch);
    // Files are served before any hook runs; routes set these again with the rest (src/lib/http/headers.ts).
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('referrer-policy', 'no-referrer');
    next(request, response);
  };
}

/** What is too long is refused before any of it is read. Only an image may come without saying how long it is: it is counted. */
function bodyRefusal({ method, url, headers }: IncomingMessage): Refused | null {
  const length = Number(headers['content-length'] ?? 0);
  const path = (url ?? '').replace(/\?.*/s, '');
  if (method === 'POST' && IMAGES.test(path))
    return length > IMAGE_BYTES ? { status: 413, reason: tooLong(length) } : null;
  if (headers['transfer-encoding'] !== undefined)
    return { status: 411, reason: 'Say how long the body is: Content-Length is missing.' };
  const limit = method === 'POST' && PROGRAMMES.test(path) ? PROGRAMME_LIMIT : BODY_LIMIT;
  return length > limit ? { status: 413, reason: `A request body may have ${limit} bytes at most.` } : null;
}

/** Writes the private headers; returns what to answer instead when the request is not for us. */
export function mark(
  request: Pick<IncomingMessage, 'headers'>,
  config: Pick<Config, 'host' | 'origin'>,
): Refused | null {
  const headers: IncomingHttpHeaders = request.headers;
  for (const name of Object.keys(headers)) if (name.startsWith('x-plumbline-')) delete headers[name];
  const asked = readAsked(headers, config);
  if ('status' in asked) return asked;
  const { protocol, host } = new URL(asked.origin);
  headers[FRONT_HEADERS.protocol] = protocol.slice(0, -1);
  headers[FRONT_HEADERS.host] = host;
  headers[FRONT_HEADERS.loopback] = asked.loopback ? 'yes' : 'no';
  return null;
}

interface Refused {
  status: number;
  reason: string;
}

function answer(request: IncomingMessage, response: ServerResponse, { status, reason }: Refused): void {
  const body = JSON.stringify({ type: 'about:blank', status, title: reason });
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'",
    // Nobody wants the body of a refused request; the connection is not used again.
    connection: 'close',
  });
  sayLast(request, response, body);
}
