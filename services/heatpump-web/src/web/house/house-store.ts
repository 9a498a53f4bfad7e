import type { DeviceReading } from '@homelab/heat-pump';
import type { LiveClient, LiveReading, LiveState } from '@homelab/live-client';
import { streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import {
  forgetLastState,
  readLastState,
  writeLastState,
} from './last-state.ts';

/** What the page knows of the house. */
export interface HouseState {
  /** By stream, then by device. */
  readonly readings: Readonly<
    Record<Stream, ReadonlyMap<string, DeviceReading>>
  >;
  /** Streams whose devices are known: told since the page was opened, or remembered. */
  readonly known: ReadonlySet<Stream>;
  readonly live: LiveState;
  /** Server clock minus that of this device, in milliseconds. */
  readonly clockOffsetMs: number;
  /** When the house was last heard of, by the clock of this device; undefined for never. */
  readonly heardAtMs: number | undefined;
  /** IANA zone of the house, once an answer has told it. */
  readonly timeZone: string | undefined;
}

/** Follows the house and remembers its last state. */
export interface HouseStore {
  readonly state: () => HouseState;
  subscribe(listener: () => void): () => void;
  /** Follows the house until the returned function is called. */
  follow(): () => void;
  /** Tells the zone of the house, which only the API knows. */
  tellTimeZone(timeZone: string): void;
  /** Remembers the state at once, as when the page is left. */
  save(): void;
  /** Forgets everything, also what is remembered on this device. */
  forget(): void;
}

const saveEveryMs = 10_000;

const noReadings = (): HouseState['readings'] => ({
  energy: new Map(),
  heatpump: new Map(),
  temperature: new Map(),
});

/** Creates the store; it begins with the remembered state. */
export function createHouseStore(deps: {
  client: LiveClient;
  storage: Storage;
  now?: () => number;
}): HouseStore {
  const { client, storage, now = Date.now } = deps;
  const listeners = new Set<() => void>();
  let state = initialState();
  let saved: ReturnType<typeof setTimeout> | undefined;

  function initialState(): HouseState {
    const last = readLastState(storage);
    let readings = noReadings();
    for (const reading of last?.readings ?? [])
      readings = withReading(readings, reading);
    return {
      readings,
      known: new Set(last === undefined ? [] : streams),
      live: client.state(),
      clockOffsetMs: last?.clockOffsetMs ?? 0,
      heardAtMs: last?.heardAtMs,
      timeZone: last?.timeZone,
    };
  }

  function change(part: Partial<HouseState>): void {
    state = { ...state, ...part };
    for (const listener of listeners) listener();
  }

  function hear(part: Partial<HouseState>, sentAt: string): void {
    const heardAtMs = now();
    const clockOffsetMs = Date.parse(sentAt) - heardAtMs;
    change({ ...part, heardAtMs, clockOffsetMs });
    saved ??= setTimeout(save, saveEveryMs);
  }

  function save(): void {
    clearTimeout(saved);
    saved = undefined;
    if (state.heardAtMs === undefined) return;
    writeLastState(storage, {
      heardAtMs: state.heardAtMs,
      clockOffsetMs: state.clockOffsetMs,
      timeZone: state.timeZone,
      readings: streams.flatMap(stream => [...state.readings[stream].values()]),
    });
  }

  function followStream(stream: Stream): () => void {
    return client.subscribe(
      { stream },
      {
        onSnapshot(told, { sentAt }) {
          const readings = {
            ...state.readings,
            [stream]: new Map(
              told.map(one => [one.deviceId, withoutArrival(one)]),
            ),
          };
          hear({ readings, known: new Set([...state.known, stream]) }, sentAt);
        },
        onChanges(told, { sentAt }) {
          let { readings } = state;
          for (const one of told)
            readings = withReading(readings, withoutArrival(one));
          hear({ readings }, sentAt);
        },
      },
    );
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    follow() {
      const ends = [
        client.onState(live => change({ live })),
        ...streams.map(followStream),
      ];
      client.start();
      return () => {
        client.stop();
        for (const end of ends) end();
        if (saved !== undefined) save();
      };
    },
    save,
    tellTimeZone(timeZone) {
      if (timeZone !== state.timeZone) change({ timeZone });
    },
    forget() {
      clearTimeout(saved);
      saved = undefined;
      forgetLastState(storage);
      state = initialState();
      change({});
    },
  };
}

function withReading(
  readings: HouseState['readings'],
  reading: DeviceReading,
): HouseState['readings'] {
  const { stream, deviceId } = reading;
  return {
    ...readings,
    [stream]: new Map(readings[stream]).set(deviceId, reading),
  };
}

function withoutArrival({
  receivedAt: _,
  ...reading
}: LiveReading): DeviceReading {
  return reading;
}
