import { HtmlValidate } from 'html-validate';
import { expect, test } from 'vitest';
import { PEOPLE, published, PUBLISHED_EVENT } from '../../../tests/support/published.ts';
import { parseMarkdown } from '../note/markdown.ts';
import { knownOwners } from '../outcomes/names.ts';
import { outcomesOf } from '../outcomes/outcomes-of.ts';
import { renderSession } from '../render/session.ts';
import { FORMS } from './forms.ts';
import { minutes } from './minutes.ts';
import { outcomesFile } from './outcomes-file.ts';
import { resultsText } from './results.ts';

const markdown = FORMS.md.body(published());
const html = FORMS.html.body(published());

/** As a note says them, without what a copy does not have. */
const said = (note: Parameters<typeof outcomesOf>[0]) =>
  outcomesOf(note).map(({ kind, text, owners, due, state, more, short }) => ({
    kind,
    text,
    owners: knownOwners(owners, PEOPLE),
    due,
    state,
    more,
    short,
  }));

test('PU1: the Markdown is by kind and session, and read back as a note it has the same outcomes', () => {
  expect(markdown).toMatch(/^# VFIO\/IOMMU\/PCI MC: outcomes\n/);
  expect(markdown).toContain(
    '## Actions\n\n### [iommufd: status and next steps](https://notes.example.org/vfio-iommu-pci-mc-2023/iommufd)\n\n- [ ] ACTION @Priya Raman: post',
  );
  expect(markdown).toContain('no notes');
  const read = said(parseMarkdown(markdown));
  const kinds = ['decision', 'action', 'question', 'gap'];
  const wanted = published()
    .sessions.flatMap(({ note }) => said(note))
    .toSorted((one, other) => kinds.indexOf(one.kind) - kinds.indexOf(other.kind));
  expect(read).toEqual(wanted);
  expect(read).toHaveLength(12);
});

/** What the standard asks for; how it is written is for whoever writes. */
const validator = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: { 'long-title': 'off', 'no-trailing-whitespace': 'off' },
});

test('PU1: the HTML is valid, whole in itself, and has a place to link to for each outcome', async () => {
  const session = published().sessions.find(({ empty }) => !empty);
  if (!session) throw new Error('no session');
  const one = renderSession('html', {
    ...session,
    topics: [],
    event: PUBLISHED_EVENT,
    origin: 'https://notes.example.org',
  });
  for (const page of [html, one.body]) {
    const report = await validator.validateString(page);
    expect(
      report.results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, line }) => `${line} ${ruleId}: ${message}`),
      ),
    ).toEqual([]);
    expect(page).not.toMatch(/<link|<script|src=/);
  }
  expect(html).toContain('id="o-PCI23-A7"');
});

test('PU1: the JSON has what the README says', () => {
  const file = outcomesFile(published());
  expect(file).toMatchObject({ version: 1, event: { slug: 'vfio-iommu-pci-mc-2023', prefix: 'PCI23' }, chosen: [] });
  expect(file.sessions.map(({ slug, revision }) => [slug, revision])).toEqual([
    ['endpoint', null],
    ['overhead', null],
    ['iommufd', 214],
    ['irq', null],
  ]);
  expect(file.outcomes[6]).toMatchObject({
    short: 'PCI23-A7',
    session: 'iommufd',
    link: 'https://notes.example.org/o/PCI23-A7',
  });
  expect(file.outcomes[6]?.references.map(({ href }) => href)).toContain('https://lore.kernel.org/linux-iommu/');
  expect(JSON.parse(String(FORMS.json.body(published())))).toEqual(JSON.parse(JSON.stringify(file)));
});

test('PU8: results for the next proposal: done, still open, dropped and why', async () => {
  await expect(resultsText(published())).toMatchFileSnapshot('../../../tests/fixtures/published/results.txt');
  expect(resultsText(published({ notes: new Map() }))).toBe(
    'Results of VFIO/IOMMU/PCI MC, Linux Plumbers Conference 2023 (13-15 November 2023)\n\nNothing was marked in the notes.\n',
  );
});

test('PU8: minutes of a session are its note and where it is from; without notes they say so', () => {
  const publication = published();
  const [empty, , written] = publication.sessions;
  if (!empty || !written) throw new Error('no sessions');
  const text = minutes(publication, written, 'md');
  expect(text).toMatch(/^# iommufd: status and next steps\n/);
  expect(text).toMatch(
    /---\n\n- \[Notes\]\(https:\/\/notes\.example\.org\/vfio-iommu-pci-mc-2023\/iommufd\), revision 214\n$/,
  );
  expect(said(parseMarkdown(text))).toEqual(said(written.note));
  expect(minutes(publication, written, 'html')).toMatch(/^<h1 id="h-iommufd-status-and-next-steps">/);
  expect(minutes(publication, empty, 'md')).toBe('No notes.\n');
});
