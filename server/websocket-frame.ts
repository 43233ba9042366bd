/** A server's binary message as one unmasked, unfragmented, uncompressed WebSocket frame (RFC 6455, 5.2). */
export function frame(message: Uint8Array): Uint8Array {
  const { length } = message;
  const extra = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const bytes = Buffer.allocUnsafe(2 + extra + length);
  bytes[0] = 0x82;
  if (extra === 0) bytes[1] = length;
  else if (extra === 2) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeUInt32BE(Math.floor(length / 2 ** 32), 2);
    bytes.writeUInt32BE(length >>> 0, 6);
  }
  bytes.set(message, 2 + extra);
  return bytes;
}

/** What a client's message of this length takes on the wire in one frame: each of its frames has a mask. */
export function maskedBytes(length: number): number {
  return length + (length < 126 ? 6 : length < 65_536 ? 8 : 14);
}

/** An empty ping. */
export const PING: Uint8Array = Buffer.from([0x89, 0x00]);
