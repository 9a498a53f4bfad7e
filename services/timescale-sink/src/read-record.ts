import type { ConsumedRecord } from '@homelab/service-kit';
import { readReading, recordHeaders, schemaVersion } from '@homelab/telemetry';
import type { DeadLetterCode, Stream } from '@homelab/telemetry';
import { toRow } from './row.ts';
import type { Row } from './row.ts';

/** A row and the record it came from. */
export interface RecordRow extends Row {
  readonly record: ConsumedRecord;
}

/** Why a record cannot be stored. */
export interface Refusal {
  readonly code: DeadLetterCode;
  readonly message: string;
}

/** What came of reading a record of a stream topic. */
export type ReadRecordResult =
  | {
      readonly ok: true;
      readonly row: RecordRow;
      /** Fields that held an implausible number and are stored as NULL. */
      readonly outOfRange: readonly string[];
    }
  | ({ readonly ok: false } & Refusal);

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads a record as a row of its stream's hypertable. A record without a version header
 * is read as the current version: a person may have written it by hand. Never throws.
 */
export function readRecord(
  stream: Stream,
  record: ConsumedRecord,
): ReadRecordResult {
  const version = record.headers[recordHeaders.schemaVersion]?.toString();
  if (version !== undefined && version !== schemaVersion) {
    return refuse(
      'schema_version_unknown',
      `The record has schema version "${version}", this sink knows ${schemaVersion}.`,
    );
  }
  if (record.value === null || record.value.length === 0) {
    return refuse('payload_empty', 'The record has no value.');
  }
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(record.value));
  } catch {
    return refuse('payload_not_json', 'The value is not JSON in UTF-8.');
  }
  const result = readReading(stream, value);
  if (!result.ok) return result;
  const row = toRow(stream, result.reading, receivedAtOf(record));
  return { ok: true, row: { ...row, record }, outOfRange: result.outOfRange };
}

/** Records as rows, and those of them that nobody can read. */
export interface ReadRecords {
  readonly rows: RecordRow[];
  readonly refused: (Refusal & { readonly record: ConsumedRecord })[];
  /** Numbers that are implausible and stored as NULL. */
  readonly implausibleCount: number;
}

/** Reads records of a stream topic, in order. Never throws. */
export function readRecords(
  stream: Stream,
  records: readonly ConsumedRecord[],
): ReadRecords {
  const rows: RecordRow[] = [];
  const refused: ReadRecords['refused'] = [];
  let implausibleCount = 0;
  for (const record of records) {
    const result = readRecord(stream, record);
    if (result.ok) {
      rows.push(result.row);
      implausibleCount += result.outOfRange.length;
    } else {
      refused.push({ record, code: result.code, message: result.message });
    }
  }
  return { rows, refused, implausibleCount };
}

/** The arrival time is a courtesy: a reading without a usable one is stored all the same. */
function receivedAtOf(record: ConsumedRecord): string | null {
  const text = record.headers[recordHeaders.receivedAt]?.toString();
  if (text === undefined) return null;
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}

function refuse(code: DeadLetterCode, message: string): ReadRecordResult {
  return { ok: false, code, message };
}
