import type { LagStatus } from '@homelab/plugin-consumer-lag-common';

/** A row of `lag_group`; PostgreSQL returns 64-bit numbers as text. */
export interface GroupRow {
  readonly cluster: string;
  readonly group_id: string;
  readonly polled_at_ms: string | number;
  readonly rank: number;
  readonly status: LagStatus;
  readonly since_ms: string | number;
  readonly memberless_since_ms: string | number | null;
  readonly lag: string | null;
  readonly state: string | null;
  readonly members: string | null;
  readonly summary: string;
  readonly detail: string;
}

export interface TopicRow {
  readonly cluster: string;
  readonly topic: string;
  readonly polled_at_ms: string | number;
  readonly summary: string;
  readonly detail: string;
}

export interface ClusterRow {
  readonly cluster: string;
  readonly polled_at_ms: string | number | null;
  readonly requests: number | null;
  readonly problem: string | null;
  readonly partial_problems: string | null;
}

export interface SeriesRow {
  readonly id: number;
  readonly cluster: string;
  readonly group_id: string;
  readonly topic: string;
}

export interface RawRow {
  readonly series_id: number;
  readonly at_ms: string | number;
  readonly ends: string;
  readonly committed: string | null;
  readonly lag: string | number | null;
  readonly time_lag_ms: string | number | null;
  readonly produced_per_second: number | null;
  readonly consumed_per_second: number | null;
}

export interface EventRow {
  readonly cluster: string;
  readonly group_id: string;
  readonly at_ms: string | number;
  readonly kind: string;
  readonly severity: string;
  readonly text: string;
}

/** Offsets by partition as stored: decimal text, because they may be too large for a JSON number. */
export function offsetsToJson(offsets: readonly (bigint | null)[]): string {
  return JSON.stringify(
    offsets.map(offset => (offset === null ? null : String(offset))),
  );
}

/** The reverse of {@link offsetsToJson}. */
export function offsetsFromJson(json: string): (bigint | null)[] {
  const texts: readonly (string | null)[] = JSON.parse(json);
  return texts.map(text => (text === null ? null : BigInt(text)));
}

/** A 64-bit column with a time or a duration. */
export function toNumber(value: string | number | null): number | null {
  return value === null ? null : Number(value);
}
