/**
 * The device cookie. On https the `__Host-` prefix makes browsers refuse one that another host or a plain-http page set.
 * Its value is a secret of `SECRET_BYTES` random bytes in base64url.
 */
export function deviceCookieName(https: boolean): string {
  return https ? '__Host-plumbline-device' : 'plumbline-device';
}

/** 192 bits: more than the 128 that ID4 asks for, and no padding in base64url. */
export const SECRET_BYTES = 24;

/** 400 days, the longest any browser keeps a cookie. */
export const DEVICE_COOKIE_SECONDS = 400 * 24 * 60 * 60;

/** Anything else in the cookie was not made by this server and counts as no cookie. */
export function isDeviceSecret(text: string): boolean {
  return /^[A-Za-z0-9_-]{32}$/.test(text);
}

/** The device secret in a Cookie header; null when there is none. */
export function deviceSecretIn(cookieHeader: string | undefined | null, https: boolean): string | null {
  const name = deviceCookieName(https);
  for (const part of (cookieHeader ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals < 0 || part.slice(0, equals).trim() !== name) continue;
    const value = part.slice(equals + 1).trim();
    return isDeviceSecret(value) ? value : null;
  }
  return null;
}
