import { createLaggingGroup } from '../support/lagging-group.ts';
import { expect, test } from '../support/test.ts';

test.setTimeout(120_000);
test.use({
  allowedConsoleErrors: {
    'A group is not known before the next poll':
      /status of 404 .*\/api\/consumer-lag\/clusters\/homelab\/groups\//,
  },
});

test('offsets are moved after a preview and a typed name, and moved back', async ({
  page,
  scope,
}) => {
  const group = await createLaggingGroup(scope, 12);
  await page.goto(`/consumer-lag/groups/homelab/${group.groupId}`);
  const panel = page.getByRole('region', { name: 'Move offsets' });
  await expect(async () => {
    await page.reload();
    await expect(panel).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await panel.getByRole('button', { name: 'Move offsets…' }).click();
  await panel.getByRole('button', { name: 'Preview' }).click();
  await expect(
    panel.getByRole('table', { name: 'Changes by partition' }),
  ).toBeVisible();

  const apply = panel.getByRole('button', { name: /^Move/ }).last();
  await expect(apply).toBeDisabled();
  await panel.getByLabel(/Type the name of the group/).fill(group.groupId);
  await expect(apply).toBeEnabled();
  await apply.click();
  const moves = panel.getByRole('list', { name: 'Earlier moves' });
  await expect(moves).toContainText('oldest');

  await moves.getByRole('button', { name: 'Undo…' }).click();
  await moves.getByLabel(/Type the name of the group/).fill(group.groupId);
  await moves.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(moves).toContainText('Undone by');
});
