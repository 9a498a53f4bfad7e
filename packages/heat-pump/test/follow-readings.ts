import type { HeatpumpStatus } from '@homelab/telemetry';
import {
  addSums,
  initialHeatPump,
  noSums,
  stepHeatPump,
} from '../src/index.ts';
import type {
  HeatPumpEvent,
  HeatPumpLogState,
  HeatPumpOptions,
  HeatPumpSums,
  Run,
  RunKind,
} from '../src/index.ts';
import { testStatus } from './test-status.ts';

/** What following readings found. */
export interface Followed {
  state: HeatPumpLogState;
  sums: HeatPumpSums;
  runs: Run[];
  started: RunKind[];
  events: HeatPumpEvent[];
}

/** Follows readings from a state on, all sums and lists included. */
export function follow(
  readings: readonly HeatpumpStatus[],
  options?: HeatPumpOptions,
): Followed {
  const followed: Followed = {
    state: initialHeatPump,
    sums: noSums,
    runs: [],
    started: [],
    events: [],
  };
  for (const reading of readings) {
    const step = stepHeatPump(followed.state, reading, options);
    followed.state = step.state;
    followed.sums = addSums(followed.sums, step.sums);
    followed.runs.push(...step.ended);
    followed.started.push(...step.started);
    followed.events.push(...step.events);
  }
  return followed;
}

export const testStartMs = Date.parse('2026-01-12T06:00:00Z');

/** Readings one minute apart: each entry says for how many minutes it holds. */
export function everyMinute(
  ...spans: readonly (readonly [number, Partial<HeatpumpStatus>])[]
): HeatpumpStatus[] {
  const readings: HeatpumpStatus[] = [];
  for (const [minutes, known] of spans) {
    for (let index = 0; index < minutes; index += 1) {
      const atMs = testStartMs + readings.length * 60_000;
      const timestamp = new Date(atMs).toISOString();
      readings.push(testStatus({ timestamp, ...known }));
    }
  }
  return readings;
}
