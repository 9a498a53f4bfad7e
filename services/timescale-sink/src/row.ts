import { identityOf } from '@homelab/telemetry';
import type { ReadingByStream, Stream } from '@homelab/telemetry';
import { readingTables } from '@homelab/timescale-schema';

/** What a cell of a reading's row may hold. */
export type CellValue = string | number | boolean | readonly string[] | null;

/** A row on its way to a hypertable. */
export interface Row {
  readonly deviceId: string;
  /** ISO 8601 in UTC with milliseconds, so that text order is time order. */
  readonly measuredAt: string;
  /** One cell per written column of the table, in its order. */
  readonly cells: readonly CellValue[];
}

/** Makes the row of a reading. `receivedAt` is ISO 8601, or `null` when unknown. */
export function toRow<S extends Stream>(
  stream: S,
  reading: ReadingByStream[S],
  receivedAt: string | null,
): Row {
  const { deviceId, measuredAt } = identityOf(stream, reading);
  const fields: Readonly<Record<string, CellValue>> = reading;
  const cells: CellValue[] = [deviceId, measuredAt];
  for (const { name } of readingTables[stream].measurementColumns) {
    cells.push(fields[name] ?? null);
  }
  cells.push(receivedAt);
  return { deviceId, measuredAt, cells };
}

/**
 * Orders rows by key. Every writer uses this order: two statements that hold the same
 * keys in opposite order would wait for each other.
 */
export function compareRows(one: Row, other: Row): number {
  if (one.deviceId !== other.deviceId)
    return one.deviceId < other.deviceId ? -1 : 1;
  if (one.measuredAt === other.measuredAt) return 0;
  return one.measuredAt < other.measuredAt ? -1 : 1;
}
