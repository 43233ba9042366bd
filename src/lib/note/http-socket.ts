import { bundle, unbundle } from '#core/wire/bundle.ts';
import type { Clock, LinkSocket } from './platform.ts';

/** Bytes that go out in one request, more or less. */
const BODY_BYTES = 200_000;
/** Tries of one request before the link counts as lost, and the pause before the second, milliseconds; then it doubles. */
const TRIES = 4;
const PAUSE_MS = 250;
/** What a proxy says when it gave up waiting: the same is asked again. */
const TRY_AGAIN = new Set([408, 425, 429, 500, 502, 503, 504]);
/** The code of a connection that broke without a word. */
const BROKEN = 1006;

export interface HttpSocketParts {
  clock: Pick<Clock, 'after'>;
  fetch: typeof fetch;
}

/**
 * The way to a note for those whose network lets no WebSocket through (HT): questions that the server holds until it has frames, and
 * requests that bring ours. Both ways are numbered, so what was lost is asked for or sent again and nothing comes twice.
 */
export class HttpSocket implements LinkSocket {
  binaryType = 'arraybuffer';
  onopen: LinkSocket['onopen'] = null;
  onmessage: LinkSocket['onmessage'] = null;
  onclose: LinkSocket['onclose'] = null;
  onerror: LinkSocket['onerror'] = null;
  readonly #parts: HttpSocketParts;
  readonly #over = new AbortController();
  /** Of the link, once there is one. */
  #address = '';
  #heard = 0;
  #sent = 0;
  #queue: Uint8Array[] = [];
  #sending = false;

  /** @param url of the note, as for a WebSocket */
  constructor(url: string, parts: HttpSocketParts) {
    this.#parts = parts;
    void this.#run(url.replace(/^ws/, 'http'));
  }

  send(frame: Uint8Array<ArrayBuffer>): void {
    this.#queue.push(frame);
    if (!this.#sending) void this.#sendAll();
  }

  close(): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    // The page may be on its way out.
    if (this.#address) this.#parts.fetch(this.#address, { method: 'POST', keepalive: true }).catch(() => undefined);
  }

  async #run(url: string): Promise<void> {
    try {
      const opened = await this.#post(url);
      const { link, close } = (await opened.json()) as { link?: string; close?: Close };
      if (link === undefined) return this.#ended(close);
      const address = new URL(url);
      address.pathname += `/${link}`;
      address.search = '';
      this.#address = address.href;
      this.onopen?.(undefined as never);
      while (!this.#over.signal.aborted) await this.#ask();
    } catch {
      this.#ended();
    }
  }

  async #ask(): Promise<void> {
    const answer = await this.#trying(() => this.#post(`${this.#address}?from=${this.#heard}`));
    if (answer.status === 410) return this.#ended(((await answer.json()) as { close: Close }).close);
    for (const frame of unbundle(new Uint8Array(await answer.arrayBuffer()))) {
      if (this.#over.signal.aborted) return;
      this.#heard++;
      this.onmessage?.({ data: frame.slice().buffer });
    }
  }

  async #sendAll(): Promise<void> {
    this.#sending = true;
    try {
      while (this.#queue.length > 0 && !this.#over.signal.aborted) {
        const frames = this.#batch();
        const address = `${this.#address}?first=${this.#sent}`;
        const answer = await this.#trying(() => this.#post(address, bundle(frames)));
        // Why it was closed is said to the question.
        if (answer.status === 410) return;
        this.#sent += frames.length;
        this.#queue.splice(0, frames.length);
      }
    } catch {
      this.#ended();
    } finally {
      this.#sending = false;
    }
  }

  #batch(): Uint8Array[] {
    let bytes = 0;
    const end = this.#queue.findIndex((frame) => (bytes += frame.length) > BODY_BYTES);
    return this.#queue.slice(0, end === -1 ? undefined : Math.max(1, end));
  }

  #post(address: string, body?: Uint8Array<ArrayBuffer>): Promise<Response> {
    const headers = { 'content-type': 'application/octet-stream' };
    const { signal } = this.#over;
    return this.#parts.fetch(address, { method: 'POST', cache: 'no-store', signal, headers, ...(body && { body }) });
  }

  /** Asks again what got lost. Throws when that does not help. */
  async #trying(ask: () => Promise<Response>): Promise<Response> {
    for (let tried = 1; ; tried++) {
      const answer = await ask().catch((error: unknown) => {
        if (tried === TRIES || this.#over.signal.aborted) throw error;
        return null;
      });
      if (answer && (answer.ok || answer.status === 410)) return answer;
      if (answer && (tried === TRIES || !TRY_AGAIN.has(answer.status))) throw new Error(`HTTP ${answer.status}`);
      await new Promise<void>((resume) => this.#parts.clock.after(PAUSE_MS * 2 ** (tried - 1), resume));
    }
  }

  #ended({ code, reason }: Close = { code: BROKEN, reason: '' }): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort();
    this.onclose?.({ code, reason });
  }
}

interface Close {
  code: number;
  reason: string;
}
