import { hourMs } from '@homelab/heat-pump';
import type { Stream } from '@homelab/telemetry';
import { epochMsSql, rollups } from '@homelab/timescale-schema';
import { escapeIdentifier as quoted } from 'pg';
import type { RollupWidth } from '@homelab/timescale-schema';
import type { Database, Statement } from '../database/database.ts';
import type { Range } from '../time/parameters.ts';
import type { NumberField } from './fields.ts';
import { numberFieldsOf } from './fields.ts';
import { emptyPoints, rounded } from './points.ts';
import type { Points } from './points.ts';

/**
 * Hours or local days of a device. Days of the site's zone are stored; those of another zone are
 * added up from hours. A counter has no mean here, since its readings are not summed.
 */
export async function readRollupPoints(
  database: Database,
  asked: {
    readonly stream: Stream;
    readonly deviceId: string;
    readonly fields: readonly NumberField[];
    readonly range: Range;
    readonly width: RollupWidth;
    /** Set for days of another zone than the site's. */
    readonly otherTimeZone: string | undefined;
  },
): Promise<Points> {
  const { stream, deviceId, fields, range, width, otherTimeZone } = asked;
  const kind = otherTimeZone === undefined ? width : 'day-of-zone';
  const rows = await database.rows<Row>(statements[`${stream}-${kind}`], [
    deviceId,
    new Date(range.fromMs),
    new Date(range.toMs),
    ...(otherTimeZone === undefined ? [] : [otherTimeZone]),
  ]);
  const points = emptyPoints(fields, width === 'hour' ? hourMs : null);
  for (const row of rows) {
    points.startMs.push(row.start_ms);
    points.spans.push({
      firstMs: row.first_ms,
      lastMs: row.last_ms,
      readings: row.readings,
    });
    points.estimated.push(row.estimated_n ?? null);
    for (const series of points.series) {
      series.mean.push(rounded(row[`${series.field}_mean`]));
      series.min.push(rounded(row[`${series.field}_min`]));
      series.max.push(rounded(row[`${series.field}_max`]));
    }
  }
  return points;
}

interface Row {
  start_ms: number;
  first_ms: number;
  last_ms: number;
  readings: number;
  [column: string]: number | null;
}

const streams = ['energy', 'heatpump', 'temperature'] as const;
const kinds = ['hour', 'day', 'day-of-zone'] as const;

const statements = Object.fromEntries(
  streams.flatMap(stream =>
    kinds.map(kind => [
      `${stream}-${kind}`,
      { name: `rollup-${stream}-${kind}`, text: sqlOf(stream, kind) },
    ]),
  ),
) as Record<`${Stream}-${(typeof kinds)[number]}`, Statement>;

/** All fields at once: one plan serves every choice of fields. */
function sqlOf(stream: Stream, kind: (typeof kinds)[number]): string {
  const table = rollups[stream][kind === 'day' ? 'daily' : 'hourly'];
  const fields = numberFieldsOf(stream);
  const where = 'device_id = $1 and bucket >= $2 and bucket < $3';
  if (kind !== 'day-of-zone') {
    const columns = fields.flatMap(({ name, kind: measured }) => [
      ...(measured === 'gauge'
        ? [`${name}_sum / nullif(${name}_n, 0) as ${name}_mean`]
        : []),
      quoted(`${name}_min`),
      quoted(`${name}_max`),
    ]);
    return `
      select ${epochMsSql('bucket')} as start_ms,
        ${epochMsSql('first_at')} as first_ms, ${epochMsSql('last_at')} as last_ms,
        readings, estimated_n, ${columns.join(', ')}
      from ${table} where ${where} order by bucket`;
  }
  const columns = fields.flatMap(({ name, kind: measured }) => [
    ...(measured === 'gauge'
      ? [`sum(${name}_sum) / nullif(sum(${name}_n), 0) as ${name}_mean`]
      : []),
    `min(${name}_min) as ${name}_min`,
    `max(${name}_max) as ${name}_max`,
  ]);
  return `
    select ${epochMsSql(`date_trunc('day', bucket, $4)`)} as start_ms,
      ${epochMsSql('min(first_at)')} as first_ms, ${epochMsSql('max(last_at)')} as last_ms,
      sum(readings)::integer as readings, sum(estimated_n)::integer as estimated_n,
      ${columns.join(', ')}
    from ${table} where ${where} group by 1 order by 1`;
}
