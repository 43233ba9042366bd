import type * as Y from 'yjs';

/** Where a note is, as a client is told. */
export interface Address {
  port: number;
  /** Of the WebSocket; empty folders are none. */
  path: string;
  note: string;
}

/** What a person has open: a client as its makers give it, and a caret in a paragraph of its own. */
export interface Client {
  readonly doc: Y.Doc;
  /** The server's text is here. */
  readonly open: boolean;
  /** How many of the tokens typed so far it was told are safe with the server; null where nothing ever tells. */
  readonly safe: number | null;
  /** One change. */
  type(token: string): void;
  /** As when its tab is closed. */
  close(): Promise<void>;
}

export type OpenClient = (address: Address) => Client;

/** Types at the end of a paragraph of one's own. `kit` is the copy of Yjs that `doc` is made with. */
export function pen(kit: Pick<typeof Y, 'XmlElement' | 'XmlText'>, doc: Y.Doc): (token: string) => void {
  let text: Y.XmlText | null = null;
  return (token) =>
    doc.transact(() => {
      text ??= paragraph(kit, doc);
      text.insert(text.length, token);
    });
}

function paragraph(kit: Pick<typeof Y, 'XmlElement' | 'XmlText'>, doc: Y.Doc): Y.XmlText {
  const text = new kit.XmlText();
  const element = new kit.XmlElement('paragraph');
  element.insert(0, [text]);
  textOf(doc).push([element]);
  return text;
}

export function textOf(doc: Y.Doc): Y.XmlFragment {
  return doc.getXmlFragment('note');
}
