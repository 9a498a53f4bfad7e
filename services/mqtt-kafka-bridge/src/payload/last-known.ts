type Value = number | null;

/** The last value of each field of each device, with the time it was measured. */
export interface LastKnown {
  /**
   * Keeps the fields of a message and gives them together with the fields that the
   * device sent before: none that is newer than the message or past its time to live.
   */
  merge(
    deviceId: string,
    fields: Readonly<Record<string, Value>>,
    measuredAtMs: number,
  ): Record<string, Value>;
  /** Whether anything of the device is remembered. */
  knows(deviceId: string): boolean;
}

/** Creates a memory of at most `maxDevices`; the longest silent is forgotten first. */
export function createLastKnown(options: {
  ttlMs: number;
  maxDevices?: number;
}): LastKnown {
  const { ttlMs, maxDevices = 10_000 } = options;
  const devices = new Map<
    string,
    Map<string, { value: Value; measuredAtMs: number }>
  >();

  function stateOf(deviceId: string) {
    const state = devices.get(deviceId) ?? new Map();
    // Written again, so that the order of the map is the order of the last message.
    devices.delete(deviceId);
    devices.set(deviceId, state);
    const [oldest] = devices.keys();
    if (devices.size > maxDevices && oldest !== undefined)
      devices.delete(oldest);
    return state;
  }

  return {
    merge(deviceId, fields, measuredAtMs) {
      const state = stateOf(deviceId);
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
      return merged;
    },
    knows: deviceId => devices.has(deviceId),
  };
}
