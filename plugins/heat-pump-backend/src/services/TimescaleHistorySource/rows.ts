import type { HistorySeries } from '@homelab/plugin-heat-pump-common';
import type { PointSpan } from '@homelab/timescale-schema';
import { z } from 'zod';
import type { TransitionRow } from '@homelab/heat-pump';

/** Rows of `devicesSql`. */
export const deviceRowsSchema = z.array(
  z
    .object({
      device_id: z.string(),
      as_of: z.date(),
      furthest_time: z.date(),
      furthest_received: z.date(),
    })
    .transform(row => ({
      deviceId: row.device_id,
      lastReadingAt: row.as_of.toISOString(),
      furthest: {
        measuredAt: row.furthest_time.toISOString(),
        receivedAt: row.furthest_received.toISOString(),
      },
    })),
);

/** The clocks of any row of readings; the telemetry contract parses the other columns. */
export const readingRowSchema = z.looseObject({
  time: z.date(),
  arrived: z.date(),
});

const pointRowsSchema = z.array(
  z
    .object({
      start_ms: z.number(),
      first_ms: z.number(),
      last_ms: z.number(),
      readings: z.number(),
    })
    .catchall(z.number().nullable()),
);

const transitionRowSchema = z.object({
  time_ms: z.number(),
  previous_ms: z.number().nullable(),
  alarm: z.boolean(),
  defrost: z.boolean(),
  aux_heater: z.boolean(),
  hot_water: z.boolean(),
  compressor: z.boolean(),
  alarm_names: z.string(),
});

/** Rows of `transitionsSql`. */
export const transitionRowsSchema = z.array(
  transitionRowSchema.transform(
    ({ time_ms, previous_ms, alarm_names, ...active }): TransitionRow => ({
      timeMs: time_ms,
      previousMs: previous_ms,
      active,
      alarmNames: alarm_names.replaceAll('_', ' '),
    }),
  ),
);

/** Points by column, as charts need them. */
export interface Points {
  time: number[];
  spans: PointSpan[];
  series: HistorySeries[];
}

// Averages of floats have noise far below the resolution of any sensor; rounding halves the response.
const round = (value: number | null | undefined) =>
  value === null || value === undefined
    ? null
    : Math.round(value * 1000) / 1000;

/** Parses the rows of `pointsSql`. Fields without any value are omitted. */
export function readPoints(rows: unknown, fields: readonly string[]): Points {
  const parsed = pointRowsSchema.parse(rows);
  const column = (name: string) => parsed.map(row => round(row[name]));
  return {
    time: parsed.map(row => Math.round(row.start_ms)),
    spans: parsed.map(row => ({
      firstMs: row.first_ms,
      lastMs: row.last_ms,
      readings: row.readings,
    })),
    series: fields
      .map((field, index) => ({
        field,
        mean: column(`f${index}_mean`),
        min: column(`f${index}_min`),
        max: column(`f${index}_max`),
      }))
      .filter(({ mean }) => mean.some(value => value !== null)),
  };
}
