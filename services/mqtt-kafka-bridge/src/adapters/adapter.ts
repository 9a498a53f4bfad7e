import type {
  DeadLetterCode,
  ReadingByStream,
  Stream,
} from '@homelab/telemetry';

/** A message of a device as it came from the MQTT broker. */
export interface DeviceMessage {
  readonly mqttTopic: string;
  readonly payload: Uint8Array;
  /** The broker kept it from before the subscription: its freshness is not known. */
  readonly retained: boolean;
  readonly receivedAtMs: number;
  /** Since when it may have waited in the broker's queue; absent for a live message. */
  readonly waitedSinceMs?: number;
  /** Of a dead letter that is read once more: how often that was asked for, and when it is read. */
  readonly redrive?: { readonly count: number; readonly atMs: number };
}

/** A canonical reading with the stream it belongs to. */
export type StreamReading = {
  [S in Stream]: {
    readonly stream: S;
    readonly reading: Readonly<Partial<ReadingByStream[S]>> & Identity;
    /** The reading as JSON, when the device has sent just that. */
    readonly json?: Uint8Array;
  };
}[Stream];

/** What every reading holds; all else may be absent. */
type Identity = Readonly<Record<'device_id' | 'timestamp', string>>;

/**
 * Why a message that is as it should be gives no reading: a closed set, used as a
 * metric label. Such a message is counted and not dead-lettered.
 */
export const ignoredReasons = [
  'availability',
  'command',
  'gateway',
  'nothing_we_read',
  'retained_without_time',
] as const;

/** One of {@link ignoredReasons}. */
export type IgnoredReason = (typeof ignoredReasons)[number];

/** A message that an adapter cannot read; its bytes go to a dead-letter topic. */
export interface Rejection {
  readonly kind: 'rejected';
  readonly code: DeadLetterCode;
  /** A sentence for people; holds nothing of the payload but names of fields. */
  readonly message: string;
  readonly deviceId?: string;
}

/** What an adapter made of a message. */
export type AdapterResult =
  | {
      readonly kind: 'readings';
      readonly readings: readonly StreamReading[];
      /** How many fields held an implausible number and are now `null`. */
      readonly outOfRangeCount: number;
    }
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason }
  | Rejection;

/** Reads the messages of one device format. Never throws, whatever the payload. */
export type Adapter = (message: DeviceMessage) => AdapterResult;

/** What the household can say about its devices. */
export interface AdapterSettings {
  /** IANA zone of clocks that send local time. */
  readonly siteTimeZone: string;
  /** How far a clock without zone may be off before the receive time replaces it. */
  readonly clockToleranceMs: number;
  /** What `Client_Name` of a ThermIQ begins with; empty accepts every name. */
  readonly thermiqClientPrefix: string;
  /** How long a value that a Shelly sent alone stays valid for later readings. */
  readonly fieldTtlMs: number;
}

/** Makes a rejection. */
export function reject(
  code: DeadLetterCode,
  message: string,
  deviceId?: string,
): Rejection {
  return deviceId === undefined
    ? { kind: 'rejected', code, message }
    : { kind: 'rejected', code, message, deviceId };
}

/** Makes the result for a message that is left out on purpose. */
export function ignore(reason: IgnoredReason): AdapterResult {
  return { kind: 'ignored', reason };
}
