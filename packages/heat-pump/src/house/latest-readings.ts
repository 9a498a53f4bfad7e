import {
  asOfMs,
  clockAheadMs,
  measurementsOf,
  rankMs,
  streams,
} from '@homelab/telemetry';
import type { ReadingTimes, Stream } from '@homelab/telemetry';
import { median } from '../time/median.ts';
import { hourMs, minuteMs } from '../time/units.ts';
import { completedBy } from './completed-by.ts';
import type { DeviceReading } from './device-readings.ts';
import type { FreshnessLimits } from './freshness.ts';
import type { DeviceRef, SourcedReading } from './sourced-reading.ts';

/** The minimum number of intervals from which the usual one is estimated. */
const minKnownGaps = 3;
const maxKnownGaps = 5;

/** Maximum number of devices, so that a flood of ids cannot fill the memory. */
export const maxDevices = 1_000;

interface Judgement {
  /** Until the interval of a device is known. */
  defaultStaleMs: number;
  minStaleMs: number;
  maxStaleMs: number;
  offlineMs: number;
}

const mains: Judgement = {
  defaultStaleMs: 90_000,
  minStaleMs: 15_000,
  maxStaleMs: 9 * minuteMs,
  offlineMs: 10 * minuteMs,
};

/** Battery sensors sleep and report only changes, so silence means little. */
const sleeper: Judgement = {
  defaultStaleMs: 2.5 * hourMs,
  minStaleMs: 2.5 * hourMs,
  maxStaleMs: 2.5 * hourMs,
  offlineMs: 25 * hourMs,
};

const judgements: Record<Stream, Judgement> = {
  energy: mains,
  heatpump: mains,
  temperature: sleeper,
};

type Origin = 'live' | 'history';

interface Entry {
  newest: SourcedReading;
  times: ReadingTimes;
  /** Of the reading with the latest time, correct or not. */
  furthest: ReadingTimes;
  origin: Origin;
  gapsMs: number[];
  /** Temperatures that had decimals at least once. */
  finerFields: Set<string>;
}

/** A newest reading with its freshness limits. */
export interface JudgedReading {
  sourced: SourcedReading;
  origin: Origin;
  /** What its age counts from, milliseconds since 1970. */
  asOfMs: number;
  /** How far the clock of the device was ahead, and when that arrived. */
  clockAhead: { aheadMs: number; seenMs: number } | null;
  /** Temperatures of which the device has only sent whole degrees so far. */
  wholeFields: string[];
  limits: FreshnessLimits;
}

/** Outcome of an offered reading; `refused` beyond the device limit. */
export type Offered = 'first' | 'newer' | 'ignored' | 'refused';

function timesOf({ reading, receivedAt }: SourcedReading): ReadingTimes {
  return {
    measuredMs: Date.parse(reading.timestamp),
    receivedMs: Date.parse(receivedAt),
  };
}

const temperatureFields = Object.fromEntries(
  streams.map(stream => [
    stream,
    new Set(
      measurementsOf(stream)
        .filter(([, one]) => 'unit' in one && one.unit === '°C')
        .map(([field]) => field as string),
    ),
  ]),
);

/** The temperatures that are known in a reading. */
function temperaturesOf({ stream, reading }: SourcedReading) {
  return Object.entries(reading).filter(
    (entry): entry is [string, number] =>
      typeof entry[1] === 'number' &&
      temperatureFields[stream]?.has(entry[0]) === true,
  );
}

function finerFieldsOf(sourced: SourcedReading): string[] {
  return temperaturesOf(sourced)
    .filter(([, valueC]) => !Number.isInteger(valueC))
    .map(([field]) => field);
}

function keyOf({ stream, deviceId }: DeviceRef): string {
  return `${stream}/${deviceId}`;
}

/**
 * The ages from which a device is stale and offline: three of its usual intervals, within
 * bounds, unless configured otherwise.
 */
export function limitsFor(
  stream: Stream,
  gapsMs: readonly number[],
  configuredStaleMs?: number,
): FreshnessLimits {
  const judgement = judgements[stream];
  const usual =
    gapsMs.length < minKnownGaps
      ? judgement.defaultStaleMs
      : Math.min(
          judgement.maxStaleMs,
          Math.max(judgement.minStaleMs, 3 * (median(gapsMs) ?? 0)),
        );
  const staleAfterMs = Math.round(configuredStaleMs ?? usual);
  return {
    staleAfterMs,
    offlineAfterMs: Math.max(judgement.offlineMs, staleAfterMs),
  };
}

