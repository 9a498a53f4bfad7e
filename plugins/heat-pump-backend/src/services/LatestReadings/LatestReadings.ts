import { streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { FreshnessLimits } from '@homelab/plugin-heat-pump-common';
import type { DeviceRef, SourcedReading } from '../sources';

const minute = 60_000;
const hour = 60 * minute;

/** The fewest gaps between readings that tell how often a device sends. */
const minKnownGaps = 3;
const maxKnownGaps = 5;

/** Devices beyond this many are not kept, so that a flood of ids cannot fill the memory. */
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
  maxStaleMs: 9 * minute,
  offlineMs: 10 * minute,
};

/** Room sensors on batteries sleep and speak on change: silence says little. */
const sleeper: Judgement = {
  defaultStaleMs: 2.5 * hour,
  minStaleMs: 2.5 * hour,
  maxStaleMs: 2.5 * hour,
  offlineMs: 25 * hour,
};

const judgements: Record<Stream, Judgement> = {
  energy: mains,
  heatpump: mains,
  temperature: sleeper,
};

interface Entry {
  newest: SourcedReading;
  origin: 'live' | 'history';
  gapsMs: number[];
}

/** A newest reading with the limits its age is judged by. */
export interface JudgedReading {
  sourced: SourcedReading;
  origin: 'live' | 'history';
  limits: FreshnessLimits;
}

function keyOf({ stream, deviceId }: DeviceRef): string {
  return `${stream}/${deviceId}`;
}

/** The middle one of the gaps; zero for none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * From which ages on a device's reading is stale, and offline: three of its usual
 * intervals within bounds, unless the configuration says otherwise.
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
          Math.max(judgement.minStaleMs, 3 * median(gapsMs)),
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
  private refused = 0;

  constructor(
    private readonly options: { staleAfterMs: Partial<Record<Stream, number>> },
  ) {}

  /**
   * Keeps the reading if it is newer than the one known of its device, by the device's
   * own time: Kafka and MQTT may deliver late or twice. Tells whether it was kept.
   */
  offer(sourced: SourcedReading, origin: 'live' | 'history'): boolean {
    const key = keyOf(sourced);
    const known = this.entries.get(key);
    const measuredMs = Date.parse(sourced.reading.timestamp);
    if (known === undefined) {
      if (this.entries.size >= maxDevices) {
        this.refused += 1;
        return false;
      }
      this.entries.set(key, { newest: sourced, origin, gapsMs: [] });
      return true;
    }
    const gapMs = measuredMs - Date.parse(known.newest.reading.timestamp);
    if (gapMs <= 0) return false;
    // The step from a stored reading to the first live one is an outage, not an interval.
    if (known.origin === 'live' && origin === 'live') {
      known.gapsMs = [...known.gapsMs, gapMs].slice(-maxKnownGaps);
    }
    known.newest = sourced;
    known.origin = origin;
    return true;
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

  /** How many readings were refused because too many devices are known. */
  refusedCount(): number {
    return this.refused;
  }

  private judged(entry: Entry): JudgedReading {
    const { stream } = entry.newest;
    return {
      sourced: entry.newest,
      origin: entry.origin,
      limits: limitsFor(
        stream,
        entry.gapsMs,
        this.options.staleAfterMs[stream],
      ),
    };
  }
}
