export interface Redeemed {
  /** The sentence to show. */
  text: string;
  /** False when the same link may still work later. */
  settled: boolean;
}

/**
 * Exchanges the token in the address's fragment, which no server log ever sees, for the organizer's role of this device.
 */
export async function redeemLink(location: Pick<Location, 'hash'>, send: typeof fetch): Promise<Redeemed> {
  const token = location.hash.slice(1);
  if (token === '')
    return {
      text: 'This address is only half of the link. Open the whole one, as the server printed it.',
      settled: true,
    };
  const again = 'The link still works: reload this page to try again.';
  let response: Response;
  try {
    response = await send('/api/organizer', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
  } catch {
    return { text: `The server cannot be reached. ${again}`, settled: false };
  }
  if (response.ok) return { text: 'This device is an organizer’s now.', settled: true };
  if (response.status === 403)
    return {
      text: 'This link was used before or replaced by a newer one. Ask the operator for a new one.',
      settled: true,
    };
  return { text: `The server could not take the link just now. ${again}`, settled: false };
}
