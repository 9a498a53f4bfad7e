import type { ReadingTable } from '@homelab/timescale-schema';
import type { TupleMemory, Tuple } from './fast-path/tuple-memory.ts';

/**
 * The order of a record among those of the same device and time: by receive time, then by
 * offset. Unknown comes first.
 */
export interface RecordOrder {
  /** When the bridge received it, in milliseconds since 1970; `null` when unknown. */
  readonly receivedMs: number | null;
  /** Its offset in the partition; `null` when redriven, because it has a new one. */
  readonly offset: number | null;
}

/** A row for a hypertable: its key, its order, and the whole row encoded for COPY. */
export interface Row extends Tuple, RecordOrder {
  readonly deviceId: string;
  /** When the device measured, in milliseconds since 1970. */
  readonly measuredMs: number;
}

/** The content of a row. */
export interface RowContent extends RecordOrder {
  readonly deviceId: string;
  readonly measuredMs: number;
  /** The fields of the reading under their own names. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Encodes a row with one cell per written column of the table, in their order. */
export function encodeRow(
  memory: TupleMemory,
  table: ReadingTable,
  { deviceId, measuredMs, fields, receivedMs, offset }: RowContent,
): Tuple {
  memory.begin(table.writtenColumns.length);
  memory.text(deviceId);
  memory.timestamp(measuredMs);
  for (const { name } of table.measurementColumns)
    encodeCell(memory, fields[name]);
  if (receivedMs === null) memory.null();
  else memory.timestamp(receivedMs);
  if (offset === null) memory.null();
  else memory.bigint(offset);
  return memory.end();
}

/** The type of a value is the type of its column, because the reading was validated. */
function encodeCell(memory: TupleMemory, cell: unknown): void {
  switch (typeof cell) {
    case 'number':
      return memory.double(cell);
    case 'string':
      return memory.text(cell);
    case 'boolean':
      return memory.boolean(cell);
    default:
      return Array.isArray(cell) ? memory.list(cell) : memory.null();
  }
}

/**
 * Orders rows by key. Every writer uses this order: two statements with the same keys in
 * opposite order would deadlock.
 */
export function compareRows(one: Row, other: Row): number {
  if (one.deviceId !== other.deviceId)
    return one.deviceId < other.deviceId ? -1 : 1;
  return one.measuredMs - other.measuredMs;
}

/** Whether two rows have the same key. */
export function hasSameKey(one: Row, other: Row): boolean {
  return one.measuredMs === other.measuredMs && one.deviceId === other.deviceId;
}

/** Orders records of one key: the earlier one first. */
export function compareOrder(one: RecordOrder, other: RecordOrder): number {
  const received = (one.receivedMs ?? -1) - (other.receivedMs ?? -1);
  return received === 0 ? (one.offset ?? -1) - (other.offset ?? -1) : received;
}
