import { open } from 'node:fs/promises';
import { tooLong, WRONG_TYPE } from '#core/note/image-uploads.ts';
import { InputError, RefusedError } from '../errors.ts';
import { declaredFormat, foundFormat, MAGIC_BYTES } from './formats.ts';
import type { ImageFormat } from './formats.ts';
import { IMAGE_LIMITS } from './limits.ts';

/**
 * Writes an upload to `path` as it comes, without holding it in memory. Returns the format that both its declared type and its
 * first bytes say. Throws InputError on `image`, and RefusedError 413 as soon as it is too long.
 */
export async function takeIn(path: string, type: string, body: AsyncIterable<Uint8Array> | null): Promise<ImageFormat> {
  const declared = declaredFormat(type);
  if (declared === null) throw new InputError('image', WRONG_TYPE);
  const start = new Uint8Array(MAGIC_BYTES);
  let length = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of whole(body)) {
      if (length < MAGIC_BYTES) start.set(chunk.subarray(0, MAGIC_BYTES - length), length);
      length += chunk.length;
      if (length > IMAGE_LIMITS.bytes) throw new RefusedError(413, tooLong(null));
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
  if (length === 0) throw new InputError('image', 'The image is empty. Choose the file again.');
  if (foundFormat(start) !== declared)
    throw new InputError(
      'image',
      `The file is not what it says: its type is ${declared.toUpperCase()}, its content is not. Save it anew as PNG and try again.`,
    );
  return declared;
}

/** A connection that broke off is the client's to mend. */
async function* whole(body: AsyncIterable<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  try {
    if (body !== null) yield* body;
  } catch {
    throw new InputError('image', 'The image did not arrive whole. Try again.');
  }
}
