import { expect, test } from 'vitest';
import { knownOwners } from './names.ts';
import { withInitials } from './signed.ts';

const NAMES = ['Jason Gunthorpe', 'Alex Williamson', 'Joerg Roedel', 'Jan Gross'];

test('SE9, OU4: settled initials find an owner, before those made of names, in whatever letters', () => {
  const people = withInitials(NAMES, [
    { name: 'Jason Gunthorpe', initials: 'jgg' },
    { name: 'Alex Williamson', initials: 'JR' },
    { name: 'Jan Gross', initials: null },
  ]);
  expect(knownOwners(['JGG', 'jr'], people)).toEqual(['Jason Gunthorpe', 'Alex Williamson']);
  // Without them: two are JG, one is JR.
  expect(knownOwners(['jgg', 'JR', 'JG'], NAMES)).toEqual(['jgg', 'Joerg Roedel', 'JG']);
});

test('SE9, OU4: somebody signs in several ways', () => {
  const people = withInitials(NAMES, [{ name: 'Jason Gunthorpe', initials: 'jgg, Jase; JG ' }]);
  for (const sign of ['JGG', 'jase', 'jg', '@Jase']) expect(knownOwners([sign], people)).toEqual(['Jason Gunthorpe']);
});
