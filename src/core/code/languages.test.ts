import { expect, test } from 'vitest';
import { foundLanguage } from './found-language.ts';
import { CODE_LANGUAGES, codeLanguage } from './languages.ts';

test('WR12: every language is found by its id and its aliases, whatever the case; no name stands for two', () => {
  const names = CODE_LANGUAGES.flatMap(({ id, aliases }) => [id, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
  for (const one of CODE_LANGUAGES)
    for (const name of [one.id, ...one.aliases]) expect(codeLanguage(` ${name.toUpperCase()}`)).toBe(one);
});

test.each([[null], [undefined], [7], [''], ['klingon'], ['constructor'], [['c']]])(
  'WR12: %j is no language',
  (name) => {
    expect(codeLanguage(name)).toBeNull();
  },
);

test.each([
  [
    'diff',
    'diff --git a/drivers/iommu/iommufd/hw_pagetable.c b/drivers/iommu/iommufd/hw_pagetable.c\n@@ -1 +1 @@\n-a\n+b',
  ],
  ['diff', '@@ -12,7 +12,9 @@ static int probe(void)\n \tint ret;\n-\treturn 0;'],
  ['diff', '--- a/Makefile\n+++ b/Makefile\n'],
  ['bash', '#!/bin/sh -e\nmodprobe vfio-pci\n'],
  ['bash', '#!/usr/bin/env bash\n'],
  ['python', '#!/usr/bin/env python3\nimport os\n'],
  ['dts', 'smmu: iommu@2b400000 {\n\tcompatible = "arm,smmu-v3";\n\treg = <0x0 0x2b400000 0x0 0x20000>;\n};'],
  ['log', '[   12.345678] pci 0000:00:1f.2: Adding to iommu group 12\n[   12.345680] BUG'],
  ['log', 'Nov 15 12:24:07 host kernel: DMAR: fault\n'],
  ['console', '$ lspci -nn | grep VGA\n00:02.0 VGA compatible controller'],
  ['console', 'root@host:~# dmesg | tail\n'],
  ['c', 'static int iommufd_probe(struct device *dev)\n{\n\treturn 0;\n}'],
  ['c', '#include <linux/iommu.h>\n'],
  ['c', '\tif (ret)\n\t\treturn ret;\n'],
])('WR12: code without a language is taken for %s', (id, code) => {
  expect(foundLanguage(code)?.id).toBe(id);
});

test.each([
  [''],
  ['hello, world'],
  ['- a list\n- of things'],
  ['+ one\n- two'],
  ['| a | b |\n|---|---|'],
  ['int the end we return to it'],
  ['# A heading in Markdown'],
])('WR12: plain words are taken for no language: %j', (code) => {
  expect(foundLanguage(code)).toBeNull();
});

test('WR12: a line of a million characters is judged by its beginning', () => {
  expect(foundLanguage('x'.repeat(1_000_000))).toBeNull();
  expect(foundLanguage(`#include <a.h>${' '.repeat(1_000_000)}`)?.id).toBe('c');
});
