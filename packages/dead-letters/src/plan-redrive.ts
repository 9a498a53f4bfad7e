import type { OutgoingRecord } from '@homelab/service-kit';
import { deadLetterHeaders } from '@homelab/telemetry';
import type { Letter } from './letter.ts';
import type { RedrivePlaces } from './redrive-places.ts';

/** What an MQTT message names as its origin. */
const mqttOrigin = 'mqtt';

const ownHeaders: ReadonlySet<string> = new Set(
  Object.values(deadLetterHeaders),
);

/**
 * The record that brings a letter back to where it failed: key, bytes and headers as they
 * were, and how often it was redriven. Undefined when its origin is no Kafka topic of ours.
 */
export function recordOf(
  letter: Letter,
  places: Pick<RedrivePlaces, 'ingestRedriveTopic' | 'originTopics'>,
): OutgoingRecord | undefined {
  const { record, originTopic, redriveCount } = letter;
  const topic =
    originTopic === mqttOrigin ? places.ingestRedriveTopic : originTopic;
  const isOurs =
    topic === places.ingestRedriveTopic ||
    places.originTopics.some(origin => origin === topic);
  if (topic === undefined || !isOurs) return undefined;
  const original = Object.entries(record.headers).filter(
    ([name]) => !ownHeaders.has(name),
  );
  return {
    topic,
    key: record.key,
    value: record.value,
    headers: {
      ...Object.fromEntries(original),
      [deadLetterHeaders.redriveCount]: String(redriveCount + 1),
    },
  };
}
