import { limitsFor, minuteMs } from '@homelab/heat-pump';
import type { FreshnessLimits } from '@homelab/heat-pump';
import type { Stream } from '@homelab/telemetry';
import { streams } from '@homelab/telemetry';
import { recentTimesSql } from '@homelab/timescale-schema';
import type { Database, Statement } from './database.ts';
import type { KnownDevices } from './known-devices.ts';
import { createMemory } from './memory.ts';

/** How often a device sends changes rarely. */
const freshMs = minuteMs;
/** Five intervals, of which the median counts. */
const times = 6;

/** The ages from which the devices of a stream are stale and offline, by their id. */
export type DeviceLimits = (
  stream: Stream,
) => Promise<(deviceId: string) => FreshnessLimits>;

/**
 * Creates a memory of how often devices send, by which their readings are judged. A device that
 * has appeared since the memory was made is judged by the usual limits of its stream.
 */
export function createDeviceLimits(deps: {
  database: Database;
  knownDevices: KnownDevices;
}): DeviceLimits {
  const { database, knownDevices } = deps;
  const remember = createMemory(freshMs, async (stream: Stream) => {
    const ids = await knownDevices(stream);
    const rows = await database.rows<{ device_id: string; times_ms: number[] }>(
      statements[stream],
      [ids, times],
    );
    return new Map(
      rows.map(row => [row.device_id, limitsFor(stream, gapsOf(row.times_ms))]),
    );
  });
  return async stream => {
    const known = await remember(stream);
    return deviceId => known.get(deviceId) ?? limitsFor(stream, []);
  };
}

/** The times between neighbours; a repetition is none. */
function gapsOf(timesMs: readonly number[]): number[] {
  return timesMs
    .slice(1)
    .map((atMs, index) => (timesMs[index] ?? atMs) - atMs)
    .filter(gapMs => gapMs > 0);
}

const statements = Object.fromEntries(
  streams.map(stream => [
    stream,
    { name: `recent-times-${stream}`, text: recentTimesSql(stream) },
  ]),
) as Record<Stream, Statement>;
