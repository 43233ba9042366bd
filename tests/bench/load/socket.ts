import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A frame is handed over as a view of a shared buffer: copy what must outlive the call. */
export type OnFrame = (frame: Uint8Array, at: number) => void;

const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;
const LONGEST_HEAD = 10;

/** One read buffer serves every socket: Node fills it and calls back before the next read. */
const readBuffer = Buffer.allocUnsafeSlow(1 << 20);

/** The bytes of a frame, safe to hold on to: copied only when they lie in the shared buffer. */
export function keep(frame: Uint8Array): Uint8Array {
  // Not slice(): that of a Buffer is a view.
  return frame.buffer === readBuffer.buffer ? new Uint8Array(frame) : frame;
}

/**
 * A WebSocket client that costs the generator next to nothing: frames are sliced out of one shared read buffer, and with
 * `onFrame` unset they are counted without being looked at. It answers pings, masks what it sends and offers no compression,
 * as a browser's socket would look to a server that does not compress.
 */
export class BenchSocket {
  /** Bytes on the wire after the handshake, WebSocket heads included. */
  bytesIn = 0;
  framesIn = 0;
  /** How often the kernel had something for this socket: about the number of writes the server made to it. */
  readsIn = 0;
  closed = false;
  /** Code of the close frame the server sent; 1006 when there was none. */
  closeCode = 1006;
  closeReason = '';
  onFrame: OnFrame | null = null;
  onClose: (() => void) | null = null;
  readonly opened: Promise<void>;

  private readonly tcp: Socket;
  private readonly mask = randomBytes(4);
  private handshake: string | null = '';
  private readonly head = Buffer.alloc(LONGEST_HEAD);
  private headFill = 0;
  private opcode = 0;
  private final = true;
  /** Payload bytes of the current frame that are still to come. */
  private missing = 0;
  private partial: Buffer | null = null;
  private readonly fragments: Buffer[] = [];

  constructor(port: number, path: string, subprotocol: string | null, localAddress?: string) {
    let settle: { resolve(): void; reject(error: Error): void };
    this.opened = new Promise((resolve, reject) => (settle = { resolve, reject }));
    this.tcp = connect({
      host: '127.0.0.1',
      port,
      localAddress,
      noDelay: true,
      onread: {
        buffer: readBuffer,
        callback: (count) => {
          const at = performance.now();
          if (this.handshake === null) this.read(0, count, at);
          else this.readHandshake(count, at, settle);
          return true;
        },
      },
    });
    this.tcp.on('connect', () => this.tcp.write(handshake(port, path, subprotocol)));
    this.tcp.on('error', (error) => settle.reject(error));
    this.tcp.on('close', () => {
      this.closed = true;
      settle.reject(new Error(`The server closed ${path} before the handshake ended.`));
      this.onClose?.();
    });
  }

  send(payload: Uint8Array): void {
    this.sendFrame(BINARY, payload);
  }

  /** Ends the connection without the closing handshake, as a lost network does. */
  destroy(): void {
    this.onClose = null;
    this.onFrame = null;
    this.tcp.destroy();
  }

  private sendFrame(opcode: number, payload: Uint8Array): void {
    if (this.closed) return;
    const wide = payload.length > 0xffff ? 8 : payload.length > 125 ? 2 : 0;
    const frame = Buffer.allocUnsafe(6 + wide + payload.length);
    frame[0] = 0x80 | opcode;
    frame[1] = 0x80 | (wide === 8 ? 127 : wide === 2 ? 126 : payload.length);
    if (wide === 8) frame.writeBigUInt64BE(BigInt(payload.length), 2);
    if (wide === 2) frame.writeUInt16BE(payload.length, 2);
    this.mask.copy(frame, 2 + wide);
    const start = 6 + wide;
    for (let index = 0; index < payload.length; index++)
      frame[start + index] = (payload[index] ?? 0) ^ (this.mask[index & 3] ?? 0);
    this.tcp.write(frame);
  }

  private readHandshake(count: number, at: number, settle: { resolve(): void; reject(error: Error): void }): void {
    const before = this.handshake?.length ?? 0;
    const text = (this.handshake ?? '') + readBuffer.toString('latin1', 0, count);
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) {
      this.handshake = text;
      return;
    }
    if (!/^HTTP\/1\.1 101 /.test(text)) {
      settle.reject(new Error(`The server refused the upgrade: ${text.slice(0, text.indexOf('\r\n'))}`));
      this.tcp.destroy();
      return;
    }
    this.handshake = null;
    settle.resolve();
    this.read(end + 4 - before, count, at);
  }

  private read(from: number, to: number, at: number): void {
    this.bytesIn += to - from;
    this.readsIn++;
    let index = from;
    while (index < to) {
      if (this.missing > 0) {
        index = this.readPayload(index, to, at);
        continue;
      }
      const before = this.headFill;
      const copied = readBuffer.copy(this.head, before, index, Math.min(to, index + LONGEST_HEAD - before));
      this.headFill = before + copied;
      const size = this.readHead();
      if (size === 0) return;
      this.headFill = 0;
      index += size - before;
      if (this.missing === 0) this.finish(readBuffer.subarray(index, index), at);
    }
  }

  /** Reads the head gathered so far. Returns its size, 0 when more bytes are needed. */
  private readHead(): number {
    if (this.headFill < 2) return 0;
    const short = (this.head[1] ?? 0) & 0x7f;
    const size = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (this.headFill < size) return 0;
    const first = this.head[0] ?? 0;
    this.final = (first & 0x80) !== 0;
    this.opcode = first & 0x0f;
    this.missing =
      short === 127 ? Number(this.head.readBigUInt64BE(2)) : short === 126 ? this.head.readUInt16BE(2) : short;
    return size;
  }

  private readPayload(from: number, to: number, at: number): number {
    const end = Math.min(to, from + this.missing);
    const whole = this.partial === null && end - from === this.missing;
    if (whole) {
      this.missing = 0;
      this.finish(readBuffer.subarray(from, end), at);
      return end;
    }
    if (this.onFrame || this.opcode >= CLOSE) {
      this.partial ??= Buffer.allocUnsafe(this.missing);
      readBuffer.copy(this.partial, this.partial.length - this.missing, from, end);
    }
    this.missing -= end - from;
    if (this.missing === 0) {
      const payload = this.partial ?? readBuffer.subarray(0, 0);
      this.partial = null;
      this.finish(payload, at);
    }
    return end;
  }

  private finish(payload: Buffer, at: number): void {
    if (this.opcode === PING) return this.sendFrame(PONG, payload);
    if (this.opcode === CLOSE) {
      if (payload.length >= 2) this.closeCode = payload.readUInt16BE(0);
      this.closeReason = payload.toString('utf8', 2);
      this.tcp.end();
      return;
    }
    if (this.opcode === PONG) return;
    if (!this.final || this.fragments.length > 0) {
      if (this.onFrame) this.fragments.push(Buffer.from(payload));
      if (!this.final) return;
      const joined = Buffer.concat(this.fragments.splice(0));
      this.framesIn++;
      this.onFrame?.(joined, at);
      return;
    }
    this.framesIn++;
    this.onFrame?.(payload, at);
  }
}

function handshake(port: number, path: string, subprotocol: string | null): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  ];
  if (subprotocol) lines.push(`Sec-WebSocket-Protocol: ${subprotocol}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
