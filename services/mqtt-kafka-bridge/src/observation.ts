import type { DeadLetterCode, Stream } from '@homelab/telemetry';
import type { DeviceMessage } from './device-message.ts';

/** What a device reports for one stream at one time: a whole reading, or part of one. */
export interface Observation {
  readonly stream: Stream;
  readonly deviceId: string;
  /**
   * Values by the names of the stream's measurements, not yet validated; in a dialect that
   * delivers states, by the dialect's own names. `null` means that there is no value now; an
   * absent name means nothing.
   */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The device's own time in ms since 1970; absent when the message has none to trust. */
  readonly measuredAtMs?: number;
  /** The payload, when it is a valid canonical reading that can be passed on byte for byte. */
  readonly json?: Uint8Array;
}

/**
 * Why a well-formed message gives no reading: a closed set, used as a metric label. Such
 * a message is counted and not dead-lettered.
 */
export const ignoredReasons = [
  'availability',
  'command',
  'gateway',
  'nothing_we_read',
  'retained_deleted',
  'retained_without_time',
] as const;

/** One of {@link ignoredReasons}. */
export type IgnoredReason = (typeof ignoredReasons)[number];

/** A message that is left out on purpose. */
export interface Ignored {
  readonly kind: 'ignored';
  readonly reason: IgnoredReason;
}

/** A message that cannot be read; its bytes go to a dead-letter topic. */
export interface Rejection {
  readonly kind: 'rejected';
  readonly code: DeadLetterCode;
  /** A sentence for people; contains field names of the payload, never values. */
  readonly message: string;
  readonly deviceId?: string;
}

/** What an adapter made of a message. */
export type AdapterResult =
  | {
      readonly kind: 'observed';
      readonly observations: readonly Observation[];
    }
  | Ignored
  | Rejection;

/** Reads the messages of one dialect. Never throws, whatever the payload. */
export type Adapter = (message: DeviceMessage) => AdapterResult;

/** The result of a message with observations. */
export function observed(...observations: Observation[]): AdapterResult {
  return { kind: 'observed', observations };
}

/** The result of a message that cannot be read. */
export function reject(
  code: DeadLetterCode,
  message: string,
  deviceId?: string,
): Rejection {
  return deviceId === undefined
    ? { kind: 'rejected', code, message }
    : { kind: 'rejected', code, message, deviceId };
}

/** The result of a message that is left out on purpose. */
export function ignore(reason: IgnoredReason): Ignored {
  return { kind: 'ignored', reason };
}
