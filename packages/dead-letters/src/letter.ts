import type { ReadRecord } from '@homelab/service-kit';
import { deadLetterCodes, deadLetterHeaders } from '@homelab/telemetry';
import type { DeadLetterCode } from '@homelab/telemetry';

/** Stands for a code that is missing or that we do not know. */
export const unknownCode = 'unknown';

/** A record of a dead-letter topic and what its headers say. */
export interface Letter {
  readonly record: ReadRecord;
  /** One of the closed set of codes, for counting; the header itself may say more. */
  readonly code: DeadLetterCode | typeof unknownCode;
  /** Who gave up, as the header says. */
  readonly stage: string;
  /** Why, in a sentence; empty when nobody said. */
  readonly message: string;
  /** The Kafka topic it came from, or `mqtt`; undefined when nobody said. */
  readonly originTopic: string | undefined;
  /** When it failed last; the time of the record when nobody said. */
  readonly failedAtMs: number;
  /** How often it was redriven before it came here. */
  readonly redriveCount: number;
}

const knownCodes: ReadonlySet<string> = new Set(deadLetterCodes);

function isKnownCode(code: string | undefined): code is DeadLetterCode {
  return code !== undefined && knownCodes.has(code);
}

/** Reads the headers of a dead letter. Never throws: anybody may write to a Kafka topic. */
export function parseLetter(record: ReadRecord): Letter {
  const text = (name: string) => record.headers[name]?.toString('utf8');
  const code = text(deadLetterHeaders.code);
  const failedAtMs = Date.parse(text(deadLetterHeaders.lastFailedAt) ?? '');
  const redriveCount = text(deadLetterHeaders.redriveCount) ?? '';
  return {
    record,
    code: isKnownCode(code) ? code : unknownCode,
    stage: text(deadLetterHeaders.stage) ?? unknownCode,
    message: text(deadLetterHeaders.message) ?? '',
    originTopic: text(deadLetterHeaders.originTopic),
    failedAtMs: Number.isNaN(failedAtMs) ? record.timestampMs : failedAtMs,
    redriveCount: /^\d{1,9}$/.test(redriveCount) ? Number(redriveCount) : 0,
  };
}
