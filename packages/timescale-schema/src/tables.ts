import { hypertables, measurementsOf, streams } from '@homelab/telemetry';
import type { Measurement, Stream } from '@homelab/telemetry';

/** The SQL types that columns of readings have. */
export type ColumnType =
  'timestamptz' | 'double precision' | 'boolean' | 'text' | 'text[]' | 'bigint';

/** A column of a hypertable. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** A hypertable of readings as created by the migrations. */
export interface ReadingTable {
  readonly stream: Stream;
  readonly name: string;
  /** One column per entry of the measurement registry, in its order. */
  readonly measurementColumns: readonly Column[];
  /**
   * Every column that a writer sets: key, measurements, `received_at`, `record_offset`. The
   * database sets `stored_at`.
   */
  readonly writtenColumns: readonly Column[];
}

/** The column of the device; with `time` it is the key of every hypertable. */
export const deviceColumn = 'device_id';

/** Names of the columns that every hypertable of readings has besides its measurements. */
export const clockColumns = {
  /** When the device measured. */
  measuredAt: 'time',
  /** When the bridge received it; may be unknown. */
  receivedAt: 'received_at',
  /** When the row was written. */
  storedAt: 'stored_at',
} as const;

/** Names of the columns that allow merging the records of a reading in any order. */
export const mergeColumns = {
  /** With `received_at`, the order of the newest record; NULL for a redriven one. */
  recordOffset: 'record_offset',
  /** Fields from older records, each with the order of its record; mostly NULL. */
  olderFields: 'older_fields',
} as const;

function columnTypeOf(kind: Measurement['kind']): ColumnType {
  switch (kind) {
    case 'gauge':
    case 'counter':
      return 'double precision';
    case 'flag':
      return 'boolean';
    case 'state':
    case 'text':
      return 'text';
    case 'list':
      return 'text[]';
  }
}

function readingTable(stream: Stream): ReadingTable {
  const measurementColumns = measurementsOf(stream).map(([name, { kind }]) => ({
    name,
    type: columnTypeOf(kind),
  }));
  return {
    stream,
    name: hypertables[stream],
    measurementColumns,
    writtenColumns: [
      { name: deviceColumn, type: 'text' },
      { name: clockColumns.measuredAt, type: 'timestamptz' },
      ...measurementColumns,
      { name: clockColumns.receivedAt, type: 'timestamptz' },
      { name: mergeColumns.recordOffset, type: 'bigint' },
    ],
  };
}

/** The hypertable of each stream, derived from the measurement registry. */
export const readingTables: Readonly<Record<Stream, ReadingTable>> = {
  energy: readingTable('energy'),
  heatpump: readingTable('heatpump'),
  temperature: readingTable('temperature'),
};

/** Every hypertable of readings. */
export const allReadingTables: readonly ReadingTable[] = streams.map(
  stream => readingTables[stream],
);
