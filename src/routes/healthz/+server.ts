/** 200 while the process lives. */
export function GET(): Response {
  return new Response('alive\n', { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
