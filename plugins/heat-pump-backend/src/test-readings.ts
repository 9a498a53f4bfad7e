import { energyReadingSchema, heatpumpStatusSchema } from '@homelab/telemetry';
import type { EnergyReading, HeatpumpStatus } from '@homelab/telemetry';
import type { SourcedReading } from '@homelab/heat-pump';
import type {
  HistoryQuery,
  HistoryResult,
  HistorySource,
  LiveSource,
} from '@homelab/plugin-heat-pump-node';

/** A heat pump reading for tests: every field that is not given is unknown. */
export function testPump(
  timestamp: string,
  options: {
    deviceId?: string;
    known?: Partial<HeatpumpStatus>;
    /** The measurement time by default. */
    receivedAt?: string;
  } = {},
): SourcedReading {
  const { deviceId = 'pump-1', known, receivedAt = timestamp } = options;
  const reading = heatpumpStatusSchema.parse({
    timestamp,
    device_id: deviceId,
    ...known,
  });
  return { stream: 'heatpump', deviceId, reading, receivedAt };
}

/** A meter reading for tests. */
export function testMeter(
  timestamp: string,
  options: { deviceId?: string; known?: Partial<EnergyReading> } = {},
): SourcedReading {
  const { deviceId = 'meter-1', known } = options;
  const reading = energyReadingSchema.parse({
    timestamp,
    device_id: deviceId,
    ...known,
  });
  return { stream: 'energy', deviceId, reading, receivedAt: timestamp };
}

/** A live source that the test feeds. */
export function createFakeLiveSource() {
  const listeners = new Set<Parameters<LiveSource['subscribe']>[0]>();
  let status = { ok: true, detail: 'Following live readings.' };
  const calls = { started: 0, stopped: 0 };
  const source: LiveSource = {
    start: () => {
      calls.started += 1;
    },
    stop: async () => {
      calls.stopped += 1;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    status: () => status,
  };
  return {
    source,
    calls,
    publish(reading: SourcedReading) {
      for (const listener of listeners) listener(reading, 'live');
    },
    setStatus(next: { ok: boolean; detail: string }) {
      status = next;
    },
  };
}

/** A history source with the readings that the test gives it. */
export function createFakeHistorySource(stored: SourcedReading[] = []) {
  const queries: HistoryQuery[] = [];
  const calls = { stopped: 0 };
  let failure: Error | undefined;
  let result: HistoryResult = {
    bucketMs: 60_000,
    time: [],
    series: [],
    bands: [],
    bandsTruncated: false,
    gaps: [],
    estimated: [],
    coverage: 0,
  };
  const checked = async <T>(value: T): Promise<T> => {
    if (failure) throw failure;
    return value;
  };
  const source: HistorySource = {
    devices: () =>
      checked(
        stored.map(({ stream, deviceId, reading, receivedAt }) => {
          const times = { measuredAt: reading.timestamp, receivedAt };
          return {
            stream,
            deviceId,
            lastReadingAt: reading.timestamp,
            clockAhead: reading.timestamp > receivedAt ? times : null,
          };
        }),
      ),
    latest: ({ stream, deviceId }) =>
      checked(
        stored.find(one => one.stream === stream && one.deviceId === deviceId),
      ),
    history: query => {
      queries.push(query);
      return checked(result);
    },
    stop: async () => {
      calls.stopped += 1;
    },
  };
  return {
    source,
    calls,
    queries,
    fail(error: Error | undefined) {
      failure = error;
    },
    answer(next: HistoryResult) {
      result = next;
    },
  };
}
