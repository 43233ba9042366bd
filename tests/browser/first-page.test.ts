import { expect, test } from './journey.ts';

test('PG1 EV15: the first page lists the sample event', async ({ people }) => {
  const [page] = await people(1);
  const answer = await page.goto('/');
  expect(answer?.status()).toBe(200);
  await expect(page.getByRole('link', { name: /VFIO\/IOMMU\/PCI/ })).toBeVisible();
});
