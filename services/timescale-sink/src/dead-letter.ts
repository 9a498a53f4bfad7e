import type { ConsumedRecord, OutgoingRecord } from '@homelab/service-kit';
import {
  deadLetterHeaders,
  maxDeadLetterMessageLength,
} from '@homelab/telemetry';
import type { Refusal } from './read-record.ts';
import type { Route } from './routes.ts';

/** A record that cannot be stored, and why. */
export interface RefusedRecord extends Refusal {
  readonly record: ConsumedRecord;
  /** How often it was tried. */
  readonly attempts: number;
  readonly firstFailedAt: Date;
  readonly lastFailedAt: Date;
}

/**
 * Makes the dead letter of a record: its key, bytes and headers as they were, and beside
 * them where it came from and why it is here. A redrive count that it has is kept.
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
  route: Pick<Route, 'topic' | 'deadLetterTopic' | 'group'>,
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
      [names.originTimestamp]: new Date(record.timestampMs).toISOString(),
      [names.originGroup]: route.group,
      [names.attempts]: String(attempts),
      [names.firstFailedAt]: firstFailedAt.toISOString(),
      [names.lastFailedAt]: lastFailedAt.toISOString(),
    },
  };
}

const maxBytesPerSend = 256 * 1024;

/**
 * Cuts dead letters into portions that a broker takes in one go: it refuses a batch of
 * records of more than about 1 MiB. A single record beyond the portion goes alone.
 */
export function portionsOf(
  letters: readonly OutgoingRecord[],
  maxBytes: number = maxBytesPerSend,
): OutgoingRecord[][] {
  const portions: OutgoingRecord[][] = [];
  let portion: OutgoingRecord[] = [];
  let bytes = 0;
  for (const letter of letters) {
    const size = sizeOf(letter);
    if (portion.length > 0 && bytes + size > maxBytes) {
      portions.push(portion);
      portion = [];
      bytes = 0;
    }
    portion.push(letter);
    bytes += size;
  }
  if (portion.length > 0) portions.push(portion);
  return portions;
}

function sizeOf({ key, value, headers = {} }: OutgoingRecord): number {
  let bytes = byteLength(key) + byteLength(value);
  for (const [name, text] of Object.entries(headers)) {
    bytes += name.length + byteLength(text);
  }
  return bytes;
}

function byteLength(part: Buffer | string | null): number {
  return part === null ? 0 : Buffer.byteLength(part);
}
