import {
  deviceIdSchema,
  statesTopicDefinition,
  streams,
} from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { ConsumedRecord, OutgoingRecord } from '@homelab/kafka';
import { z } from 'zod';
import type { Lifetimes } from '../dialects/define-dialect.ts';
import type { Observation } from '../observation.ts';

/** The value of a field; `null` means that the device has none now. */
export type ObservedValue = number | string | boolean | null;

/** An observation for the assembler: one field of one device at one time. */
export interface ObservedField {
  /** Name of the dialect that defines the field. */
  readonly dialect: string;
  readonly stream: Stream;
  readonly deviceId: string;
  readonly field: string;
  readonly value: ObservedValue;
  /** When a bridge received it, in milliseconds since 1970. */
  readonly receivedAtMs: number;
  /** How long the value stays valid without another observation. */
  readonly lifetimeMs: number;
}

/** Maximum length of a field's name and of its text, in characters. */
const maxObservedLength = 200;

const valueSchema = z.union([
  z.number(),
  z.string().max(maxObservedLength),
  z.boolean(),
  z.null(),
]);

const recordSchema = z.object({
  dialect: z.string().min(1).max(maxObservedLength),
  stream: z.enum(streams),
  device_id: deviceIdSchema,
  field: z.string().min(1).max(maxObservedLength),
  value: valueSchema,
  received_at: z.iso.datetime(),
  lifetime_ms: z.int().positive(),
});

const { name: topic, partitions } = statesTopicDefinition;

/** The Kafka records of an observation, one for each of its fields. */
export function recordsOf(
  { stream, deviceId, fields }: Observation,
  context: {
    readonly dialect: string;
    readonly receivedAtMs: number;
    readonly lifetimes: Lifetimes;
  },
): OutgoingRecord[] {
  const { dialect, receivedAtMs, lifetimes } = context;
  return Object.entries(fields).map(([field, value]) =>
    recordOf({
      dialect,
      stream,
      deviceId,
      field,
      value: valueSchema.parse(value),
      receivedAtMs,
      lifetimeMs: lifetimes.byField?.[stream]?.[field] ?? lifetimes.defaultMs,
    }),
  );
}

/**
 * The Kafka record of a field. Its key is the device and the field, so that compaction keeps
 * the last value of each; its partition depends only on the device, so that one bridge sees
 * all fields of a device in order.
 */
export function recordOf(observed: ObservedField): OutgoingRecord {
  const { dialect, stream, deviceId, field, value } = observed;
  return {
    topic,
    key: JSON.stringify([dialect, deviceId, field]),
    partition: partitionOf(deviceId, partitions),
    value: JSON.stringify({
      dialect,
      stream,
      device_id: deviceId,
      field,
      value,
      received_at: new Date(observed.receivedAtMs).toISOString(),
      lifetime_ms: observed.lifetimeMs,
    }),
  };
}

/** Parses a record of the states topic; `undefined` for one that no bridge wrote. */
export function parseObserved({
  value,
}: Pick<ConsumedRecord, 'value'>): ObservedField | undefined {
  if (value === null) return undefined;
  let json: unknown;
  try {
    json = JSON.parse(value.toString('utf8'));
  } catch {
    return undefined;
  }
  const parsed = recordSchema.safeParse(json);
  if (!parsed.success) return undefined;
  const { device_id, received_at, lifetime_ms, ...rest } = parsed.data;
  return {
    ...rest,
    deviceId: device_id,
    receivedAtMs: Date.parse(received_at),
    lifetimeMs: lifetime_ms,
  };
}

/**
 * The partition of a device's observations. All bridges must agree on it, across restarts and
 * versions: a device that moved would leave its state behind.
 */
export function partitionOf(deviceId: string, count: number): number {
  // FNV-1a, 32 bits.
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(deviceId, 'utf8'))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % count;
}
