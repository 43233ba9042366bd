import { fc } from '../../../tests/support/properties.ts';
import { expect, test } from 'vitest';
import { isSlug, mintSlug, RESERVED_NAMES, slugify, SLUG_LIMIT } from './slugs.ts';

test.each([
  ['/dev/iommufd development', 'dev-iommufd-development'],
  ['VFIO/IOMMU/PCI MC', 'vfio-iommu-pci-mc'],
  ['Jörg & Łukasz: straße', 'jorg-lukasz-strasse'],
  ['会议', 'session'],
  ['---', 'session'],
])('EV13: the slug of %j is %s', (title, slug) => {
  expect(slugify(title, 'session')).toBe(slug);
});

test('EV13: a long title is cut between words', () => {
  const slug = slugify('DMA-API layer interactions and the move towards generic dma-ops for IOMMU drivers', 'session');
  expect(slug).toBe('dma-api-layer-interactions-and-the-move-towards-generic-dma');
});

test('EV13: a reserved or taken name is not given out', () => {
  expect(mintSlug('Outcomes', () => false, 'session')).toBe('outcomes-2');
  expect(mintSlug('Opening', (slug) => slug === 'opening', 'session', ['1418'])).toBe('opening-1418');
  expect(mintSlug('Opening', (slug) => slug !== 'opening-3', 'session', ['1418'])).toBe('opening-3');
});

test('EV13: minted slugs match, are unique, never reserved and never too long', () => {
  const titles = fc.array(
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom(...RESERVED_NAMES), fc.constant('x y'.repeat(40))),
  );
  fc.assert(
    fc.property(titles, (all) => {
      const taken = new Set<string>();
      for (const title of all) {
        const slug = mintSlug(title, (one) => taken.has(one), 'session', ['1418']);
        expect(slug).toMatch(/^[a-z0-9-]+$/);
        expect(isSlug(slug)).toBe(true);
        expect(slug.length).toBeLessThanOrEqual(SLUG_LIMIT);
        expect(taken.has(slug) || RESERVED_NAMES.has(slug)).toBe(false);
        taken.add(slug);
      }
    }),
  );
});

test.each(['api', 'sync', 'outcomes', 'people', 'healthz', 'readyz', 'metrics', 'files', 'archive', 'settings'])(
  'EV13: %s is reserved',
  (name) => {
    expect(RESERVED_NAMES.has(name)).toBe(true);
  },
);
