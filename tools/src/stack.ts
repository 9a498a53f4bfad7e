import type { ProcessSpec } from './runner/process-spec.ts';
import { createKafka } from './servers/kafka.ts';
import { createMosquitto } from './servers/mosquitto.ts';
import { createPostgres } from './servers/postgres.ts';
import type { StackOptions } from './stack-options.ts';
import { portalDevProcesses, portalProcesses } from './stack-portal.ts';
import { serviceProcesses } from './stack-services.ts';

/** MQTT broker, Kafka and database. */
export function serverProcesses(options: StackOptions): ProcessSpec[] {
  const { mqttListenAddress, ...rest } = options;
  const deps = { ...rest, settings: { mqttListenAddress } };
  return [createMosquitto(deps), createKafka(deps), createPostgres(deps)];
}

/** The whole system, as `up` runs it. */
export function stackProcesses(options: StackOptions): ProcessSpec[] {
  return [
    ...serverProcesses(options),
    ...serviceProcesses(options),
    ...portalProcesses(options),
  ];
}

/** The whole system with hot reload, as `dev` runs it. */
export function devProcesses(options: StackOptions): ProcessSpec[] {
  const watched = { ...options, watch: true };
  return [
    ...serverProcesses(watched),
    ...serviceProcesses(watched),
    ...portalDevProcesses(watched),
  ];
}
