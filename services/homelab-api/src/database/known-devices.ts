import { streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { deviceIdsSql } from '@homelab/timescale-schema';
import type { Database, Statement } from './database.ts';

/** More devices than any house has. */
export const maxKnownDevices = 500;
const freshMs = 5_000;

/** The ids of the devices of a stream, in their order; at most one more than {@link maxKnownDevices}. */
export type KnownDevices = (stream: Stream) => Promise<readonly string[]>;

/**
 * Creates a memory of the devices: finding them opens every chunk of the table, and new ones are
 * rare. A list that is older than five seconds is still given while it is read again.
 */
export function createKnownDevices(deps: {
  database: Database;
  /** Milliseconds of a clock that only goes forward. */
  clock?: () => number;
}): KnownDevices {
  const { database, clock = () => performance.now() } = deps;
  const known = new Map<Stream, { ids: readonly string[]; atMs: number }>();
  const reading = new Map<Stream, Promise<readonly string[]>>();

  async function read(stream: Stream): Promise<readonly string[]> {
    const rows = await database.rows<{ id: string }>(statements[stream], [
      maxKnownDevices + 1,
    ]);
    const ids = rows.map(({ id }) => id);
    known.set(stream, { ids, atMs: clock() });
    return ids;
  }

  function readOnce(stream: Stream): Promise<readonly string[]> {
    let running = reading.get(stream);
    if (running === undefined) {
      running = read(stream).finally(() => reading.delete(stream));
      reading.set(stream, running);
    }
    return running;
  }

  return async stream => {
    const entry = known.get(stream);
    if (entry === undefined) return readOnce(stream);
    // A failure shows in the query that follows.
    if (clock() - entry.atMs > freshMs) readOnce(stream).catch(() => {});
    return entry.ids;
  };
}

const statements = Object.fromEntries(
  streams.map(stream => [
    stream,
    { name: `device-ids-${stream}`, text: deviceIdsSql(stream) },
  ]),
) as Record<Stream, Statement>;
