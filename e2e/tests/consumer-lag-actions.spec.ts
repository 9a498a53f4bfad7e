import { uniqueName } from '@homelab/test-kit';
import { createLaggingGroup } from '../support/lagging-group.ts';
import { expect, test } from '../support/test.ts';

test.setTimeout(120_000);
test.use({
  allowedConsoleErrors: {
    'A group is not known before the next poll':
      /status of 404 .*\/api\/consumer-lag\/clusters\/homelab\/groups\//,
  },
});

test('a dead letter is read, tried and sent again', async ({
  page,
  device,
}) => {
  const name = uniqueName('bad-meter');
  const mqttTopic = `homelab/energy/${name}`;
  await device.publishAsync(mqttTopic, `{"secret of": "${name}"`, { qos: 1 });

  await page.goto('/consumer-lag/dead-letters');
  const dlq = page.getByRole('link', { name: 'homelab.energy.dlq' });
  await expect(dlq).toBeVisible({ timeout: 30_000 });
  await page.goto(
    `/consumer-lag/dead-letters/homelab/homelab.energy.dlq?key=${encodeURIComponent(mqttTopic)}`,
  );
  const letter = page.getByRole('row', { name: new RegExp(name) });
  await expect(letter).toHaveCount(1, { timeout: 30_000 });
  await expect(letter).toContainText('payload_not_json');
  await letter.getByRole('button').last().click();
  await expect(page.getByText(`{"secret of": "${name}"`)).toBeVisible();
  await expect(page.getByText('dlq-origin-topic')).toBeVisible();

  await letter.getByRole('checkbox').check();
  await page.getByRole('button', { name: /^Redrive/ }).click();
  const redrive = page.getByRole('region', { name: 'Redrive', exact: true });
  await redrive.getByRole('button', { name: 'Dry run' }).click();
  await expect(redrive).toContainText('1 letter would be sent');
  await redrive.getByRole('button', { name: 'Send 1 letter' }).click();
  await expect(redrive).toContainText('1 letter sent', { timeout: 30_000 });

  // The bridge could still not read it: it comes back, with its count raised.
  await expect(async () => {
    await page.reload();
    await expect(letter).toHaveCount(2, { timeout: 5_000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Redrives' })).toContainText(
    '1',
  );
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
    panel.getByRole('table', { name: 'What changes in each partition' }),
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
