import { violations } from './axe.ts';
import { AGENDA, enter, ROOM, saved, write } from './in-the-room.ts';
import { expect, test } from './journey.ts';

const PUBLISH = `${AGENDA}/publish`;
const LINES = [
  'DECISION: one queue',
  'ACTION @Mara Lindqvist: post it (due 2023-12-01)',
  'See https://example.org/series',
];

test('PU9: what was marked is seen as a mail, chosen by kind and without names as one looks, and copied', async ({
  people,
}) => {
  const [mara] = await people(1, { permissions: ['clipboard-read', 'clipboard-write'] });
  await enter(mara, 'Mara Lindqvist');
  await write(mara, LINES);
  await expect(saved(mara)).toHaveAttribute('data-kind', 'saved');

  await mara.goto(PUBLISH);
  const text = mara.getByRole('region', { name: 'Text of the mail' });
  await expect(text).toContainText('Mara Lindqvist - post it - due 2023-12-01');
  await expect(text).toContainText('See [1]');
  await mara.getByRole('button', { name: 'Copy text' }).click();
  await expect(mara.getByText('Copied')).toBeVisible();
  const onClipboard = () => mara.evaluate(() => navigator.clipboard.readText());
  await expect.poll(async () => (await onClipboard()) === (await text.textContent())).toBe(true);

  await mara.getByLabel('Decisions').check();
  await expect(text).not.toContainText('post it');
  await expect(text).toContainText('one queue');
  await mara.getByLabel('Decisions').uncheck();
  await mara.getByLabel('Leave out all names').check();
  await expect(text).toContainText('A participant - post it');
  await expect(text).not.toContainText('Mara');
  await expect(mara.getByRole('link', { name: 'Draft (.eml)' })).toHaveAttribute('href', /outcomes\.eml\?.*names=none/);
  expect(await violations(mara)).toEqual([]);
});

test('PU9: without scripts the form and every link work, and what cannot be asked is said', async ({ people }) => {
  const [reader] = await people(1, { javaScriptEnabled: false, viewport: { width: 390, height: 800 } });
  await reader.goto(PUBLISH);
  await expect(reader.getByText('Nobody has written in what was chosen.')).toBeVisible();
  await reader.getByLabel('Sessions').selectOption({ value: ROOM.slice(AGENDA.length + 1) });
  await reader.getByLabel('Columns of the mail').fill('60');
  await reader.getByRole('button', { name: 'Show' }).click();
  await expect(reader).toHaveURL(/session=dev-iommufd-development.*columns=60/);
  await expect(reader.getByRole('region', { name: 'Text of the mail' })).toContainText('No notes.');
  await expect(reader.getByRole('link', { name: 'Open in mail program' })).toHaveAttribute(
    'href',
    /^mailto:linux-pci@vger\.kernel\.org\?cc=iommu@lists\.linux\.dev,kvm@vger\.kernel\.org&subject=/,
  );
  await reader.goto(`${AGENDA}/outcomes?kind=action&by=person&lack=owner`);
  await reader.getByRole('navigation', { name: 'Event' }).getByRole('link', { name: 'Publish' }).click();
  await expect(reader).toHaveURL(/publish\?kind=action&lack=owner$/);
  await expect(reader.getByRole('checkbox', { name: 'Actions' })).toBeChecked();
  await reader.goto(`${PUBLISH}?columns=9`);
  await expect(reader.getByText('Columns must be a whole number from 60 to 100.')).toBeVisible();
});
