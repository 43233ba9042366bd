/**
 * Every message on `/sync/<noteId>`, in one union. Types 0, 1 and 3 are the y-websocket protocol (y-protocols PROTOCOL.md);
 * 100 to 102 exist only on subprotocol `plumbline.v1`. One message per WebSocket frame.
 */
export const SUBPROTOCOL = 'plumbline.v1';

export type Message =
  /** "This is what I have": an encoded state vector. */
  | { kind: 'sync-step-1'; stateVector: Uint8Array }
  /** Answer to step 1: the missing update. */
  | { kind: 'sync-step-2'; update: Uint8Array }
  | { kind: 'update'; update: Uint8Array }
  | { kind: 'awareness'; entries: AwarenessEntry[] }
  | { kind: 'query-awareness' }
  /** Server to client: the first `count` sync-step-2 and update frames of this connection are on disk. */
  | { kind: 'ack'; count: number }
  /** Server to client: facts of the session (title, materials, time) changed; ask for them again. */
  | { kind: 'facts-changed' }
  /** Server to client: who is in the room, at most once a second. */
  | { kind: 'here'; here: Here };

/** One peer's presence; `state` is JSON text, `null` (the four letters) when the peer left. */
export interface AwarenessEntry {
  clientId: number;
  clock: number;
  state: string;
}

export interface Here {
  /** People in the room, each counted once however many tabs. */
  count: number;
  /** At most `HERE_NAMES`, writers first. */
  people: HerePerson[];
}
export interface HerePerson {
  id: string;
  name: string;
  colour: string;
  /** Has the caret in the note: what they do with it, nobody is told. */
  writing: boolean;
}

export const HERE_NAMES = 60;
