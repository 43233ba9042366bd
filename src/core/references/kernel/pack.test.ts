import { fc } from '../../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { findReferences, knownOf, type Reference } from '../find.ts';
import cases from './cases.json' with { type: 'json' };
import { KERNEL } from './pack.ts';

interface Case {
  text: string;
  expect?: { kind: string; groups: Record<string, string> }[];
  not?: string;
  why?: string;
}

const find = (text: string): Reference[] => findReferences(text, KERNEL);
const only = (text: string): Reference => {
  const [found, ...more] = find(text);
  if (!found || more.length > 0) throw new Error(`Not one reference: ${text}`);
  return found;
};

test('KR1: there are 78 cases', () => {
  expect(cases.cases).toHaveLength(78);
});

test.each((cases.cases as Case[]).map((each): [string, Case] => [each.text, each]))('KR1: %j', (text, each) => {
  const found = find(text);
  if (each.not !== undefined) expect(found.map(({ kind }) => kind)).not.toContain(each.not);
  let next = 0;
  for (const { kind, groups } of each.expect ?? []) {
    const at = found.findIndex((reference, i) => i >= next && reference.kind === kind);
    expect(at, `${kind} in ${JSON.stringify(found)}`).toBeGreaterThanOrEqual(next);
    expect(found[at]?.parts).toMatchObject(groups);
    next = at + 1;
  }
});

const ID = '20231102031828.GA951173@rocinante';

test.each([
  `https://lore.kernel.org/linux-pci/${ID}/`,
  `https://lore.kernel.org/all/${ID}/T/#u`,
  `https://lore.kernel.org/r/${ID}`,
  `https://lore.kernel.org/${ID}`,
  `http://lore.kernel.org/r/${ID}`,
  `https://lore.kernel.org/all/20231102031828.GA951173%40rocinante/raw`,
  `https://patch.msgid.link/${ID}`,
  `https://msgid.link/${ID}`,
  `https://lkml.kernel.org/r/${ID}`,
  `https://patchwork.kernel.org/project/linux-pci/patch/${ID}/`,
  `https://patchwork.kernel.org/project/linux-pci/cover/${ID}/`,
  `<${ID}>`,
  ID,
  `Message-ID: <${ID}>`,
  `> Link: https://lore.kernel.org/r/${ID}`,
])('KR3: one message: %s', (text) => {
  expect(only(text)).toMatchObject({ key: `message:${ID}`, href: `https://lore.kernel.org/all/${ID}/` });
});

test('KR3: a slash in an id is the same written as it is and escaped, and is escaped in the address', () => {
  const bracketed = only('<Y1pgoPAH/BZ46gif@lpieralisi>');
  const address = only('https://lore.kernel.org/linux-pci/Y1pgoPAH%2FBZ46gif@lpieralisi/');
  expect(address.key).toBe(bracketed.key);
  expect(address.list).toBe('linux-pci');
  expect(address.href).toBe('https://lore.kernel.org/all/Y1pgoPAH%2FBZ46gif@lpieralisi/');
});

test('KR3: a short and a whole commit id are two, however either is written', () => {
  const key = (text: string) => only(text).key;
  const whole = '656d88c3b654c0ccc0ff63aa75101c6c9f0a5300';
  expect(key(`https://git.kernel.org/torvalds/c/${whole}`)).toBe(key(`commit ${whole}`));
  expect(key('Fixes: 54a4f0239f2e ("KVM: MMU")')).toBe(key('commit 54a4f0239f2e ("KVM:\nMMU")'));
  expect(key('commit 656d88c3b654')).not.toBe(key(`commit ${whole}`));
  expect(key('bug #217412')).toBe(key('https://bugzilla.kernel.org/show_bug.cgi?id=217412#c3'));
  expect(key('ioctl(2)')).toBe(key('https://man7.org/linux/man-pages/man2/ioctl.2.html'));
});

test.each([
  ['cve-2021-3490', 'https://www.cve.org/CVERecord?id=CVE-2021-3490'],
  ['linux-pci@vger.kernel.org', 'https://lore.kernel.org/linux-pci/'],
  ['iommu@lists.linux.dev', 'https://lore.kernel.org/linux-iommu/'],
  ['intel-gfx@lists.freedesktop.org', null],
  ['iommu_map()', null],
  ['PCIe r6.0, sec 7.5.3.7', null],
  ['commit 54a4f0239f2e', 'https://git.kernel.org/torvalds/c/54a4f0239f2e'],
  ['https://git.kernel.org/linus/54a4f0239f2e', 'https://git.kernel.org/torvalds/c/54a4f0239f2e'],
  ['http://example.org/a', null],
  ['https://user:pass@example.org/a', null],
  ['https://example.org/\u202egpj.exe', 'https://example.org/%E2%80%AEgpj.exe'],
  [`https://example.org/${'a'.repeat(3000)}`, null],
])('KR2: %s leads to %s', (text, href) => {
  expect(find(text)[0]?.href).toBe(href);
});

test('KR2: what is known offline is the kind, the list and the subject as written', () => {
  expect(knownOf(only(`https://lore.kernel.org/linux-pci/${ID}/`))).toBe('Mail · linux-pci');
  expect(knownOf(only('commit 54a4f0239f2e ("KVM: MMU:\n  say "freed"")'))).toBe('Commit · KVM: MMU: say "freed"');
  expect(knownOf(only('CVE-2021-3490'))).toBe('CVE');
});

