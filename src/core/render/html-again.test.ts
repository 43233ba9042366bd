import { DOMParser, DOMSerializer, Node } from '@tiptap/pm/model';
import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { arbitraryNote, withoutAnchors } from '../../../tests/support/arbitrary-note.ts';
import { domOf, testDocument } from '../../../tests/support/dom.ts';
import type { NoteJson } from '../note/json.ts';
import { normalNote } from '../note/normal.ts';
import { noteSchema } from '../note/schema.ts';
import { renderHtml } from './html.ts';

/** Milliseconds; generated cases take long on a busy machine. */
const SLOW = 60_000;

/** HTML has no form for control characters, see SPEC WR5. */
const representable = (note: NoteJson): NoteJson =>
  normalNote(
    JSON.parse(JSON.stringify(note), (_, value: unknown) =>
      typeof value === 'string' ? value.replace(/[^\P{Cc}\t\n]/gu, '.') : value,
    ),
  );

/** As the editor reads it. White space counts, but for the line ends between the blocks of the whole note. */
function readBack(body: HTMLElement): NoteJson {
  for (const child of [...body.childNodes])
    if (child.nodeName === '#text' && child.nodeValue === '\n') body.removeChild(child);
  const doc = DOMParser.fromSchema(noteSchema).parse(body, { preserveWhitespace: 'full' });
  return normalNote(doc.toJSON());
}

test(
  'WR5: note > HTML > note is equal for every note of the schema',
  () => {
    fc.assert(
      fc.property(arbitraryNote().map(representable), (note) => {
        expect(readBack(domOf(renderHtml(note)))).toEqual(withoutAnchors(note));
      }),
      { numRuns: 200 },
    );
  },
  SLOW,
);

test(
  'WR5: so it is through the HTML the editor copies',
  () => {
    fc.assert(
      fc.property(arbitraryNote().map(representable), (note) => {
        const copied = testDocument.createElement('body');
        const { content } = Node.fromJSON(noteSchema, note);
        DOMSerializer.fromSchema(noteSchema).serializeFragment(content, { document: testDocument }, copied);
        expect(readBack(copied)).toEqual(withoutAnchors(note));
      }),
      { numRuns: 200 },
    );
  },
  SLOW,
);

const p = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const cell = (text: string) => ({ type: 'tableCell', content: [{ type: 'text', text }] });

test.each([
  [
    'a table with a head and a body',
    '<table><caption></caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>',
    [{ type: 'table', content: ['a', 'b'].map((text) => ({ type: 'tableRow', content: [cell(text)] })) }],
  ],
  [
    'details without a part of their own for what is inside',
    '<details open><summary>a</summary><p>b</p><p>c</p></details>',
    [
      {
        type: 'details',
        content: [
          { type: 'detailsSummary', content: [{ type: 'text', text: 'a' }] },
          { type: 'detailsContent', content: [p('b'), p('c')] },
        ],
      },
    ],
  ],
  [
    'an alert of GitHub',
    '<div class="markdown-alert markdown-alert-tip"><p class="markdown-alert-title">Tip</p><p>a</p></div>',
    [{ type: 'callout', attrs: { kind: 'tip' }, content: [p('a')] }],
  ],
  [
    'a callout of an unknown kind',
    '<aside data-callout="constructor"><p>a</p></aside>',
    [{ type: 'callout', attrs: { kind: 'note' }, content: [p('a')] }],
  ],
  [
    'code with a class',
    '<pre><code class="hljs language-c">a</code></pre>',
    [{ type: 'codeBlock', attrs: { language: 'c' }, content: [{ type: 'text', text: 'a' }] }],
  ],
  ['images of elsewhere', '<p>a<img src="https://a.b/c.png" alt="d"></p><img src="/files/../x" alt="e">', [p('a')]],
  [
    'a reference of our own HTML, which is text',
    '<p>see <a class="note-ref" href="https://a.b/" rel="noopener">CVE-2021-<b>3490</b></a></p>',
    [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'see CVE-2021-' },
          { type: 'text', text: '3490', marks: [{ type: 'bold' }] },
        ],
      },
    ],
  ],
  ['a block with an anchor', '<p anchor="abcdefgh" id="b-abcdefgh">a</p>', [p('a')]],
])('WR3: HTML is read: %s', (_, html, content) => {
  expect(readBack(domOf(html)).content).toEqual(content);
});
