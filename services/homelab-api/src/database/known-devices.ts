import { streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { deviceIdsSql } from '@homelab/timescale-schema';
import type { Database, Statement } from './database.ts';
import { createMemory } from './memory.ts';

/** More devices than any house has. */
export const maxKnownDevices = 500;
const freshMs = 5_000;

/** The ids of the devices of a stream, in their order; at most one more than {@link maxKnownDevices}. */
export type KnownDevices = (stream: Stream) => Promise<readonly string[]>;

/**
 * Creates a memory of the devices: finding them opens every chunk of the table, and new ones are
 * rare.
 */
export function createKnownDevices(deps: { database: Database }): KnownDevices {
  return createMemory(freshMs, async (stream: Stream) => {
    const rows = await deps.database.rows<{ id: string }>(statements[stream], [
      maxKnownDevices + 1,
    ]);
    return rows.map(({ id }) => id);
  });
}

const statements = Object.fromEntries(
  streams.map(stream => [
    stream,
    { name: `device-ids-${stream}`, text: deviceIdsSql(stream) },
  ]),
) as Record<Stream, Statement>;
