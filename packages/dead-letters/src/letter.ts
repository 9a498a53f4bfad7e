import type { ReadRecord } from '@homelab/kafka';
import type { LetterFormat } from './letter-format.ts';

/** Stands for a missing or unknown code, and for a missing stage. */
export const unknownCode = 'unknown';

/** The longest code, stage or origin, in characters: a header may have any size. */
const maxWordLength = 500;

/** A record of a dead-letter topic with its parsed headers. */
export interface Letter {
  readonly record: ReadRecord;
  /** Why it failed, in a word, for counting; the header itself may say more. */
  readonly code: string;
  /** Who gave up, as the header says. */
  readonly stage: string;
  /** Why, in a sentence; empty when unknown. */
  readonly message: string;
  /** Where it came from, usually a Kafka topic; undefined when unknown. */
  readonly origin: string | undefined;
  /** When it last failed; the record's timestamp when unknown. */
  readonly failedAtMs: number;
  /** The redrive count. */
  readonly redriveCount: number;
}

/** Parses the headers of a dead letter. Never throws: they are untrusted. */
export function parseLetter(record: ReadRecord, format: LetterFormat): Letter {
  const { headers, codes, originOf } = format;
  const text = (names: readonly string[]) => firstText(record, names);
  const word = (names: readonly string[]) =>
    text(names)?.slice(0, maxWordLength);
  const code = word(headers.code) ?? unknownCode;
  return {
    record,
    code: codes === undefined || codes.includes(code) ? code : unknownCode,
    stage: word(headers.stage) ?? unknownCode,
    message: text(headers.message) ?? '',
    origin: word(headers.origin) ?? originOf?.[record.topic],
    failedAtMs: parseTime(text(headers.failedAt)) ?? record.timestampMs,
    redriveCount: parseCount(text(headers.redriveCount)),
  };
}

function firstText(
  { headers }: ReadRecord,
  names: readonly string[],
): string | undefined {
  const name = names.find(one => headers[one] !== undefined);
  return name === undefined ? undefined : headers[name]?.toString('utf8');
}

/** The latest time that a `Date` can represent. */
const maxTimeMs = 8.64e15;

function parseTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const timeMs = /^\d{1,16}$/.test(text) ? Number(text) : Date.parse(text);
  return timeMs <= maxTimeMs ? timeMs : undefined;
}

function parseCount(text: string | undefined): number {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
