import type { SourceStatus } from '@homelab/plugin-heat-pump-common';
import type {
  Band,
  Gap,
  HistorySeries,
} from '@homelab/plugin-heat-pump-common';
import type { ReadingByStream, Stream } from '@homelab/telemetry';

/** A reading of some device, with the stream it belongs to. */
export type SourcedReading = {
  [S in Stream]: {
    stream: S;
    deviceId: string;
    reading: ReadingByStream[S];
    /** When it reached us at the latest, ISO 8601 in UTC. */
    receivedAt: string;
  };
}[Stream];

/** A device id is unique within its stream only. */
export interface DeviceRef {
  stream: Stream;
  deviceId: string;
}

/** Where readings come from at the moment they are made. */
export interface LiveSource {
  /** Begins to follow; returns at once and keeps trying while the source is away. */
  start(): void;
  /** Ends following and frees what the source holds for us. May be called twice. */
  stop(): Promise<void>;
  /** Calls the listener for each reading heard, in whatever order they come. */
  subscribe(listener: (reading: SourcedReading) => void): () => void;
  status(): SourceStatus;
}

/** A device with stored readings. */
export interface StoredDevice extends DeviceRef {
  /** Of its newest reading, as `asOfMs` tells it, ISO 8601 in UTC. */
  lastReadingAt: string;
  /** The latest time it ever claimed, and when that claim reached us. */
  furthest: { measuredAt: string; receivedAt: string };
}

/** What to read from the past. */
export interface HistoryQuery extends DeviceRef {
  from: Date;
  /** Exclusive. */
  to: Date;
  maxPoints: number;
  /** Names of number fields in the measurement registry. */
  fields: readonly string[];
}

/** Stored readings of one device, thinned to points. */
export interface HistoryResult {
  bucketMs: number;
  /** Start of each point with readings, milliseconds since 1970, rising. */
  time: number[];
  /** Series in which every value is unknown are left out. */
  series: HistorySeries[];
  bands: Band[];
  gaps: Gap[];
  coverage: number;
}

/** Where readings of the past are kept. Methods reject when it cannot be read. */
export interface HistorySource {
  /** Every device that ever stored a reading. */
  devices(): Promise<StoredDevice[]>;
  /** The newest reading of a device by {@link asOfMs}. */
  latest(device: DeviceRef): Promise<SourcedReading | undefined>;
  history(query: HistoryQuery): Promise<HistoryResult>;
  /** Frees connections. May be called twice. */
  stop(): Promise<void>;
}
