import { headerText } from '@homelab/kafka';
import type { ConsumedRecord } from '@homelab/kafka';
import {
  deadLetterHeaders,
  readReading,
  recordHeaders,
  schemaVersion,
  utcMsOf,
} from '@homelab/telemetry';
import type { DeadLetterCode, Stream } from '@homelab/telemetry';
import { readingTables } from '@homelab/timescale-schema';
import { encodeRow } from './row.ts';
import type { RecordOrder, Row } from './row.ts';
import { createScanReading } from './fast-path/scan-reading.ts';
import type { ScannedReading } from './fast-path/scan-reading.ts';
import { TupleMemory } from './fast-path/tuple-memory.ts';

/** A row and the record it came from. */
export interface RecordRow extends Row {
  readonly record: ConsumedRecord;
}

/** Why a record cannot be stored. */
export interface Refusal {
  readonly code: DeadLetterCode;
  readonly message: string;
}

/** The result of reading a record of a stream topic. */
export type ReadRecordResult =
  | {
      readonly ok: true;
      readonly row: RecordRow;
      /** Fields that held an implausible number and are stored as NULL. */
      readonly outOfRange: readonly string[];
    }
  | ({ readonly ok: false } & Refusal);

/** Reads a record as a row of its stream's hypertable. Never throws. */
export type ReadRecord = (record: ConsumedRecord) => ReadRecordResult;

/**
 * Creates the reader of a stream's records. A record without a version header, perhaps
 * written by hand, is read as the current version.
 */
export function createReadRecord(stream: Stream): ReadRecord {
  const table = readingTables[stream];
  const memory = new TupleMemory();
  const scanReading = createScanReading(table, memory);
  return record => {
    const version = headerText(record, recordHeaders.schemaVersion);
    if (version !== undefined && version !== schemaVersion) {
      return refuse(
        'schema_version_unknown',
        `The record has schema version "${version}", this sink knows ${schemaVersion}.`,
      );
    }
    const bytes = record.value;
    if (bytes === null || bytes.length === 0) {
      return refuse('payload_empty', 'The record has no value.');
    }
    const order = orderOf(record);
    const scanned = scanReading(bytes, order);
    if (scanned !== undefined) {
      return { ok: true, row: rowOf(scanned, order, record), outOfRange: [] };
    }
    const value = parseJson(bytes);
    if (value === undefined) {
      return refuse('payload_not_json', 'The value is not JSON in UTF-8.');
    }
    const result = readReading(stream, value);
    if (!result.ok) return result;
    const { reading, outOfRange } = result;
    const { device_id: deviceId, timestamp } = reading;
    const measuredMs = utcMsOf(timestamp) ?? Date.parse(timestamp);
    const tuple = encodeRow(memory, table, {
      ...{ deviceId, measuredMs, ...order },
      fields: reading,
    });
    const row = rowOf({ deviceId, measuredMs, ...tuple }, order, record);
    return { ok: true, row, outOfRange };
  };
}

function rowOf(
  { deviceId, measuredMs, bytes, from, to }: ScannedReading,
  { receivedMs, offset }: RecordOrder,
  record: ConsumedRecord,
): RecordRow {
  return { deviceId, measuredMs, receivedMs, offset, bytes, from, to, record };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });
const replacement = '\ufffd';

/** Gives `undefined`, which is no JSON value, for bytes that are not JSON in UTF-8. */
function parseJson(bytes: Buffer): unknown {
  const text = bytes.toString();
  try {
    // Invalid UTF-8 becomes this character, which a sender may also have used.
    if (!text.includes(replacement)) return JSON.parse(text);
  } catch {
    // Perhaps only because of a byte order mark, which the other decoder removes.
  }
  try {
    return JSON.parse(strictUtf8.decode(bytes));
  } catch {
    return undefined;
  }
}

/** Records as rows, and those that cannot be read. */
export interface ReadRecords {
  readonly rows: RecordRow[];
  readonly refused: (Refusal & { readonly record: ConsumedRecord })[];
  /** Numbers that are implausible and stored as NULL. */
  readonly implausibleCount: number;
}

/** Reads records of a stream topic, in order. Never throws. */
export function readRecords(
  readRecord: ReadRecord,
  records: readonly ConsumedRecord[],
): ReadRecords {
  const rows: RecordRow[] = [];
  const refused: ReadRecords['refused'] = [];
  let implausibleCount = 0;
  for (const record of records) {
    const result = readRecord(record);
    if (result.ok) {
      rows.push(result.row);
      implausibleCount += result.outOfRange.length;
    } else {
      refused.push({ record, code: result.code, message: result.message });
    }
  }
  return { rows, refused, implausibleCount };
}

/**
 * A redriven record keeps its receive time but not its offset, so its order among others of
 * the same millisecond is lost.
 */
function orderOf(record: ConsumedRecord): RecordOrder {
  // Not by `record.headers`, which parses all of them.
  const isRedriven =
    headerText(record, deadLetterHeaders.redriveCount) !== undefined;
  return {
    receivedMs: receivedMsOf(record),
    offset: isRedriven ? null : Number(record.offset),
  };
}

const lastMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Reads the arrival time, which is optional: a reading without a valid one is stored too.
 * `Date` accepts years that PostgreSQL does not.
 */
function receivedMsOf(record: ConsumedRecord): number | null {
  const text = headerText(record, recordHeaders.receivedAt);
  if (text === undefined) return null;
  const ms = utcMsOf(text) ?? Date.parse(text);
  return ms >= 0 && ms <= lastMs ? ms : null;
}

function refuse(code: DeadLetterCode, message: string): ReadRecordResult {
  return { ok: false, code, message };
}
