import type { Stream } from '@homelab/telemetry';
import type { ObservedField, ObservedValue } from './observed-field.ts';

/** The state of a device at a tick. */
export interface TickState {
  readonly dialect: string;
  readonly stream: Stream;
  readonly deviceId: string;
  /** The tick, in milliseconds since 1970: the time of the reading. */
  readonly atMs: number;
  /** When the newest observation in it was received. */
  readonly receivedAtMs: number;
  /** The fields that had not outlived their lifetime at the tick. */
  readonly fields: ReadonlyMap<string, ObservedValue>;
}

/** The place of an observation in the log. */
export interface LogPlace {
  readonly offset: bigint;
  /** When it was written, in milliseconds since 1970. */
  readonly writtenAtMs: number;
}

/** The interval of ticks and the bound of memory. */
export interface StateLimits {
  /** The interval of ticks, which are its multiples since 1970. */
  readonly intervalMs: number;
  /** Most bytes kept, as estimated; the device silent longest is evicted first. */
  readonly maxBytes: number;
}

/** Counters of observations and fields; they only rise. */
export interface StateCounts {
  /** Observations older than the known value, which changed nothing. */
  outdated: number;
  /** Fields that outlived their lifetime. */
  expired: number;
  /** Devices evicted to stay within the bytes. */
  forgotten: number;
}

/**
 * The last known state of the devices of one partition.
 *
 * The state of a device at a tick includes every observation before the first one of a later
 * tick. It is emitted when that one arrives, or earlier by the clock, and then again if more
 * observations of its tick follow. So the last state emitted for a tick depends on the log
 * alone, however often and by whom it is read.
 */
export interface DeviceStates {
  /** Takes the next observation of the log; gives the states it completes. */
  take(observation: ObservedField, place: LogPlace): TickState[];
  /** The states that were not emitted yet and whose tick is not after `nowMs`. */
  due(nowMs: number): TickState[];
  /** Marks everything as emitted, when the past is read back after a restart. */
  settle(): void;
  /** Offset of the oldest observation that is in no emitted state; undefined for none. */
  pendingFrom(): bigint | undefined;
  readonly counts: Readonly<StateCounts>;
  readonly bytes: number;
  readonly deviceCount: number;
}

interface KnownField {
  value: ObservedValue;
  receivedAtMs: number;
  lifetimeMs: number;
  bytes: number;
}

interface Device {
  readonly key: string;
  readonly dialect: string;
  readonly stream: Stream;
  readonly deviceId: string;
  readonly fields: Map<string, KnownField>;
  /** The latest tick with observations. */
  tickMs: number;
  newestMs: number;
  bytes: number;
}

/** Approximate cost of a device and of a field besides their texts. */
const deviceBytes = 400;
const fieldBytes = 160;

/**
 * An observation that is further behind but was written at once comes from a clock that was
 * set back; a redelivered or redriven one is written long after it was received.
 */
const clockStepMs = 60_000;

/** Creates the states of one partition, empty. */
export function createDeviceStates(limits: StateLimits): DeviceStates {
  const { intervalMs, maxBytes } = limits;
  /** Ordered by their last observation. */
  const devices = new Map<string, Device>();
  /** Devices with a state to emit, with the offset of its first observation; ordered by offset. */
  const open = new Map<Device, bigint>();
  const counts: StateCounts = { outdated: 0, expired: 0, forgotten: 0 };
  let bytes = 0;

  function deviceOf(observation: ObservedField): Device {
    const { dialect, stream, deviceId } = observation;
    const key = `${dialect} ${stream} ${deviceId}`;
    let device = devices.get(key);
    if (device === undefined) {
      device = {
        key,
        dialect,
        stream,
        deviceId,
        fields: new Map(),
        tickMs: -Infinity,
        newestMs: -Infinity,
        bytes: 0,
      };
      resize(device, deviceBytes + 4 * deviceId.length);
    } else devices.delete(key);
    devices.set(key, device);
    return device;
  }

  function resize(device: Device, change: number): void {
    device.bytes += change;
    bytes += change;
  }

  /** Returns whether it changed the state. */
  function apply(device: Device, observation: ObservedField): boolean {
    const { field, value, receivedAtMs, lifetimeMs } = observation;
    const known = device.fields.get(field);
    const isOutdated =
      (known !== undefined && receivedAtMs < known.receivedAtMs) ||
      receivedAtMs + lifetimeMs < device.tickMs;
    if (isOutdated) {
      counts.outdated += 1;
      return false;
    }
    const cost =
      fieldBytes +
      2 * field.length +
      (typeof value === 'string' ? 2 * value.length : 0);
    resize(device, cost - (known?.bytes ?? 0));
    device.fields.set(field, { value, receivedAtMs, lifetimeMs, bytes: cost });
    return true;
  }

  /** Emits the open state of a device. */
  function close(device: Device): TickState {
    open.delete(device);
    const { dialect, stream, deviceId, tickMs, newestMs } = device;
    const fields = new Map<string, ObservedValue>();
    for (const [name, known] of device.fields) {
      if (tickMs - known.receivedAtMs <= known.lifetimeMs) {
        fields.set(name, known.value);
        continue;
      }
      // Expired now, it is expired at every later tick.
      device.fields.delete(name);
      resize(device, -known.bytes);
      counts.expired += 1;
    }
    return {
      dialect,
      stream,
      deviceId,
      atMs: tickMs,
      receivedAtMs: newestMs,
      fields,
    };
  }

  /** Keeps the values, with receive times capped at the current clock. */
  function setClockBack(device: Device, nowMs: number): void {
    device.tickMs = -Infinity;
    device.newestMs = nowMs;
    for (const known of device.fields.values())
      known.receivedAtMs = Math.min(known.receivedAtMs, nowMs);
  }

  function evictSilent(): TickState[] {
    const states: TickState[] = [];
    for (const [key, device] of devices) {
      if (bytes <= maxBytes) break;
      if (open.has(device)) states.push(close(device));
      devices.delete(key);
      bytes -= device.bytes;
      counts.forgotten += 1;
    }
    return states;
  }

  return {
    take(observation, { offset, writtenAtMs }) {
      const { receivedAtMs } = observation;
      const device = deviceOf(observation);
      const states: TickState[] = [];
      const isClockBack =
        receivedAtMs < device.newestMs - clockStepMs &&
        writtenAtMs - receivedAtMs < clockStepMs;
      const tickMs = Math.ceil(receivedAtMs / intervalMs) * intervalMs;
      if (open.has(device) && (isClockBack || tickMs > device.tickMs))
        states.push(close(device));
      if (isClockBack) setClockBack(device, receivedAtMs);
      if (apply(device, observation)) {
        device.tickMs = Math.max(device.tickMs, tickMs);
        device.newestMs = Math.max(device.newestMs, receivedAtMs);
        if (!open.has(device)) open.set(device, offset);
      }
      if (bytes > maxBytes) states.push(...evictSilent());
      return states;
    },
    due(nowMs) {
      const due = [...open.keys()].filter(({ tickMs }) => tickMs <= nowMs);
      return due.map(close);
    },
    settle: () => open.clear(),
    pendingFrom() {
      const [offset] = open.values();
      return offset;
    },
    counts,
    get bytes() {
      return bytes;
    },
    get deviceCount() {
      return devices.size;
    },
  };
}
