import type { ProcessSpec } from './runner/process-spec.ts';
import { servers } from './servers/index.ts';
import type { Server } from './servers/server.ts';
import type { StackOptions } from './stack-options.ts';
import { householdPageProcesses } from './stack-household-page.ts';
import { portalDevProcesses, portalProcesses } from './stack-portal.ts';
import { serviceProcesses } from './stack-services.ts';

/** MQTT broker, Kafka and database. */
export function serverProcesses(
  options: StackOptions,
  list: readonly Server[] = servers,
): ProcessSpec[] {
  return list.map(server => server.process(options));
}

/** The whole system, as `up` runs it. */
export function stackProcesses(options: StackOptions): ProcessSpec[] {
  return [
    ...serverProcesses(options),
    ...serviceProcesses(options),
    ...portalProcesses(options),
    ...householdPageProcesses(options),
  ];
}

/** The whole system with hot reload, as `dev` runs it. */
export function devProcesses(options: StackOptions): ProcessSpec[] {
  const watched = { ...options, watch: true };
  return [
    ...serverProcesses(watched),
    ...serviceProcesses(watched),
    ...portalDevProcesses(watched),
    ...householdPageProcesses(watched),
  ];
}
