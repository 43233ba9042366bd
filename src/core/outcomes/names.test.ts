import { expect, test } from 'vitest';
import { knownOwners, type KnownPeople } from './names.ts';

const NAMES = ['Jason Gunthorpe', 'Alex Williamson', 'Joerg Roedel', 'Jan Gross'];

test('SE9, OU4: settled initials find an owner, before those made of names, in whatever letters', () => {
  const people: KnownPeople = Object.assign([...NAMES], {
    initials: new Map([
      ['Jason Gunthorpe', 'jgg'],
      ['Alex Williamson', 'JR'],
    ]),
  });
  expect(knownOwners(['JGG', 'jr'], people)).toEqual(['Jason Gunthorpe', 'Alex Williamson']);
  // Without them: two are JG, one is JR.
  expect(knownOwners(['jgg', 'JR', 'JG'], NAMES)).toEqual(['jgg', 'Joerg Roedel', 'JG']);
});
