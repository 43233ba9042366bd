import type { Close } from '#core/wire/closes.ts';
import type { Actor } from '../identity/actor.ts';

/** The door's answer to an upgrade on `/sync/<noteId>`, given before the WebSocket handshake. */
export type Decision = Admission | Refusal | Turned;

/** Come in: everything a room must know about a peer, from the server's own knowledge. */
export interface Admission {
  kind: 'admit';
  noteId: string;
  actor: Actor;
  /** The name others see, for example `Ada (guest)`; `unnamed` when none was given. */
  shownName: string;
  canWrite: boolean;
  /** Subprotocol `plumbline.v1` was offered: this peer understands acks. */
  acks: boolean;
  /** `?schema=` of our own client; null for stock clients, which do not say. */
  schema: number | null;
}

/** No handshake: an HTTP answer. `reason` is one plain sentence, the body of the answer. */
export interface Refusal {
  kind: 'refuse';
  status: number;
  headers: Record<string, string>;
  reason: string;
}

/**
 * Handshake, then this close and nothing else. Browsers hide the status of a refused upgrade from scripts, so what the client
 * must understand (this note is not here, it lives on under another id) is said by close code.
 */
export interface Turned {
  kind: 'close';
  close: Close;
}
