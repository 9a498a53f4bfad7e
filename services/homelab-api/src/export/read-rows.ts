import type { Stream } from '@homelab/telemetry';
import {
  deviceColumn,
  epochMsSql,
  readingTables,
} from '@homelab/timescale-schema';
import { escapeIdentifier as quoted } from 'pg';
import type { Database, Statement } from '../database/database.ts';
import type { Range } from '../time/parameters.ts';

/** A reading as it is exported: its columns in the order of {@link exportColumns}. */
export type ExportedRow = Readonly<Record<string, unknown>>;

const batchRows = 2_000;

/** The columns of an export: who and when, every measurement, and when it arrived. */
export function exportColumns(stream: Stream): string[] {
  const measured = readingTables[stream].measurementColumns;
  return [
    'timestamp',
    'device_id',
    ...measured.map(({ name }) => name),
    'received_at',
  ];
}

const statements = new Map<Stream, Statement>();

/** A page of readings after a time; the key serves it, wherever in the range it begins. */
function statementOf(stream: Stream): Statement {
  let statement = statements.get(stream);
  if (statement === undefined) {
    const { name, measurementColumns } = readingTables[stream];
    const columns = measurementColumns.map(column => quoted(column.name));
    const text = `
      select time::text as key, ${epochMsSql('time')} as measured_ms,
        ${epochMsSql('received_at')} as received_ms, ${columns.join(', ')}
      from ${quoted(name)}
      where ${quoted(deviceColumn)} = $1 and time > $2 and time < $3
      order by time limit ${batchRows}`;
    statement = { name: `export-${stream}`, text };
    statements.set(stream, statement);
  }
  return statement;
}

interface Row {
  key: string;
  measured_ms: number;
  received_ms: number | null;
  [column: string]: unknown;
}

/**
 * Every reading of a device in a range, by device time, in batches. Each batch is a query of its
 * own that goes on behind the last key: between two batches it holds no connection, however slow
 * the reader is, and no query grows with the range.
 */
export async function* readRows(
  database: Database,
  asked: { stream: Stream; deviceId: string; range: Range },
): AsyncGenerator<readonly ExportedRow[]> {
  const { stream, deviceId, range } = asked;
  const statement = statementOf(stream);
  // The key of the row before the first: times are whole microseconds.
  let after = new Date(range.fromMs - 1).toISOString().replace('Z', '999Z');
  for (;;) {
    const rows = await database.rows<Row>(statement, [
      deviceId,
      after,
      new Date(range.toMs),
    ]);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(row => exported(deviceId, row));
    if (rows.length < batchRows) return;
    after = last.key;
  }
}

function exported(
  deviceId: string,
  { key, measured_ms, received_ms, ...values }: Row,
): ExportedRow {
  return {
    timestamp: new Date(measured_ms).toISOString(),
    device_id: deviceId,
    ...values,
    received_at:
      received_ms === null ? null : new Date(received_ms).toISOString(),
  };
}
