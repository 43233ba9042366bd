import { hash } from 'node:crypto';

/** SHA-256, 32 bytes. */
export function checksum(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

export function matches(bytes: Uint8Array, sha256: Uint8Array): boolean {
  return Buffer.compare(checksum(bytes), sha256) === 0;
}
