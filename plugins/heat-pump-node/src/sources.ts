import type { SourceStatus } from '@homelab/plugin-heat-pump-common';
import type { Band, DeviceRef, SourcedReading } from '@homelab/heat-pump';
import type { Gap, HistorySeries } from '@homelab/plugin-heat-pump-common';

/** A source of live readings. */
export interface LiveSource {
  /** Starts following; returns immediately and retries while the source is down. */
  start(): void;
  /** Stops following and releases all resources. May be called twice. */
  stop(): Promise<void>;
  /**
   * Subscribes to readings, in the order they arrive. `history`: it is not new, but the newest
   * that the source knows of a device that has been silent.
   */
  subscribe(
    listener: (reading: SourcedReading, origin: 'live' | 'history') => void,
  ): () => void;
  status(): SourceStatus;
}

/** A device with stored readings. */
export interface StoredDevice extends DeviceRef {
  /** `asOfMs` of its newest reading, ISO 8601 in UTC. */
  lastReadingAt: string;
  /** The times of its latest reading while that is dated in the future. */
  clockAhead: { measuredAt: string; receivedAt: string } | null;
}

/** A request for stored readings. */
export interface HistoryQuery extends DeviceRef {
  from: Date;
  /** Exclusive. */
  to: Date;
  maxPoints: number;
  /** Names of numeric fields in the measurement registry. */
  fields: readonly string[];
}

/** Stored readings of one device, aggregated to points. */
export interface HistoryResult {
  bucketMs: number;
  /** Start of each point with readings, milliseconds since 1970, ascending. */
  time: number[];
  /** Without series whose values are all unknown. */
  series: HistorySeries[];
  bands: Band[];
  /** The range has more changes than are read; the list ends early at once, so the bands end early. */
  bandsTruncated: boolean;
  gaps: Gap[];
  /** Periods in which a value was estimated. */
  estimated: Gap[];
  coverage: number;
}

/** A store of past readings. Methods reject when it cannot be read. */
export interface HistorySource {
  /** Every device with stored readings. */
  devices(): Promise<StoredDevice[]>;
  /** The newest reading of a device by {@link asOfMs}. */
  latest(device: DeviceRef): Promise<SourcedReading | undefined>;
  history(query: HistoryQuery): Promise<HistoryResult>;
  /** Frees connections. May be called twice. */
  stop(): Promise<void>;
}
