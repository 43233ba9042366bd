/**
 * Why the server closes a socket. 4400-4499 are final: a stock y-websocket client stops, so they are only for a client that
 * must not come back as it is. 1012 and 1013 ask for a new try with full jitter.
 */
export const CLOSES = {
  malformed: { code: 4400, reason: 'malformed-frame' },
  forbiddenMessage: { code: 4400, reason: 'message-not-for-clients' },
  foreignClientId: { code: 4400, reason: 'foreign-client-id' },
  badPresence: { code: 4400, reason: 'bad-presence' },
  tooLarge: { code: 4400, reason: 'too-large' },
  tooCostly: { code: 4400, reason: 'too-costly' },
  signIn: { code: 4401, reason: 'sign-in' },
  noAccess: { code: 4403, reason: 'no-access' },
  unknownNote: { code: 4404, reason: 'unknown-note' },
  oldEpoch: { code: 4409, reason: 'old-epoch' },
  oldSchema: { code: 4409, reason: 'old-schema' },
  restart: { code: 1012, reason: 'restart' },
  gap: { code: 1013, reason: 'gap-not-filled' },
  slowReader: { code: 1013, reason: 'slow-reader' },
  cannotStore: { code: 1013, reason: 'cannot-store' },
  full: { code: 1013, reason: 'full' },
} as const satisfies Record<string, { code: number; reason: string }>;

export type Close = (typeof CLOSES)[keyof typeof CLOSES];
