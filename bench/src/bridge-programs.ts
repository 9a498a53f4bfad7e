import { join } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { bridgeEnv, defaultCacheDir, ensurePythonVenv } from '@homelab/tools';
import type { StackOptions } from '@homelab/tools';
import type { BenchContext } from './bench-context.ts';
import { openKafkaAdmin } from './kafka-ends.ts';
import { mqttLogin } from './raw-mqtt.ts';
import { loadFilter } from './reading-load.ts';
import { startMeasured, startService } from './service-under-load.ts';
import type { MeasuredProcess } from './service-under-load.ts';

/** A program that carries MQTT messages to Kafka, to be measured. */
export interface BridgeProgram {
  readonly name: string;
  /** The Kafka topic it fills; it exists. */
  readonly topic: string;
  /** Starts it with a lasting MQTT session of this name, and resolves once it has subscribed. */
  start(clientId: string): Promise<MeasuredProcess>;
}

/** Our bridge, started as in production. */
export function ourBridge(
  stack: StackOptions,
  env: Readonly<Record<string, string>> = {},
): BridgeProgram {
  return {
    name: 'bridge',
    topic: 'homelab.energy',
    start: clientId =>
      startService({
        root: stack.folders.root,
        name: 'mqtt-kafka-bridge',
        opsPort: stack.ports.bridgeOps,
        env: {
          ...bridgeEnv(stack),
          BRIDGE_CLIENT_ID: clientId,
          BRIDGE_MQTT_FILTERS: loadFilter,
          ...env,
        },
      }),
  };
}

const peerProgram = `import sys, json
from mq_bridge import Route
Route.from_config(json.load(open(sys.argv[1]))).run()
`;
const peerTopic = 'peer.energy';

/** Configurations of mq-bridge; both keep the session and acknowledge only what Kafka has. */
const peerSettings = {
  /** Only what these two requirements need. */
  'mq-bridge': { mqtt: {}, route: {} },
  /** The fastest one found that loses nothing on kill -9. */
  'mq-bridge tuned': {
    mqtt: { max_inflight: 2_000, queue_capacity: 2_000 },
    route: { batch_size: 1_000 },
  },
} as const;

type PeerName = keyof typeof peerSettings;

/** The names of the rivals that {@link peerBridge} creates. */
export const peerNames: readonly PeerName[] = ['mq-bridge', 'mq-bridge tuned'];

/** mq-bridge from PyPI, with its defaults or tuned. */
export async function peerBridge(
  { stack, report }: BenchContext,
  name: PeerName,
): Promise<BridgeProgram> {
  const bin = await ensurePythonVenv(defaultCacheDir(), {
    name: 'mq-bridge',
    packages: ['mq-bridge==1.2.0'],
    purpose: 'Measuring mq-bridge beside ours',
    report,
  });
  const admin = await openKafkaAdmin(stack);
  await admin.createTopics([{ name: peerTopic, partitions: 6 }]);
  await admin.stop();
  const { config } = stack.folders;
  const program = join(config, 'peer.py');
  await writeFile(program, peerProgram);
  return {
    name,
    topic: peerTopic,
    async start(clientId) {
      const file = join(config, 'peer.json');
      await writeFile(file, JSON.stringify(peerRoute(stack, clientId, name)), {
        mode: 0o600,
      });
      const measured = startMeasured({
        command: join(bin, 'python3'),
        args: [program, file],
        cwd: config,
        env: {},
      });
      return measured;
    },
  };
}

function peerRoute(stack: StackOptions, clientId: string, name: PeerName) {
  const { mqtt, route } = peerSettings[name];
  const { username, password, host, port } = mqttLogin(stack, 'bridge');
  return {
    input: {
      mqtt: {
        url: `mqtt://${host}:${port}`,
        topic: loadFilter,
        client_id: clientId,
        username,
        password,
        qos: 1,
        clean_session: false,
        session_expiry_interval: 3_600,
        protocol: 'v5',
        // Acknowledge only what Kafka has.
        delayed_ack: false,
        ...mqtt,
      },
    },
    output: {
      kafka: { url: `127.0.0.1:${stack.ports.kafka}`, topic: peerTopic },
    },
    required_delivery: 'at_least_once',
    ...route,
  };
}
