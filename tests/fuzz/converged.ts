import * as Y from 'yjs';
import { applyExactly } from '#core/note/apply.ts';
import { plainText } from '#core/note/outline.ts';
import { readNote } from '#core/note/read.ts';
import { renderHtml } from '#core/render/html.ts';
import { renderMarkdown } from '#core/render/markdown.ts';
import { renderText } from '#core/render/text.ts';
import type { UpdateLog } from '#server/store/log.ts';

const TOKEN = /⟨\d+\.\d+⟩/g;

export interface Converged {
  docs: readonly Y.Doc[];
  log: UpdateLog;
  noteId: string;
  /** Every row ever written. */
  rows: readonly Uint8Array[];
  /** What a newcomer is served by the running room. */
  served: Y.Doc;
  /** Tokens somebody deleted: two who undo the same deletion bring the text back twice, by design of Yjs. */
  deleted: ReadonlySet<string>;
}

/**
 * The oracle (I2, I4): all clients, a newcomer, a fresh load and the merge of all rows are one document, byte for byte in
 * state vector and delete set, equal as JSON and in every rendering, with nothing pending and no token twice.
 */
export async function checkConverged({ docs, log, noteId, rows, served, deleted }: Converged): Promise<void> {
  const loaded = await log.load(noteId);
  if (loaded === null || loaded === 'old-epoch') throw new Error('the note cannot be loaded');
  const fresh = fromUpdates(loaded.snapshot ? [loaded.snapshot, ...loaded.tail] : loaded.tail);
  const merged = fromUpdates([Y.mergeUpdates([...rows])]);
  const want = picture(fresh);
  const all: [string, Y.Doc][] = [
    ['all rows merged', merged],
    ['a newcomer', served],
    ...docs.map((doc, i): [string, Y.Doc] => [`client ${i}`, doc]),
  ];
  for (const [who, doc] of all) {
    const got = picture(doc);
    for (const key of Object.keys(want) as (keyof typeof want)[])
      if (got[key] !== want[key])
        throw new Error(`I2: ${key} of ${who} differs\n  log: ${want[key]}\n  got: ${got[key]}`);
  }
  checkTokens(fresh, deleted);
}

function fromUpdates(updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  applyExactly(doc, updates);
  return doc;
}

function picture(doc: Y.Doc): Record<'json' | 'markdown' | 'html' | 'text' | 'vector' | 'deletes' | 'pending', string> {
  const note = readNote(doc);
  const vector = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b);
  return {
    json: JSON.stringify(note),
    markdown: renderMarkdown(note),
    html: renderHtml(note),
    text: renderText(note),
    vector: JSON.stringify(vector),
    deletes: JSON.stringify(deleteSet(doc)),
    pending: String(doc.store.pendingStructs === null && doc.store.pendingDs === null),
  };
}

function deleteSet(doc: Y.Doc): unknown {
  const { clients } = Y.createDeleteSetFromStructStore(doc.store);
  return [...clients]
    .sort(([a], [b]) => a - b)
    .map(([clientId, items]) => [clientId, items.map(({ clock, len }) => [clock, len])]);
}

export function tokens(doc: Y.Doc): string[] {
  // By block, marks left out: a token half of which is bold is two text nodes.
  return readNote(doc).content.flatMap((block) => plainText(block).match(TOKEN) ?? []);
}

function checkTokens(doc: Y.Doc, deleted: ReadonlySet<string>): void {
  const seen = new Set<string>();
  for (const token of tokens(doc)) {
    if (seen.has(token) && !deleted.has(token)) throw new Error(`I4: ${token} is there twice`);
    seen.add(token);
  }
}
