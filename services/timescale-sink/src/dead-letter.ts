import type { ConsumedRecord, OutgoingRecord } from '@homelab/kafka';
import {
  deadLetterHeaders,
  maxDeadLetterMessageLength,
} from '@homelab/telemetry';
import type { Refusal } from './read-record.ts';
import type { StreamRoute } from './routes.ts';

/** A record that cannot be stored, and why. */
export interface RefusedRecord extends Refusal {
  readonly record: ConsumedRecord;
  /** How often it was tried. */
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
}

/**
 * Creates the dead letter of a record: its key, value and headers unchanged, plus headers
 * for its origin and the reason. An existing redrive count is kept.
 */
export function toDeadLetter(
  {
    record,
    code,
    message,
    attempts,
    firstFailedAt,
    lastFailedAt,
  }: RefusedRecord,
  route: Pick<StreamRoute, 'topic' | 'deadLetterTopic' | 'group'>,
  partition: number,
): OutgoingRecord {
  const names = deadLetterHeaders;
  return {
    topic: route.deadLetterTopic,
    key: record.key,
    value: record.value,
    headers: {
      ...record.headers,
      [names.stage]: 'sink',
      [names.code]: code,
      [names.message]: message.slice(0, maxDeadLetterMessageLength),
      [names.originTopic]: route.topic,
      [names.originPartition]: String(partition),
      [names.originOffset]: record.offset,
      ...timeHeader(names.originTimestamp, record.timestampMs),
      [names.originGroup]: route.group,
      [names.attempts]: String(attempts),
      [names.firstFailedAt]: firstFailedAt.toISOString(),
      [names.lastFailedAt]: lastFailedAt.toISOString(),
    },
  };
}

/**
 * Kafka stores whatever number a producer sends: -1 for none, nanoseconds by mistake.
 * A number that is no time is left out.
 */
function timeHeader(name: string, ms: number): Record<string, string> {
  const time = new Date(ms);
  return ms < 0 || Number.isNaN(time.getTime())
    ? {}
    : { [name]: time.toISOString() };
}
