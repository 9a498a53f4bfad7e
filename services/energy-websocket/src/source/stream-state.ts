import type { LiveReading } from '@homelab/live-client';
import type { Stream } from '@homelab/telemetry';
import { createReadingLog } from './reading-log.ts';
import type { ReadingLog } from './reading-log.ts';

/** The newest reading of each device of a stream, in the order in which they changed. */
export interface StreamState {
  readonly stream: Stream;
  readonly log: ReadingLog;
  /** Rises with each change. */
  readonly changes: () => number;
  put(reading: LiveReading): void;
  has(deviceId: string): boolean;
  /** Those of devices that changed after that number of changes, oldest change first. */
  changedAfter(count: number): IterableIterator<[number, LiveReading]>;
}

/** Creates the state of a stream, which remembers at most `maxLogged` past readings. */
export function createStreamState(options: {
  stream: Stream;
  maxLogged: number;
}): StreamState {
  const { stream, maxLogged } = options;
  const newest = new Map<string, [number, LiveReading]>();
  let count = 0;
  return {
    stream,
    log: createReadingLog({ max: maxLogged }),
    changes: () => count,
    put(reading) {
      count += 1;
      // Last in the order of the map.
      newest.delete(reading.deviceId);
      newest.set(reading.deviceId, [count, reading]);
    },
    has: deviceId => newest.has(deviceId),
    *changedAfter(after) {
      for (const entry of newest.values()) if (entry[0] > after) yield entry;
    },
  };
}