/** The newest reading of each device; holds at most {@link maxDevices}. */
export class LatestReadings {
  private readonly entries = new Map<string, Entry>();

  private readonly options: { staleAfterMs: Partial<Record<Stream, number>> };

  constructor(options: { staleAfterMs: Partial<Record<Stream, number>> }) {
    this.options = options;
  }

  /**
   * Keeps the reading if it is newer than the device's current one: Kafka and MQTT may deliver
   * late or twice. A time after the arrival is not trusted. A second reading of the same time
   * completes and corrects the first, as in the database.
   */
  offer(sourced: SourcedReading, origin: Origin): Offered {
    const key = keyOf(sourced);
    const times = timesOf(sourced);
    const known = this.entries.get(key);
    if (known === undefined) {
      if (this.entries.size >= maxDevices) return 'refused';
      this.entries.set(key, {
        newest: sourced,
        times,
        furthest: times,
        origin,
        gapsMs: [],
        finerFields: new Set(finerFieldsOf(sourced)),
      });
      return 'first';
    }
    claim(known, times);
    for (const field of finerFieldsOf(sourced)) known.finerFields.add(field);
    if (times.measuredMs === known.times.measuredMs) {
      return complete(known, sourced);
    }
    if (rankMs(times) < rankMs(known.times)) return 'ignored';
    const gapMs = asOfMs(times) - asOfMs(known.times);
    // The step from a stored reading to the first live one is an outage, not an interval.
    if (known.origin === 'live' && origin === 'live' && gapMs > 0) {
      known.gapsMs = [...known.gapsMs, gapMs].slice(-maxKnownGaps);
    }
    known.newest = sourced;
    known.times = times;
    known.origin = origin;
    return 'newer';
  }

  /**
   * Records the latest time that a device ever sent, which may be wrong. Returns whether that
   * reveals a clock that runs ahead.
   */
  noteClaim(device: DeviceRef, times: ReadingTimes): boolean {
    const known = this.entries.get(keyOf(device));
    return known !== undefined && claim(known, times);
  }

  get(device: DeviceRef): JudgedReading | undefined {
    const entry = this.entries.get(keyOf(device));
    return entry && this.judged(entry);
  }

  /** Every newest reading, ordered by stream and device. */
  all(): JudgedReading[] {
    return [...this.entries.values()]
      .map(entry => this.judged(entry))
      .sort(
        (a, b) =>
          streams.indexOf(a.sourced.stream) -
            streams.indexOf(b.sourced.stream) ||
          a.sourced.deviceId.localeCompare(b.sourced.deviceId),
      );
  }

  private judged(entry: Entry): JudgedReading {
    const { stream } = entry.newest;
    const aheadMs = clockAheadMs(entry.furthest);
    return {
      sourced: entry.newest,
      origin: entry.origin,
      asOfMs: asOfMs(entry.times),
      clockAhead:
        aheadMs > 0 ? { aheadMs, seenMs: entry.furthest.receivedMs } : null,
      wholeFields: temperaturesOf(entry.newest)
        .map(([field]) => field)
        .filter(field => !entry.finerFields.has(field)),
      limits: limitsFor(
        stream,
        entry.gapsMs,
        this.options.staleAfterMs[stream],
      ),
    };
  }
}

function claim(entry: Entry, times: ReadingTimes): boolean {
  if (times.measuredMs <= entry.furthest.measuredMs) return false;
  entry.furthest = times;
  return clockAheadMs(times) > 0;
}

function complete(entry: Entry, sourced: SourcedReading): Offered {
  const completed = completedBy(entry.newest, sourced);
  if (completed === undefined) return 'ignored';
  entry.newest = completed;
  return 'newer';
}

/** A newest reading as it is sent to pages. */
export function deviceReadingOf(judged: JudgedReading): DeviceReading {
  const { receivedAt, ...sourced } = judged.sourced;
  const { clockAhead } = judged;
  return {
    ...sourced,
    origin: judged.origin,
    asOf: new Date(judged.asOfMs).toISOString(),
    clockAhead: clockAhead && {
      aheadMs: clockAhead.aheadMs,
      seenAt: new Date(clockAhead.seenMs).toISOString(),
    },
    wholeFields: judged.wholeFields,
    ...judged.limits,
  };
}
