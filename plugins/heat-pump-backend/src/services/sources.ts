import type { SourceStatus } from '@homelab/plugin-heat-pump-common';
import type {
  Band,
  Gap,
  HistorySeries,
} from '@homelab/plugin-heat-pump-common';
import type { ReadingByStream, Stream } from '@homelab/telemetry';

/** A reading of some device, with the stream it belongs to. */
export type SourcedReading = {
  [S in Stream]: { stream: S; deviceId: string; reading: ReadingByStream[S] };
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
  /** Calls the listener for each reading newer than the last of its device. */
  subscribe(listener: (reading: SourcedReading) => void): () => void;
  /** The newest reading of each device heard since the start. */
  latest(): SourcedReading[];
  status(): SourceStatus;
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
  /** Every device that ever stored a reading, with the time of its newest. */
  devices(): Promise<(DeviceRef & { lastMeasuredAt: string })[]>;
  latest(device: DeviceRef): Promise<SourcedReading | undefined>;
  history(query: HistoryQuery): Promise<HistoryResult>;
  /** Frees connections. May be called twice. */
  stop(): Promise<void>;
}
