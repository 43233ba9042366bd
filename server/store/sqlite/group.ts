import type { Append } from '../log.ts';

/**
 * Appends that wait together, flat, as they travel to the writer: per append the noteId, the number of updates, per update
 * actor and length, the number of bindings, per binding clientID and actor. All payloads lie end to end in `bytes`.
 */
export interface Group {
  shape: (string | number)[];
  bytes: Uint8Array<ArrayBuffer>;
  /** Milliseconds since the epoch. */
  at: number;
}

export function packGroup(appends: readonly Append[], at: number): Group {
  let length = 0;
  for (const { updates } of appends) for (const { payload } of updates) length += payload.length;
  const bytes = new Uint8Array(length);
  const shape: (string | number)[] = [];
  let end = 0;
  for (const { noteId, updates, binds } of appends) {
    shape.push(noteId, updates.length);
    for (const { actor, payload } of updates) {
      shape.push(actor, payload.length);
      bytes.set(payload, end);
      end += payload.length;
    }
    shape.push(binds.length);
    for (const [clientId, actor] of binds) shape.push(clientId, actor);
  }
  return { shape, bytes, at };
}

/** The appends again; payloads are views into `bytes`. */
export function unpackGroup({ shape, bytes }: Group): Append[] {
  const appends: Append[] = [];
  let next = 0;
  let end = 0;
  while (next < shape.length) {
    const append: Append = { noteId: shape[next++] as string, updates: [], binds: [] };
    for (let left = shape[next++] as number; left > 0; left--) {
      const actor = shape[next++] as string;
      const start = end;
      end += shape[next++] as number;
      append.updates.push({ actor, payload: bytes.subarray(start, end) });
    }
    for (let left = shape[next++] as number; left > 0; left--)
      append.binds.push([shape[next++] as number, shape[next++] as string]);
    appends.push(append);
  }
  return appends;
}
