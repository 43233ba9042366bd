import { fc } from '../../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { noteStates, published, PUBLISHED_EVENT, writtenNote } from '../../../../tests/support/published.ts';
import { columns as columnsOf } from '../../render/wrap.ts';
import { choiceOf } from '../choice.ts';
import { mailText } from './mail-text.ts';

/** Of a session without slides. */
const mail = (markdown: string, columns?: number) => {
  const sessions = PUBLISHED_EVENT.sessions.map((session) => ({ ...session, materials: [] }));
  return mailText(published({ event: { sessions }, notes: noteStates({ iommufd: writtenNote(markdown) }) }), columns);
};
const asked = (words: string) => published({ choice: choiceOf(new URLSearchParams(words), PUBLISHED_EVENT).choice });

test('PU2: the mail of the sample notes, as it was read and found fit to be sent', async () => {
  await expect(mailText(published())).toMatchFileSnapshot('../../../../tests/fixtures/published/mail.txt');
  const single = asked('session=iommufd');
  await expect(mailText(single)).toMatchFileSnapshot('../../../../tests/fixtures/published/mail-of-session.txt');
});

test('PU2: decisions, actions as owner, what, due and link, then questions, then sessions in programme order', () => {
  const text = mailText(published());
  const places = [
    'Decisions\n===',
    'Actions\n===',
    'Questions\n===',
    'Gaps in the notes\n===',
    'Sessions\n===',
    '- PCI Endpoint',
    '\n[1] ',
  ].map((words) => text.indexOf(words));
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(places).not.toContain(-1);
  expect(text).toContain(
    '* Jonas Weber - rebase stage-1 series on v6.7-rc1 - due end of November\n  https://notes.example.org/o/PCI23-A8\n',
  );
  expect(text).toContain('* No owner - document limits in\n');
});

test('PU3: a thing is numbered once, whatever form names it; what is written as a name stays', () => {
  const text = mail(
    [
      'See <20231102031828.GA951173@rocinante> and https://lore.kernel.org/r/20231102031828.GA951173@rocinante/,',
      '[the cover](https://msgid.link/20231102031828.GA951173@rocinante), https://example.org/a. Commit 0123456789ab ("x: y").',
      '',
      '- [ ] ACTION: read https://example.org/a again',
    ].join('\n'),
  );
  expect(text).toContain('* No owner - read [1] again - no date');
  expect(text.replace(/\s+/g, ' ')).toContain('See [2] and [2], the cover [2], [1]. Commit 0123456789ab ("x: y").');
  expect(text.split('\n').filter((line) => /^\[\d+\] /.test(line))).toEqual([
    '[1] https://example.org/a',
    '[2] https://lore.kernel.org/all/20231102031828.GA951173@rocinante/',
  ]);
});

test('PU2: trailers and code stay as they are, a long line of a program flows, a line that was ended ends', () => {
  const fixes = `Fixes: fedcba987654 ("${'a subject that is long '.repeat(4)}")`;
  const text = mail(
    [
      'A paragraph that was broken by the width of a terminal when',
      'it was typed flows.',
      'Chair: Mara',
      fixes,
      'Link: https://lore.kernel.org/r/1234567890.abc@example.org',
      '',
      '```',
      `int ${'x'.repeat(90)};`,
      '```',
    ].join('\n'),
  );
  expect(text).toContain('of a terminal when it was typed\nflows.\nChair: Mara\n');
  expect(text).toContain(`\n${fixes}\nLink: https://lore.kernel.org/r/1234567890.abc@example.org\n`);
  expect(text).toContain(`\n    int ${'x'.repeat(90)};\n`);
});

test('PU2: code too long for a mail is named, nothing looks like a quote of another mail', () => {
  const text = mail(`\\> typed\n\nBefore.\n\n> said so\n\n\`\`\`\n${'line\n'.repeat(30)}\`\`\`\n\nAfter.`);
  expect(text).toContain('Before.\n\n| said so\n\n(Code of 30 lines: see the notes.)\n\nAfter.');
  expect(text).toContain('\n| typed\n');
  expect(text).not.toMatch(/^>/m);
});

test('PU2: a heading over nothing but outcomes goes with them, and one of the template that nobody wrote below; others stay', () => {
  const text = mail(
    '## Discussion\n\n## Decided\n\nDECISION: one\n\n### Later\n\nDECISION: two\n\n## Still to say\n\n## Discussion\n\nWords.',
  );
  expect(text).toContain('/iommufd\n\nStill to say:\n\nDiscussion:\n\nWords.\n');
});

