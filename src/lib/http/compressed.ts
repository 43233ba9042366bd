/** What is worth it: pages, text forms, data. Images and files come compressed, and what goes on while it is read must not wait. */
const WORTH = /^(text\/(?!event-stream)|application\/(json|problem\+json))/;
/** Below this it saves no packet. */
const SMALLEST = 1_000;

/**
 * The answer with gzip where the browser takes it. Built files are compressed once, when they are built; this is for what is made
 * for each request. No page holds a secret that lasts beside text that someone else could choose to guess it with.
 */
export function compressed(request: Request, response: Response): Response {
  const { headers, body } = response;
  headers.append('vary', 'Accept-Encoding');
  const length = headers.get('content-length');
  const small = length !== null && Number(length) < SMALLEST;
  if (!body || small || headers.has('content-encoding') || !WORTH.test(headers.get('content-type') ?? ''))
    return response;
  if (!takesGzip(request.headers.get('accept-encoding') ?? '')) return response;
  const packed = new Response(body.pipeThrough(new CompressionStream('gzip')), response);
  packed.headers.set('content-encoding', 'gzip');
  packed.headers.delete('content-length');
  // The bytes are others, what they say is the same.
  const etag = headers.get('etag');
  if (etag?.startsWith('"')) packed.headers.set('etag', `W/${etag}`);
  return packed;
}

function takesGzip(accepted: string): boolean {
  return accepted
    .split(',')
    .some((coding) => /^\s*(gzip|\*)\s*(;|$)/i.test(coding) && !/;\s*q=0(\.0*)?\s*$/i.test(coding));
}
