import type { IncomingMessage, ServerResponse } from 'node:http';

/** What is read of a body that nobody wants, bytes: more than any that an honest client sends by mistake. Time is limited by the server. */
export const UNWANTED_BYTES = 32_000_000;

/**
 * Ends a refusal whose headers are written, and the connection with it. Whoever is still sending the body gets the answer at once, and
 * may go on to its end: a connection that is closed on bytes on their way is reset, and a proxy then says 502 in place of our words.
 */
export function sayLast(request: IncomingMessage, response: ServerResponse, words: string): void {
  if (request.complete || Number(request.headers['content-length'] ?? 0) > UNWANTED_BYTES)
    return void response.end(words);
  response.write(words);
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > UNWANTED_BYTES) response.end();
  });
  request.once('end', () => response.end());
}
