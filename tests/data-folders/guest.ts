import { createHash } from 'node:crypto';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as sync from 'y-protocols/sync';
import * as Y from 'yjs';
import { halves } from '../support/pictures.ts';
import type { Expected } from './expected.ts';

// What every version has spoken, written down here so that a change of ours cannot change it: the y-websocket protocol with
// acknowledgements, and the API.
const ACK = 100;
const KINDS = ['action', 'question', 'decision'] as const;

/** A person's browser at a server of an earlier version. */
export class Guest {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** As the store knows it. */
  get device(): string {
    return createHash('sha256')
      .update(this.#cookie.split('=')[1] ?? '')
      .digest('hex');
  }

  call(method: string, path: string, body?: object): Promise<unknown> {
    return this.#send(method, path, 'application/json', body === undefined ? null : JSON.stringify(body));
  }

  async image(path: string): Promise<unknown> {
    return this.#send('POST', path, 'image/png', new Uint8Array(await halves(8, 8).png().toBuffer()));
  }

  async open(noteId: string): Promise<Note> {
    const headers = { cookie: this.#cookie, origin: this.#url };
    const address = `${this.#url.replace('http', 'ws')}/sync/${noteId}`;
    const note = new Note(new WebSocket(address, ['plumbline.v1'], { headers }));
    await note.until(() => note.synced);
    return note;
  }

  async #send(method: string, path: string, type: string, body: BodyInit | null): Promise<unknown> {
    const headers = { cookie: this.#cookie, origin: this.#url, 'content-type': type };
    const answer = await fetch(this.#url + path, { method, headers, ...(body !== null && { body }) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    const [cookie] = answer.headers.getSetCookie();
    if (cookie !== undefined && method !== 'GET') this.#cookie = cookie.split(';')[0] ?? '';
    return text === '' ? null : JSON.parse(text);
  }
}

/** A note that is open: each change is a change of its own, and acknowledged before the next. */
export class Note {
  readonly #doc = new Y.Doc();
  readonly #socket: WebSocket;
  #sent = 0;
  #acked = 0;
  #wake: (() => void)[] = [];
  synced = false;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('open', () => this.#send((encoder) => sync.writeSyncStep1(encoder, this.#doc)));
    socket.on('message', (data: Buffer) => this.#hear(new Uint8Array(data)));
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#send((encoder) => sync.writeUpdate(encoder, update), true);
    });
  }

  paragraph(text: string): Promise<void> {
    return this.#add('paragraph', {}, new Y.XmlText(text));
  }

  bold(text: string): Promise<void> {
    const marked = new Y.XmlText();
    marked.insert(0, text, { bold: true });
    return this.#add('paragraph', {}, marked);
  }

  image(file: string): Promise<void> {
    return this.#add('image', { file });
  }

  /** One of each kind; resolves when all have their short ids. */
  async outcomes(texts: string[]): Promise<Expected['outcomes']> {
    const ids = texts.map((_text, index) =>
      String(index + 1)
        .repeat(26)
        .replaceAll('1', 'a'),
    );
    for (const [index, text] of texts.entries()) {
      const facts = { id: ids[index] ?? '', short: '', kind: KINDS[index] ?? 'action', state: 'open' };
      await this.#add(
        'outcome',
        { ...facts, owners: index === 0 ? 'Jörg Rødel' : '', due: '', more: '' },
        new Y.XmlText(text),
      );
    }
    const shorts = (): string[] => this.#outcomes().map((one) => one.getAttribute('short') ?? '');
    await this.until(() => shorts().length === texts.length && shorts().every((short) => short !== ''));
    return texts.map((text, index) => ({
      ...{ id: ids[index] ?? '', short: shorts()[index] ?? '', kind: KINDS[index] ?? 'action', text },
    }));
  }

  close(): void {
    this.#socket.close();
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((wake) => this.#wake.push(wake));
  }

  async #add(name: string, facts: Record<string, string>, text?: Y.XmlText): Promise<void> {
    const element = new Y.XmlElement(name);
    for (const [fact, value] of Object.entries(facts)) element.setAttribute(fact, value);
    if (text) element.insert(0, [text]);
    const note = this.#doc.getXmlFragment('note');
    note.insert(note.length, [element]);
    await this.until(() => this.#acked === this.#sent);
  }

  #outcomes(): Y.XmlElement[] {
    return this.#doc
      .getXmlFragment('note')
      .toArray()
      .filter((node): node is Y.XmlElement => node instanceof Y.XmlElement && node.nodeName === 'outcome');
  }

  #hear(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const kind = decoding.readVarUint(decoder);
    if (kind === ACK) this.#acked = decoding.readVarUint(decoder);
    if (kind === 0) {
      const answer = encoding.createEncoder();
      encoding.writeVarUint(answer, 0);
      const step = sync.readSyncMessage(decoder, answer, this.#doc, this);
      if (step === sync.messageYjsSyncStep1) this.#sendBytes(encoding.toUint8Array(answer), true);
      if (step === sync.messageYjsSyncStep2) this.synced = true;
    }
    for (const wake of this.#wake.splice(0)) wake();
  }

  #send(put: (encoder: encoding.Encoder) => void, counted = false): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    put(encoder);
    this.#sendBytes(encoding.toUint8Array(encoder), counted);
  }

  #sendBytes(bytes: Uint8Array, counted: boolean): void {
    if (counted) this.#sent++;
    this.#socket.send(bytes);
  }
}
