import type { Editor } from '@tiptap/core';
import { expect, test } from 'vitest';
import type { EditorContext } from '../command.ts';
import { entriesFor, type MenuKind } from './entries.ts';

const context = {
  people: () =>
    Object.assign(['Jason Gunthorpe', 'Alex Williamson'], { initials: new Map([['Jason Gunthorpe', 'jgg']]) }),
  places: () => [{ words: 'PASID in guests', more: 'IOMMU', url: '/pci/pasid' }],
  words: () => ['PASID', 'iommufd'],
} as unknown as EditorContext;
const found = (kind: MenuKind, query: string): string[] =>
  entriesFor(kind, query, { editor: {} as Editor, context, commands: [] }).map(({ words }) => words);

test('SE9: settled initials lead to their person behind @, the made ones too', () => {
  expect(found('@', 'jgg')).toEqual(['Jason Gunthorpe']);
  expect(found('@', 'jg')).toEqual(['Jason Gunthorpe']);
  expect(found('@', 'aw')).toEqual(['Alex Williamson']);
});

test('SE9: words of the event stand behind its places', () => {
  expect(found('#', 'pas')).toEqual(['PASID in guests', 'PASID']);
  expect(found('#', 'iommuf')).toEqual(['iommufd']);
});