test.each([
  'ann.lee2023@example.org',
  'Ann Lee <ann.lee2023@example.org>',
  'Krzysztof Wilczyński <k.wilczynski1@example.org>',
  'Cc: Ann Lee <ann.lee2023@example.org>',
  'root12@pc',
])('KR2: the address of a person is no message: %s', (text) => {
  expect(find(text).filter(({ href }) => href !== null)).toEqual([]);
});

test('KR1: a trailer gives way to what it points at, of people only to lists', () => {
  expect(find(`Message-ID: <${ID}>  `).map(({ kind, from, to }) => [kind, from, to])).toEqual([['message-id', 12, 47]]);
  expect(find('Cc: <kvm@vger.kernel.org> # v6.6').map(({ kind }) => kind)).toEqual(['mailing-list', 'kernel-version']);
  expect(only('  > Acked-by: A B <ab1234567@example.org>')).toMatchObject({ kind: 'trailer', from: 4 });
});

const PIECES = [
  ...(cases.cases as Case[]).map(({ text }) => text),
  ...['@', '%40', '/', '<', '>', '("', '")', '\n', ' ', '%2F', '%E0%A4', '\ud800', '\u202e', 'commit ', 'a1b2c3d4e5f6'],
  ...['https://lore.kernel.org/', 'https://git.kernel.org/pub/scm/a.git/commit/?id=', 'Link: ', 'Cc: ', '_', 'struct '],
];

test('KR1: any text: nothing throws, references stand in order inside of it, and lead to https alone', () => {
  const text = fc.oneof(
    fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc
      .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 12 })
      .map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(text, (text) => {
      let end = 0;
      for (const { from, to, href } of find(text)) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        expect(text.slice(from, to)).toBe(text.slice(from, to).trim());
        end = to;
        if (href === null) continue;
        expect(href).toMatch(/^https:\/\/[a-z0-9]/);
        expect(href).not.toMatch(/[\s"<>\p{Cc}\p{Cf}\p{Cs}]/u);
        expect(new URL(href).href).toBe(href);
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 3000 },
  );
}, 60_000);

test('KR1: no pattern repeats anything without an end but to the end of its match: a try costs the same in any text', () => {
  for (const { pattern } of KERNEL.recognisers) {
    const repeats = pattern.source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
    expect(repeats.replace(/\.\*\)$/, ')'), pattern.source).not.toMatch(/[*+]|\{\d+,\}/);
  }
});

const SMALL = 25_000;
const TIMES = 16;

/** Long runs that a careless pattern goes through again and again. */
const HOSTILE: [string, (length: number) => string][] = [
  ...(
    [
      ['lists and ids', 'https://lore.kernel.org/a%40'],
      ['at signs', '@'],
      ['openings', '<a1'],
      ['hex', 'a1'],
      ['digits', '1'],
      ['hex words', 'abc123 '],
      ['spaces', ' '],
      ['quote signs', '>'],
      ['slashes', 'drivers/pci/'],
      ['dots', 'mm/....'],
      ['functions', 'a('],
      ['commits that never end', 'commit 54a4f0239f2e ("'],
      ['commits', '54a4f0239f2e ("a" '],
      ['git', 'https://git.kernel.org/pub/scm/a.git/commit/a.git/commit/'],
      ['one git', 'a.git/commit/'],
      ['versions', 'v6.6.6.6'],
      ['patches', '[PATCH] abc    '],
      ['options', 'CONFIG_A__'],
      ['interfaces', 'PCI_A_A'],
      ['specifications', 'PCIe r6.0, sec '],
      ['bugs', 'bug #'],
      ['CVEs', 'CVE-2021-1'],
      ['devices', '0000:6f:'],
      ['manual', 'a.1'],
      ['trailers', 'Link: a\n'],
      ['Message-IDs', '20231102031828.GA951173@rocinante '],
      ['brackets', '((('],
    ] as const
  ).map(([name, unit]): [string, (length: number) => string] => [name, (n) => unit.repeat(n / unit.length)]),
  ['a long type', (n) => `struct ${'_'.repeat(n)}A`],
  ['a trailer with a hole', (n) => `Link: a${' '.repeat(n)}b`],
  ['one git address', (n) => `https://git.kernel.org/pub/scm/${'a.git/commit/'.repeat(n / 13)}`],
  ['one address', (n) => `https://${')'.repeat(n)}`],
  ['one talk', (n) => `https://lpc.events/event/1/contributions/1/attachments/1/1/${'.'.repeat(n)}`],
  ['one list', (n) => `${'a'.repeat(n)}@`],
  ['a patch with a hole', (n) => `[PATCH] abc${' '.repeat(n)}b`],
];

test.each(HOSTILE)(
  'KR1: time grows with the length of hostile text: %s',
  (_, make) => {
    const time = (length: number): number => {
      const text = make(length);
      const runs = Array.from({ length: 3 }, () => {
        const start = performance.now();
        find(text);
        return performance.now() - start;
      });
      return Math.min(...runs);
    };
    time(SMALL);
    // Linear takes 16 times as long, quadratic 256. Of what takes no time at all only noise is measured.
    expect(time(SMALL * TIMES)).toBeLessThan(8 * TIMES * Math.max(2, time(SMALL)));
  },
  120_000,
);
