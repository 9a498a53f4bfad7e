import { maxDevices, sourcedReading } from '@homelab/heat-pump';
import type { SourcedReading } from '@homelab/heat-pump';
import { measurementsOf, streams } from '@homelab/telemetry';
import type { ReadingTimes, Stream } from '@homelab/telemetry';
import { devicesSql, newestReadingsSql } from '@homelab/timescale-schema';
import type { Database } from './database.ts';

/** The newest stored reading of a device, and the latest time that it ever sent. */
export interface StoredNewest {
  readonly sourced: SourcedReading;
  readonly claim: ReadingTimes;
}

interface DeviceRow {
  readonly device_id: string;
  readonly furthest_time: Date;
  readonly furthest_received: Date;
}

interface NewestRow {
  readonly device_id: string;
  readonly measured_ms: number;
  readonly received_ms: number;
  readonly [field: string]: unknown;
}

/** The newest stored reading of every device. Rejects as the database does. */
export async function readStored(
  database: Pick<Database, 'rows'>,
): Promise<readonly StoredNewest[]> {
  const found: StoredNewest[] = [];
  for (const stream of streams)
    found.push(...(await readStream(database, stream)));
  return found;
}

async function readStream(
  database: Pick<Database, 'rows'>,
  stream: Stream,
): Promise<StoredNewest[]> {
  const devices = await database.rows<DeviceRow>(
    { name: `devices-${stream}`, text: devicesSql(stream) },
    [maxDevices, ''],
  );
  const claims = new Map(
    devices.map(row => [
      row.device_id,
      {
        measuredMs: row.furthest_time.getTime(),
        receivedMs: row.furthest_received.getTime(),
      },
    ]),
  );
  const rows = await database.rows<NewestRow>(
    { name: `newest-${stream}`, text: newestReadingsSql(stream) },
    [[...claims.keys()], new Date(0)],
  );
  const fields = measurementsOf(stream).map(([name]) => name as string);
  return rows.flatMap(row => {
    const claim = claims.get(row.device_id);
    const sourced = sourcedOf(stream, row, fields);
    return claim && sourced ? [{ sourced, claim }] : [];
  });
}

function sourcedOf(
  stream: Stream,
  row: NewestRow,
  fields: readonly string[],
): SourcedReading | undefined {
  const reading = {
    timestamp: new Date(row.measured_ms).toISOString(),
    device_id: row.device_id,
    ...Object.fromEntries(fields.map(name => [name, row[name] ?? null])),
  };
  return sourcedReading(
    stream,
    reading,
    new Date(row.received_ms).toISOString(),
  );
}
