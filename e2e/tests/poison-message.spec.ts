import {
  deadLetterHeaders,
  deadLetterTopic,
  kafkaTopics,
} from '@homelab/telemetry';
import { readTopic, uniqueName } from '@homelab/test-kit';
import { heatPumpPage } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';
import { recordedThermiqMessage } from '../support/thermiq.ts';

test('garbage goes to the dead-letter topic and the page keeps working', async ({
  page,
  device,
  scope,
}) => {
  const clientName = `ThermIQ_${uniqueName('poison')}`;
  const before = recordedThermiqMessage({ clientName, supplyC: 35 });
  const after = recordedThermiqMessage({ clientName, supplyC: 44 });
  const garbage = Buffer.from([
    0x7b,
    0x22,
    0xff,
    0x00,
    ...Buffer.from(clientName),
  ]);
  const { open, supply } = heatPumpPage(page);
  await device.publishAsync(before.mqttTopic, before.payload, { qos: 1 });
  await open(clientName);
  await expect(supply).toContainText('35');

  await device.publishAsync(before.mqttTopic, garbage, { qos: 1 });
  await device.publishAsync(after.mqttTopic, after.payload, { qos: 1 });

  await expect(supply).toContainText('44');
  const deadLetters = await readTopic(scope, {
    topic: deadLetterTopic(kafkaTopics.heatpump),
    until: records => records.some(record => record.value?.equals(garbage)),
  });
  const deadLetter = deadLetters.find(record => record.value?.equals(garbage));
  expect(String(deadLetter?.headers[deadLetterHeaders.code])).toBe(
    'payload_not_json',
  );
  expect(String(deadLetter?.headers[deadLetterHeaders.stage])).toBe('bridge');
});
