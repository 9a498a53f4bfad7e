import {
  maxDeviceIdLength,
  maxTextLength,
  measurementsOf,
} from '@homelab/telemetry';
import type { Measurement } from '@homelab/telemetry';
import { deviceColumn } from '@homelab/timescale-schema';
import type { ReadingTable } from '@homelab/timescale-schema';

/** The values that a field accepts. */
export type ScanRule =
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'text'; readonly maxLength: number }
  | { readonly kind: 'state'; readonly states: readonly Buffer[] }
  | { readonly kind: 'time' }
  | { readonly kind: 'device'; readonly maxLength: number }
  /** Lists are rare: only a null list is read here. */
  | { readonly kind: 'list' };

/** A field of a reading's JSON, and its column. */
export interface ScanField {
  /** The name as written in JSON, with quotes and colon. */
  readonly label: Buffer;
  readonly column: number;
  readonly rule: ScanRule;
  /** The field that followed it last time: the order of fields seldom changes. */
  next: ScanField | undefined;
}

/** The fields that a stream's readings may have. */
export function scanFieldsOf(table: ReadingTable): ScanField[] {
  const measurements = new Map(measurementsOf(table.stream));
  return table.writtenColumns.flatMap(({ name }, column) => {
    const measurement = measurements.get(name);
    const label = (text: string) => Buffer.from(`"${text}":`);
    const field = (text: string, rule: ScanRule): ScanField[] => [
      { label: label(text), column, rule, next: undefined },
    ];
    if (measurement !== undefined) return field(name, ruleOf(measurement));
    if (name === deviceColumn)
      return field(name, { kind: 'device', maxLength: maxDeviceIdLength });
    return name === 'time' ? field('timestamp', { kind: 'time' }) : [];
  });
}

function ruleOf(measurement: Measurement): ScanRule {
  switch (measurement.kind) {
    case 'gauge':
    case 'counter':
      return { kind: 'number', min: measurement.min, max: measurement.max };
    case 'flag':
      return { kind: 'flag' };
    case 'state':
      return {
        kind: 'state',
        states: measurement.states.map(state => Buffer.from(state)),
      };
    case 'text':
      return { kind: 'text', maxLength: maxTextLength };
    case 'list':
      return { kind: 'list' };
  }
}
