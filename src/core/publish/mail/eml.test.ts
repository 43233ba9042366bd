import { fc } from '../../../../tests/support/properties.ts';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { published, PUBLISHED_EVENT } from '../../../../tests/support/published.ts';
import { emlFile } from './eml.ts';
import { type Mail, mailOf } from './mail.ts';
import { mailLink, MAILTO_LONGEST } from './mailto.ts';

const WRITTEN = { date: '2023-11-16T09:05:07.000Z', messageId: '20231116090507.1@notes.example.org' };
const MAIL: Mail = { to: ['linux-pci@vger.kernel.org'], cc: [], subject: 'x', inReplyTo: null, body: 'x\n' };

const raw = (mail: Partial<Mail>) => new TextDecoder().decode(emlFile({ ...MAIL, ...mail }, WRITTEN));
const read = (mail: Mail) => PostalMime.parse(emlFile(mail, WRITTEN));

test('PU4: a mail parser reads the sample mail as it was written', async () => {
  const mail = mailOf(published());
  const parsed = await read(mail);
  expect(parsed.subject).toBe('[LPC 2023] VFIO/IOMMU/PCI MC: outcomes');
  expect(parsed.to?.map(({ address }) => address)).toEqual(['linux-pci@vger.kernel.org']);
  expect(parsed.cc?.map(({ address }) => address)).toEqual(['iommu@lists.linux.dev', 'kvm@vger.kernel.org']);
  expect(parsed.inReplyTo).toBe('<20231102031828.GA951173@rocinante>');
  expect(parsed.references).toBe('<20231102031828.GA951173@rocinante>');
  expect(parsed.messageId).toBe('<20231116090507.1@notes.example.org>');
  expect(parsed.date).toBe('2023-11-16T09:05:07.000Z');
  expect(parsed.html).toBeUndefined();
  expect(parsed.text?.replaceAll('\r\n', '\n')).toBe(mail.body);
  expect(mail.body).toContain('Søren Dahl');
});

test('PU4: plain ASCII goes as it is, other letters as 8 bit, and what no server would take is quoted-printable', () => {
  expect(raw({ body: 'plain\n' })).toContain('charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n');
  expect(raw({ body: 'Søren\n' })).toContain('charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n');
  const long = raw({ body: `${'ø '.repeat(600)}\n= \n` });
  expect(long).toContain('Content-Transfer-Encoding: quoted-printable\r\n');
  for (const line of long.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
  expect(raw({ body: 'plain\n' })).not.toMatch(/format=flowed|^From:|^Bcc:/im);
});

test('PU4: many lists are folded and read back', async () => {
  const lists = Array.from({ length: 9 }, (_, i) => `a-list-of-some-length-${i}@vger.kernel.org`);
  const mail = mailOf(published({ event: { settings: { ...PUBLISHED_EVENT.settings, lists } } }));
  const parsed = await read(mail);
  expect([...(parsed.to ?? []), ...(parsed.cc ?? [])].map(({ address }) => address)).toEqual(lists);
  for (const line of (raw(mail).split('\r\n\r\n')[0] ?? '').split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
});

test('PU4: without lists and thread the mail has none', () => {
  const settings = {
    ...PUBLISHED_EVENT.settings,
    lists: ['no address', 'a@b.c\r\nBcc: x@y.z'],
    thread: 'a@b>\r\nBcc: x@y.z',
  };
  const mail = mailOf(published({ event: { settings, conference: null } }));
  expect(mail).toMatchObject({ to: [], cc: [], inReplyTo: null, subject: 'VFIO/IOMMU/PCI MC: outcomes' });
  expect(raw(mail)).not.toMatch(/^(To|Cc|Bcc|In-Reply-To|References):/m);
});

const FIELDS = [
  'date',
  'message-id',
  'to',
  'subject',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'x-unsent',
];
const HOSTILE = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\n',
        '\r',
        '\u2028',
        '\0',
        'Bcc: a@b.c',
        ': ',
        '=?utf-8?q?x?=',
        ' ',
        'ą',
        '😀',
        '\ud800',
        'x'.repeat(90),
      ),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

test('PU4: no text of people can add a header, and the subject is read back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(HOSTILE, HOSTILE, async (subject, body) => {
      const mail = { ...MAIL, subject: `s${subject}`, body: `${body}\n` };
      const file = raw(mail);
      const parsed = await read(mail);
      expect(parsed.headers.map(({ key }) => key)).toEqual(FIELDS);
      for (const line of (file.split('\r\n\r\n')[0] ?? '').split('\r\n')) expect(line.length).toBeLessThanOrEqual(78);
      const plain = mail.subject
        .toWellFormed()
        .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
        .trim();
      expect(parsed.subject?.replace(/\s+/g, ' ').trim()).toBe(plain);
      const lines = (text: string) => text.toWellFormed().replace(/\r\n?/g, '\n');
      expect(lines(parsed.text ?? '').trimEnd()).toBe(lines(body).trimEnd());
    }),
  );
});

test('PU4: a mailto link has all of it, or all but a text that is too long, and says so', () => {
  const short = mailLink({
    ...MAIL,
    cc: ['kvm@vger.kernel.org'],
    subject: 'a & b?',
    inReplyTo: 'a1@b',
    body: 'Zeile ø\n',
  });
  expect(short).toMatchObject({ whole: true });
  const link = new URL(short.href);
  expect(link.pathname).toBe('linux-pci@vger.kernel.org');
  expect(Object.fromEntries(link.searchParams)).toEqual({
    ...{ cc: 'kvm@vger.kernel.org', subject: 'a & b?', 'in-reply-to': '<a1@b>', body: 'Zeile ø\r\n' },
  });
  const long = mailLink(mailOf(published()));
  expect(long.whole).toBe(false);
  expect(long.length).toBeGreaterThan(MAILTO_LONGEST);
  expect(long.href.length).toBeLessThanOrEqual(MAILTO_LONGEST);
  expect(new URL(long.href).searchParams.has('body')).toBe(false);
});
