import { imageFile } from '#core/note/images.ts';

/** What became of an upload: the name of the file to put into the note, or one sentence on why there is none. */
export type Uploaded = { ok: true; file: string } | { ok: false; message: string };

export interface Upload {
  /** Never rejects; null when it was cancelled. */
  done: Promise<Uploaded | null>;
  cancel(): void;
}

const NO_CONNECTION = 'Images need the connection. Your text is kept; try again when you are back online.';

/** Sends an image to `address`. `progress` hears which part of it has gone, 0 to 1. */
export function uploadImage(address: string, file: File, progress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Uploaded | null>((resolve) => {
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => resolve({ ok: false, message: NO_CONNECTION });
    request.onabort = () => resolve(null);
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
  });
  request.open('POST', address);
  request.setRequestHeader('Content-Type', file.type);
  request.send(file);
  return { done, cancel: () => request.abort() };
}

function answerOf({ status, responseText }: XMLHttpRequest): Uploaded {
  const { file, title } = fields(responseText);
  if (status === 201 && imageFile(file)) return { ok: true, file: String(file) };
  return { ok: false, message: typeof title === 'string' ? title : 'The server refused the image. Try again.' };
}

function fields(text: string): Record<string, unknown> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
