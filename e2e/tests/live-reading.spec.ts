import { uniqueName } from '@homelab/test-kit';
import { watchForText } from '../support/measure-change.ts';
import { heatPumpPage } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { recordedThermiqMessage } from '../support/thermiq.ts';

test('a device message over MQTT changes the number on the open page', async ({
  page,
  device,
}) => {
  const clientName = `ThermIQ_${uniqueName('live')}`;
  const publish = async (supplyC: number) => {
    const message = recordedThermiqMessage({ clientName, supplyC });
    await device.publishAsync(message.mqttTopic, message.payload, { qos: 1 });
  };
  const { open, supply } = heatPumpPage(page);

  await publish(38);
  await open(clientName);
  await expect(supply).toContainText('38');

  const shownAtMs = await watchForText(supply, '41');
  const publishedAtMs = Date.now();
  await publish(41);
  await expect(supply).toContainText('41');

  // Reported, not asserted: the speed depends on the machine.
  const tookMs = (await shownAtMs()) - publishedAtMs;
  const description = `publish to page: ${tookMs} ms`;
  test.info().annotations.push({ type: 'latency', description });
  // eslint-disable-next-line no-console -- for the person who runs the tests
  console.log(description);
});
