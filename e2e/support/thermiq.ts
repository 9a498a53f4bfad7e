import { uniqueName } from '@homelab/test-kit';
import type { MqttClient } from 'mqtt';
import { goldenMessages } from '@homelab/mqtt-kafka-bridge/golden-messages';
import { z } from 'zod';

const thermiqPayload = z.looseObject({
  Client_Name: z.string(),
  d5: z.number(),
});

/** The fields that a test changes in the recorded message. */
export interface ThermiqChange {
  clientName: string;
  /** Whole degrees, as the module reports them. */
  supplyC: number;
}

/** The recorded ThermIQ message, sent as another heat pump with another supply temperature. */
export function recordedThermiqMessage(change: ThermiqChange): {
  mqttTopic: string;
  payload: string;
} {
  const recorded = goldenMessages.find(
    message =>
      message.format === 'thermiq' && message.expected.kind === 'readings',
  );
  if (!recorded || typeof recorded.payload !== 'string') {
    throw new Error(
      'There is no readable ThermIQ message among the golden ones.',
    );
  }
  const payload = thermiqPayload.parse(JSON.parse(recorded.payload));
  return {
    mqttTopic: `${change.clientName.toLowerCase()}/data`,
    payload: JSON.stringify({
      ...payload,
      Client_Name: change.clientName,
      d5: change.supplyC,
    }),
  };
}

/** A ThermIQ module that obeys, refuses or is silent. */
export async function playThermiq(device: MqttClient) {
  const clientName = `ThermIQ_${uniqueName('settings')}`;
  const { mqttTopic, payload } = recordedThermiqMessage({
    clientName,
    supplyC: 38,
  });
  const recorded: object = JSON.parse(payload);
  const played = {
    clientName,
    behaviour: 'obeys' as 'obeys' | 'refuses' | 'is silent',
    roomC: 20,
    async report() {
      const message = { ...recorded, d50: played.roomC, d3: played.roomC };
      await device.publishAsync(mqttTopic, JSON.stringify(message), { qos: 1 });
    },
  };
  device.on('message', (_topic, text) => {
    if (played.behaviour === 'is silent') return;
    const { d50 } = JSON.parse(text.toString()) as { d50?: number };
    if (played.behaviour === 'obeys' && d50 !== undefined) played.roomC = d50;
    void played.report();
  });
  await device.subscribeAsync(mqttTopic.replace(/data$/, 'write'), { qos: 1 });
  await played.report();
  return played;
}
