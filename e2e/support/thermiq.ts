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
