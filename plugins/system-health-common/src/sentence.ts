import { worstFirst } from './targets';
import type { HealthState, TargetHealth } from './targets';

/** A summary of all targets in one sentence, with its state. */
export interface HealthSentence {
  state: HealthState;
  text: string;
}

/** Display names of the states. */
export const stateWords: Record<HealthState, string> = {
  down: 'Down',
  'not-ready': 'Not ready',
  unknown: 'Not checked yet',
  ok: 'OK',
};

/** Display names of the dependencies that readiness endpoints report. */
const dependencyTitles: Readonly<Record<string, string>> = {
  database: 'Database',
  kafka: 'Kafka',
  mqtt: 'MQTT',
  postgres: 'PostgreSQL',
  service: 'Startup',
  timescale: 'TimescaleDB',
};

/** Display name of a dependency; unknown ones keep their reported name. */
export function dependencyTitle(name: string): string {
  return dependencyTitles[name] ?? name;
}

function joinNames(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}

function clause(target: TargetHealth): string {
  if (target.state === 'down') return `${target.title} is down`;
  const missing = target.dependencies.filter(({ ok }) => !ok);
  if (missing.length > 0) {
    return `${target.title} is waiting for ${joinNames(missing.map(({ name }) => dependencyTitle(name)))}`;
  }
  return target.detail
    ? `${target.title} is not ready: ${target.detail}`
    : `${target.title} is not ready`;
}

function others(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? ', and 1 more has problems'
    : `, and ${count} more have problems`;
}

/**
 * Summarises in one sentence whether everything is running, naming the worst target and why.
 * Without targets the state is `unknown`.
 */
export function describeHealth(
  targets: readonly TargetHealth[],
): HealthSentence {
  if (targets.length === 0) {
    return { state: 'unknown', text: 'Nothing is being monitored yet' };
  }
  const failing = worstFirst(targets).filter(
    ({ state }) => state === 'down' || state === 'not-ready',
  );
  const [worst] = failing;
  if (worst) {
    return {
      state: worst.state,
      text: `${clause(worst)}${others(failing.length - 1)}`,
    };
  }
  const waiting = targets.filter(({ state }) => state === 'unknown').length;
  if (waiting === 0) return { state: 'ok', text: 'Everything is running' };
  return {
    state: 'unknown',
    text:
      waiting === targets.length
        ? 'Waiting for the first answers'
        : `Waiting for the first answer of ${waiting} of ${targets.length} targets`,
  };
}
