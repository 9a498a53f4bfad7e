import type { ReadingTable } from '@homelab/timescale-schema';
import type { TupleMemory, Tuple } from './tuple-memory.ts';

/** A row on its way to a hypertable: its key, and all of it as COPY wants it. */
export interface Row extends Tuple {
  readonly deviceId: string;
  /** When the device measured, in milliseconds since 1970. */
  readonly measuredMs: number;
}

/** What is to become a row. */
export interface RowContent {
  readonly deviceId: string;
  readonly measuredMs: number;
  /** The fields of the reading under their own names. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** When the bridge received it, in milliseconds since 1970; `null` when unknown. */
  readonly receivedMs: number | null;
}

/** Encodes one row with a cell for each column that the table is written with, in their order. */
export function encodeRow(
  memory: TupleMemory,
  table: ReadingTable,
  { deviceId, measuredMs, fields, receivedMs }: RowContent,
): Tuple {
  memory.begin(table.writtenColumns.length);
  memory.text(deviceId);
  memory.timestamp(measuredMs);
  for (const { name } of table.measurementColumns)
    encodeCell(memory, fields[name]);
  if (receivedMs === null) memory.null();
  else memory.timestamp(receivedMs);
  return memory.end();
}

/** A reading is parsed, so that a value's own type is the type of its column. */
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
 * Orders rows by key. Every writer uses this order: two statements that hold the same
 * keys in opposite order would wait for each other.
 */
export function compareRows(one: Row, other: Row): number {
  if (one.deviceId !== other.deviceId)
    return one.deviceId < other.deviceId ? -1 : 1;
  return one.measuredMs - other.measuredMs;
}
