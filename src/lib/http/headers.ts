/**
 * The security headers of every answer that comes from a route (OWASP ASVS 5.0, 3.4). Pages bring the Content-Security-Policy
 * of svelte.config.js; everything else may load nothing. Never cached unless a route says otherwise: names and notes change.
 */
const ALWAYS: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  // Tells other sites nothing. Not `no-referrer`: under it browsers send `Origin: null` with the forms of pages without scripts.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const UNLESS_SET: Record<string, string> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

export function withSecurityHeaders(response: Response, https: boolean): Response {
  for (const [name, value] of Object.entries(ALWAYS)) response.headers.set(name, value);
  for (const [name, value] of Object.entries(UNLESS_SET))
    if (!response.headers.has(name)) response.headers.set(name, value);
  if (https) response.headers.set('strict-transport-security', 'max-age=31536000');
  return response;
}
