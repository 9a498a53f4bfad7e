import { dayMs } from '@homelab/heat-pump';
import { streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { newestReadingsSql } from '@homelab/timescale-schema';
import type { Database, Statement } from './database.ts';

/** Most devices have sent something within; those that have not cost a second query. */
const recentMs = 2 * dayMs;
const everMs = 0;

/** The newest row of a device: times in milliseconds since 1970, measurements by their names. */
export interface NewestRow {
  readonly device_id: string;
  readonly measured_ms: number;
  readonly received_ms: number;
  readonly as_of_ms: number;
  readonly [field: string]: unknown;
}

/** The newest readings of some devices, in their order; a device without any is left out. */
export async function readNewest(
  database: Database,
  stream: Stream,
  ids: readonly string[],
  nowMs: number,
): Promise<readonly NewestRow[]> {
  if (ids.length === 0) return [];
  const afterMs = nowMs - recentMs;
  const read = (wanted: readonly string[], fromMs: number) =>
    database.rows<NewestRow & { rank_ms: number }>(statements[stream], [
      wanted,
      new Date(fromMs),
    ]);
  const recent = (await read(ids, afterMs)).filter(
    ({ rank_ms }) => rank_ms > afterMs,
  );
  if (recent.length === ids.length) return recent;
  const found = new Map<string, NewestRow>();
  for (const row of recent) found.set(row.device_id, row);
  const others = ids.filter(id => !found.has(id));
  for (const row of await read(others, everMs)) found.set(row.device_id, row);
  return ids.flatMap(id => found.get(id) ?? []);
}

const statements = Object.fromEntries(
  streams.map(stream => [
    stream,
    { name: `newest-${stream}`, text: newestReadingsSql(stream) },
  ]),
) as Record<Stream, Statement>;