test('PU2: gaps have a place after the questions and stand nowhere else', () => {
  const text = mail('## Open\n\nQ: why\n\n??? who said that\n\n## Then\n\nWords.');
  expect(text).toMatch(
    /\nQuestions\n=+\n[^]*\nGaps in the notes\n=+\n[^]*\n\* who said that \[PCI23-G2\]\n[^]*\nSessions\n/,
  );
  expect(text.match(/who said that/g)).toHaveLength(1);
  expect(text).toContain('/iommufd\n\nThen:\n\nWords.\n');
});

test('PU2: under a heading whose outcomes went into the summary it says so, so that what follows is not read as them', () => {
  const text = mail(
    '## Actions\n\n- [ ] ACTION: one\n- [ ] ACTION: two\n\nQ: three\n\nFixes: fedcba987654 ("x")\n\n## Then\n\nx\n\nACTION: y',
  );
  expect(text).toContain(
    '\n\nActions:\n\n(2 actions, 1 question: see above.)\n\nFixes: fedcba987654 ("x")\n\nThen:\n\nx\n',
  );
});

test('PU2: a heading gets a colon when it has none; that of the session is said once, also below an empty template', () => {
  const text = mail('## Discussion\n\n# iommufd: status and next steps\n\n## Stage 1: nesting\n\nx\n\n## Next\n\ny');
  expect(text).toContain('/iommufd\n\nStage 1: nesting\n\nx\n\nNext:\n\ny\n');
});

test('PU2: sessions without notes are named once, behind the others', () => {
  const text = mail('Words.');
  expect(text.match(/^No notes:$/gm)).toHaveLength(1);
  expect(text).toMatch(
    /\nWords\.\n\nNo notes:\n- PCI Endpoint .*\n- IOMMU overhead .*\n- Improve Xeon .*\n\nMade from/,
  );
});

test('PU6: nothing is invented: a session without notes says so, an event without any too', () => {
  expect(mailText(published({ notes: new Map() }))).toMatch(/Notes from 0 of 4 sessions: nothing was marked\./);
  const empty = published({ notes: new Map(), choice: { session: ({ slug }) => slug === 'irq' } });
  expect(mailText(empty)).toContain('\nNo notes.\n');
});

test('PU2: it says which revision of the notes it was made from, and by what it was chosen', () => {
  expect(mailText(published())).toContain('\nMade from these revisions of the notes: iommufd 214.\n');
  const text = mailText(asked('kind=action&owner=Priya+Raman'));
  expect(text).toContain('Only what was asked for: kind: action; owner: Priya Raman.');
  expect(text).toContain('PCI23-A7');
  expect(text).not.toMatch(/PCI23-A8|PCI23-D|Where we are|^Sessions$/m);
});

const WORD = fc.stringMatching(/^[a-z]{1,14}$/);
const ADDRESS = fc.stringMatching(/^[a-z0-9]{1,80}$/).map((path) => `https://example.org/${path}`);
const LINE = fc
  .array(fc.oneof({ arbitrary: WORD, weight: 6 }, ADDRESS), { minLength: 1, maxLength: 40 })
  .map((words) => words.join(' '));
const BLOCK = fc.record({ sign: fc.constantFrom('', '- ', '> ', '## ', '- [ ] ACTION: ', '??? '), line: LINE });

test('PU2: any notes in any width: nothing is lost, and only what cannot be broken is wider', () => {
  fc.assert(
    fc.property(
      fc.array(BLOCK, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 60, max: 100 }),
      (blocks, width) => {
        // A heading over nothing but outcomes goes with them: each has a text below it.
        const text = mail(
          blocks.map(({ sign, line }) => `${sign}${line}${sign === '## ' ? '\n\nx' : ''}`).join('\n\n'),
          width,
        );
        const numbers = new Map<string, string>();
        for (const line of text.split('\n')) {
          const [, number, href] = /^(\[\d+\]) (https:.*)$/.exec(line) ?? [];
          if (number && href) numbers.set(number, href);
          else if (columnsOf(line) > width) expect(line.trim().replace(/^[*|-] /, '')).not.toContain(' ');
        }
        const said = text.replace(/\[\d+\]/g, (number) => numbers.get(number) ?? number).replace(/[\s|]+/g, '');
        for (const { line } of blocks) expect(said).toContain(line.replaceAll(' ', ''));
      },
    ),
  );
});
