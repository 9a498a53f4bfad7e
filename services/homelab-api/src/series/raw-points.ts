import type { Stream } from '@homelab/telemetry';
import { chooseBucketMs, pointsSql } from '@homelab/timescale-schema';
import type { Database, Statement } from '../database/database.ts';
import type { Range } from '../time/parameters.ts';
import type { NumberField } from './fields.ts';
import { emptyPoints, rounded } from './points.ts';
import type { Points } from './points.ts';

/** Readings of a device in at most `maxPoints` points, each with its least and greatest value. */
export async function readRawPoints(
  database: Database,
  asked: {
    readonly stream: Stream;
    readonly deviceId: string;
    readonly fields: readonly NumberField[];
    readonly range: Range;
    readonly maxPoints: number;
  },
): Promise<Points> {
  const { stream, deviceId, fields, range, maxPoints } = asked;
  const bucketMs = chooseBucketMs(range.toMs - range.fromMs, maxPoints);
  const rows = await database.rows<Row>(statementOf(stream, fields), [
    deviceId,
    new Date(range.fromMs),
    new Date(range.toMs),
    `${bucketMs} milliseconds`,
  ]);
  const points = emptyPoints(fields, bucketMs);
  for (const row of rows) {
    points.startMs.push(Math.round(row.start_ms));
    points.spans.push({
      firstMs: row.first_ms,
      lastMs: row.last_ms,
      readings: row.readings,
    });
    points.estimated.push(row.estimated_n);
    for (const [index, series] of points.series.entries()) {
      series.mean.push(rounded(row[`f${index}_mean`]));
      series.min.push(rounded(row[`f${index}_min`]));
      series.max.push(rounded(row[`f${index}_max`]));
    }
  }
  return points;
}

interface Row {
  start_ms: number;
  first_ms: number;
  last_ms: number;
  readings: number;
  estimated_n: number;
  [field: string]: number | null;
}

/** A statement stays on its connection, so only so many choices of fields get one. */
const maxStatements = 64;
const statements = new Map<string, Statement>();

function statementOf(
  stream: Stream,
  fields: readonly NumberField[],
): Statement {
  const names = fields.map(({ name }) => name);
  const key = `${stream}:${names.join(',')}`;
  let statement = statements.get(key);
  if (statement === undefined) {
    const text = pointsSql(stream, names);
    // Without a name it is planned for this one request.
    if (statements.size >= maxStatements) return { name: '', text };
    statement = { name: `points-${statements.size}`, text };
    statements.set(key, statement);
  }
  return statement;
}
