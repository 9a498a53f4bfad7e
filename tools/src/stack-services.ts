import { join } from 'node:path';
import type { StackOptions } from './stack-options.ts';
import type { ProcessSpec, RestartPolicy } from './runner/process-spec.ts';
import { kafkaEnv } from './servers/kafka/index.ts';
import { mqttEnv } from './servers/mosquitto/users.ts';
import { postgresEnv } from './servers/postgres/roles.ts';

const serviceRestart: RestartPolicy = {
  limit: 5,
  minBackoffMs: 500,
  maxBackoffMs: 15_000,
};
const taskRestart: RestartPolicy = {
  limit: 2,
  minBackoffMs: 1_000,
  maxBackoffMs: 5_000,
};

/** The services that carry readings, and what they need first. Secrets are passed by environment only. */
export function serviceProcesses(options: StackOptions): ProcessSpec[] {
  return [
    ...preparationProcesses(options),
    service(options, {
      name: 'mqtt-kafka-bridge',
      essential: true,
      opsPort: options.ports.bridgeOps,
      env: bridgeEnv(options),
      dependsOn: { mosquitto: 'healthy', 'kafka-topics': 'completed' },
    }),
    service(options, {
      name: 'timescale-sink',
      essential: true,
      opsPort: options.ports.sinkOps,
      env: sinkEnv(options),
      dependsOn: {
        'kafka-topics': 'completed',
        'timescale-migrations': 'completed',
      },
    }),
    homelabApi(options),
    energyWebsocket(options),
    ...(options.heatPumpControl ? [heatPumpControl(options)] : []),
    ...(options.simulator ? [deviceSimulator(options, options.simulator)] : []),
  ];
}

/** One-shot processes that create Kafka topics and tables before services start. */
export function preparationProcesses(options: StackOptions): ProcessSpec[] {
  return [kafkaTopics(options), timescaleMigrations(options)];
}

/** The environment of a bridge for its servers. */
export function bridgeEnv(options: StackOptions): Record<string, string> {
  return { ...mqttEnv(options, 'bridge'), ...kafkaEnv(options) };
}

/** The environment of a sink for its servers. */
export function sinkEnv(options: StackOptions): Record<string, string> {
  return { ...kafkaEnv(options), ...postgresEnv(options, 'homelab_sink') };
}

/** The environment of a live server for its servers, and its port. */
export function liveEnv(options: StackOptions): Record<string, string> {
  return {
    ...kafkaEnv(options),
    ...postgresEnv(options, 'homelab_live'),
    LIVE_PORT: String(options.ports.live),
  };
}

/** The environment of a Homelab API for its servers, and its port. */
export function apiEnv(options: StackOptions): Record<string, string> {
  return {
    ...postgresEnv(options, 'homelab_api'),
    API_PORT: String(options.ports.api),
    API_HEAT_PUMP_CONTROL: String(options.heatPumpControl ?? false),
  };
}

function kafkaTopics(options: StackOptions): ProcessSpec {
  const root = options.folders.root;
  return {
    ...task(root, 'kafka-topics', 'tools/src/cli.ts', ['topics', 'apply']),
    env: kafkaEnv(options),
    dependsOn: { kafka: 'healthy' },
  };
}

function timescaleMigrations(options: StackOptions): ProcessSpec {
  const main = 'packages/timescale-schema/src/migrate-main.ts';
  return {
    ...task(options.folders.root, 'timescale-migrations', main),
    env: {
      ...postgresEnv(options, 'homelab_owner'),
      API_PORTAL_TOKEN: options.secrets.api.portal,
      API_WEB_TOKEN: options.secrets.api.web,
      HEAT_PUMP_CONTROL: String(options.heatPumpControl ?? false),
    },
    dependsOn: { postgres: 'healthy' },
  };
}

function homelabApi(options: StackOptions): ProcessSpec {
  const { api, apiOps } = options.ports;
  const spec = service(options, {
    name: 'homelab-api',
    // Readings are stored without it.
    essential: false,
    opsPort: apiOps,
    env: apiEnv(options),
    dependsOn: { 'timescale-migrations': 'completed' },
  });
  return {
    ...spec,
    ports: [...spec.ports, { label: 'Homelab API', port: api }],
  };
}

function energyWebsocket(options: StackOptions): ProcessSpec {
  const { live, liveOps } = options.ports;
  const spec = service(options, {
    name: 'energy-websocket',
    // Readings are stored without it.
    essential: false,
    opsPort: liveOps,
    env: liveEnv(options),
    dependsOn: {
      'kafka-topics': 'completed',
      'timescale-migrations': 'completed',
    },
  });
  return {
    ...spec,
    ports: [...spec.ports, { label: 'live readings', port: live }],
  };
}

function heatPumpControl(options: StackOptions): ProcessSpec {
  return service(options, {
    name: 'heat-pump-control',
    // Readings are stored without it.
    essential: false,
    opsPort: options.ports.controlOps,
    env: {
      ...mqttEnv(options, 'control'),
      ...postgresEnv(options, 'homelab_control'),
    },
    dependsOn: { mosquitto: 'healthy', 'timescale-migrations': 'completed' },
  });
}

function deviceSimulator(
  options: StackOptions,
  simulator: NonNullable<StackOptions['simulator']>,
): ProcessSpec {
  return service(options, {
    name: 'device-simulator',
    essential: false,
    opsPort: options.ports.simulatorOps,
    env: {
      ...mqttEnv(options, 'simulator'),
      SIMULATOR_HOUSE: simulator.house,
      SIMULATOR_BACKFILL: simulator.backfill,
      SIMULATOR_BACKFILL_MARK: simulator.backfillMark,
      SIMULATOR_BACKFILL_SCOPE: simulator.backfillScope,
      ...(simulator.speed && { SIMULATOR_SPEED: simulator.speed }),
    },
    // After the bridge, or the broker would have to queue the whole backfill.
    dependsOn: { mosquitto: 'healthy', 'mqtt-kafka-bridge': 'healthy' },
  });
}

/** A service of ours as a process, ready by its ops port. */
export function service(
  options: StackOptions,
  own: {
    name: string;
    essential: boolean;
    opsPort: number;
    env: Record<string, string>;
    dependsOn: NonNullable<ProcessSpec['dependsOn']>;
  },
): ProcessSpec {
  const watch = options.watch ? ['--watch', '--watch-preserve-output'] : [];
  return {
    name: own.name,
    essential: own.essential,
    command: process.execPath,
    args: [...watch, 'src/main.ts'],
    cwd: join(options.folders.root, 'services', own.name),
    env: { ...own.env, OPS_PORT: String(own.opsPort) },
    dependsOn: own.dependsOn,
    ready: { kind: 'http', url: `http://127.0.0.1:${own.opsPort}/readyz` },
    // After a crash, a consumer group first waits for the session of the old member to expire.
    readyTimeoutMs: 120_000,
    restart: serviceRestart,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 15_000,
    ports: [{ label: `${own.name} health`, port: own.opsPort }],
  };
}

/** A program of ours that finishes before others start. */
export function task(
  root: string,
  name: string,
  main: string,
  args: readonly string[] = [],
): ProcessSpec {
  return {
    name,
    essential: true,
    command: process.execPath,
    args: [join(root, main), ...args],
    cwd: root,
    ready: { kind: 'exit' },
    readyTimeoutMs: 120_000,
    restart: taskRestart,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 10_000,
    ports: [],
  };
}
