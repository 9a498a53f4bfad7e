/** What can happen to a heat pump that its owner may want to know, and its title. */
export const eventTitles = {
  alarm: 'The heat pump reports an alarm',
  short_cycling: 'The compressor starts too often',
  aux_while_mild: 'The auxiliary heater runs in mild weather',
  brine_cold: 'The brine is very cold',
  spread_small: 'Supply and return are too close',
  spread_large: 'Supply and return are too far apart',
  no_heat: 'No heat is measured while the compressor works',
  degree_minutes_low: 'The house has been short of heat for hours',
  legionella: 'The tank was hot for half an hour',
  legionella_overdue: 'The tank has not been hot for too long',
  gap: 'No readings arrived',
} as const;
export type EventKind = keyof typeof eventTitles;

export const severities = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Something that happened; `atMs` is when it became sure, in milliseconds since 1970. */
export interface HeatPumpEvent {
  kind: EventKind;
  severity: Severity;
  atMs: number;
  /** What shows it: the numbers, or the names of the alarms. */
  evidence: string | null;
}
