/** What can happen to a heat pump that its owner may want to know. */
export const eventKinds = [
  'alarm',
  'short_cycling',
  'aux_while_mild',
  'brine_cold',
  'spread_small',
  'spread_large',
  'no_heat',
  'degree_minutes_low',
  'legionella',
  'gap',
] as const;
export type EventKind = (typeof eventKinds)[number];

export type Severity = 'info' | 'warning' | 'critical';

/** Something that happened; `atMs` is when it became sure, in milliseconds since 1970. */
export interface HeatPumpEvent {
  kind: EventKind;
  severity: Severity;
  atMs: number;
  /** More words, such as the names of the alarms. */
  detail: string | null;
}
