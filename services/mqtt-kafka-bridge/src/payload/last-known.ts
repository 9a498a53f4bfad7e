import { createBoundedMap } from '../bounded-map.ts';

type Value = number | null;

/** The last value of each field of each device, with the time it was measured. */
export interface LastKnown {
  /**
   * Stores the fields of a message and gives them together with earlier fields of the
   * device that are neither newer than the message nor past their time to live.
   */
  merge(
    deviceId: string,
    fields: Readonly<Record<string, Value>>,
    measuredAtMs: number,
  ): Record<string, Value>;
  /** Whether anything of the device is remembered. */
  knows(deviceId: string): boolean;
}

type State = ReadonlyMap<string, { value: Value; measuredAtMs: number }>;

/** Approximate cost of a remembered value besides the name of its field. */
const fieldBytes = 120;

/** Creates a memory of at most `maxBytes`; the device silent longest is evicted first. */
export function createLastKnown(options: {
  ttlMs: number;
  maxBytes?: number;
}): LastKnown {
  const { ttlMs, maxBytes = 8 * 1024 * 1024 } = options;
  const devices = createBoundedMap<State>({ maxBytes, valueBytes: bytesOf });
  return {
    merge(deviceId, fields, measuredAtMs) {
      const state = new Map(devices.get(deviceId));
      const merged: Record<string, Value> = {};
      for (const [name, known] of state) {
        const ageMs = measuredAtMs - known.measuredAtMs;
        if (ageMs >= 0 && ageMs <= ttlMs) merged[name] = known.value;
      }
      for (const [name, value] of Object.entries(fields)) {
        merged[name] = value;
        const known = state.get(name);
        if (known === undefined || known.measuredAtMs <= measuredAtMs) {
          state.set(name, { value, measuredAtMs });
        }
      }
      devices.set(deviceId, state);
      return merged;
    },
    knows: deviceId => devices.has(deviceId),
  };
}

function bytesOf(state: State): number {
  let bytes = 0;
  for (const name of state.keys()) bytes += fieldBytes + 2 * name.length;
  return bytes;
}
