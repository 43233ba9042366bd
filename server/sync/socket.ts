import type { Close } from '#core/wire/closes.ts';

/**
 * Messages that travel together in one write. Built once and shared by all who get them; the transport keeps its own framed
 * form in `wire`.
 */
export class Packet {
  readonly messages: readonly Uint8Array[];
  /** The transport's bytes for all messages, made at the first send. */
  wire: Uint8Array | null = null;

  constructor(messages: readonly Uint8Array[]) {
    this.messages = messages;
  }
}

/** All the engine knows of a connection. */
export interface PeerSocket {
  /** Sends packets in order. Never throws; after close it does nothing. */
  send(packet: Packet, second?: Packet): void;
  close(close: Close): void;
  /** Stops and restarts reading from the peer: back-pressure for one who sends too much. */
  pause(): void;
  resume(): void;
  /** Bytes accepted by `send` that the network has not taken yet. */
  readonly queuedBytes: number;
}
