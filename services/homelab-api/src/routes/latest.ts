import { measurementsOf, readingSchemas } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { newestReadingsSql } from '@homelab/timescale-schema';
import { z } from 'zod';
import { defineRoute } from '../http/define-route.ts';

/** More devices than any house has; the rest is not silently lost: `truncated` says so. */
const maxDevices = 500;

/** The route and the schemas of the newest readings of one stream. */
function latestOf<S extends Stream>(
  stream: S,
  words: { of: string; Name: string },
) {
  const readingSchema = z.object({
    ...readingSchemas[stream].shape,
    as_of: z.iso
      .datetime()
      .describe('What its age counts from: never later than it arrived'),
    age_seconds: z.number().describe('Age of the reading now'),
  });
  const answerSchema = z.object({
    data: z.array(readingSchema),
    truncated: z
      .boolean()
      .describe(`There are more than ${maxDevices} devices`),
  });
  const statement = {
    name: `latest-${stream}`,
    text: newestReadingsSql(stream),
  };
  const fields = measurementsOf(stream).map(([name]) => name);
  const route = defineRoute({
    operationId: `latest${words.Name}`,
    path: `/api/v1/${stream}/latest`,
    summary: `The newest reading of each ${words.of}`,
    tag: words.Name,
    answer: answerSchema,
    async handle({ spend }, { database, now }) {
      spend(100);
      const rows = await database.rows<Record<string, unknown> & Newest>(
        statement,
        [maxDevices + 1],
      );
      const nowMs = now();
      const data = rows
        .slice(0, maxDevices)
        .map(row => readingOf(row, fields, nowMs));
      // Columns of the table are the fields of the schema; a test compares them.
      return { data, truncated: rows.length > maxDevices } as z.input<
        typeof answerSchema
      > &
        object;
    },
  });
  return {
    route,
    components: {
      [`${words.Name}Reading`]: readingSchema,
      [`Latest${words.Name}`]: answerSchema,
    },
  };
}

interface Newest {
  device_id: string;
  measured_ms: number;
  as_of_ms: number;
}

function readingOf(
  row: Record<string, unknown> & Newest,
  fields: readonly string[],
  nowMs: number,
) {
  const reading: Record<string, unknown> = {
    timestamp: new Date(row.measured_ms).toISOString(),
    device_id: row.device_id,
  };
  for (const field of fields) reading[field] = row[field] ?? null;
  reading.as_of = new Date(row.as_of_ms).toISOString();
  reading.age_seconds = Math.max(0, Math.round((nowMs - row.as_of_ms) / 1_000));
  return reading;
}

const latest = [
  latestOf('energy', { of: 'electricity meter', Name: 'Energy' }),
  latestOf('heatpump', { of: 'heat pump', Name: 'Heatpump' }),
  latestOf('temperature', { of: 'room sensor', Name: 'Temperature' }),
];

export const latestRoutes = latest.map(({ route }) => route);
export const latestComponents = Object.assign(
  {},
  ...latest.map(({ components }) => components),
) as Record<string, z.ZodType>;
