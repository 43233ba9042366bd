import { fc } from '../../../tests/support/properties.ts';
import { describe, expect, test } from 'vitest';
import { mintPrefix } from './prefix.ts';

const free = () => false;

describe('OU6: the prefix of an event', () => {
  test.each([
    ['VFIO/IOMMU/PCI MC', '2023-11-13', 'PCI23'],
    ['VFIO/IOMMU/PCI Microconference 2026', '2026-10-05', 'PCI26'],
    ['Rust MC', '2024-09-18', 'RUST24'],
    ['Toolchains Track', '2025-12-11', 'TOOL25'],
    ['Real-time and Scheduling MC', '2024-09-18', 'RTS24'],
    ['Confidential Computing MC', '2023-11-13', 'CC23'],
    ['CXL MC', '2005-01-01', 'CXL05'],
    ['Système de fichiers', '2025-12-11', 'SDF25'],
    ['会議', '2025-12-11', 'EV25'],
    ['', '2025-12-11', 'EV25'],
  ])('OU6: %s of %s is %s', (title, start, prefix) => {
    expect(mintPrefix(title, start, free)).toBe(prefix);
  });

  test('OU6: a prefix that is taken is made longer, with letters of the title first', () => {
    const taken = new Set<string>();
    const next = () => {
      const prefix = mintPrefix('VFIO/IOMMU/PCI MC', '2023-11-13', (one) => taken.has(one));
      taken.add(prefix);
      return prefix;
    };
    expect([next(), next(), next()]).toEqual(['PCI23', 'PCIV23', 'PCIVF23']);
    for (let i = 0; i < 800; i++) next();
    expect(taken.size).toBe(803);
  });

  test('OU6: whatever the title, a prefix is capital letters and two digits, and free', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(60), (title, uses) => {
        const taken = new Set<string>();
        for (let i = 0; i <= uses; i++) {
          const prefix = mintPrefix(title, '2023-11-13', (one) => taken.has(one));
          expect(prefix).toMatch(/^[A-Z]{1,10}23$/);
          expect(taken.has(prefix)).toBe(false);
          taken.add(prefix);
        }
      }),
      { numRuns: 100 },
    );
  });
});
