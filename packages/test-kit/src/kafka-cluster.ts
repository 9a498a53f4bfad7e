import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection, metadataV12 } from '@platformatic/kafka';
import { eventually } from './eventually.ts';
import { createSecuredListener } from './kafka-security.ts';
import type { SecuredListener } from './kafka-security.ts';
import { createKafkaNode } from './kafka-node.ts';
import type { KafkaNode } from './kafka-node.ts';
import type { TestScope } from './test-scope.ts';
import { testKafkaProgram } from './test-servers.ts';

/** A broker that a test can stop and start again. */
export interface TestBroker {
  readonly nodeId: number;
  /** `host:port`. */
  readonly address: string;
  /** Starts it after `stop` or `kill` and waits until the cluster sees it. */
  start(): Promise<void>;
  /** Shuts it down; resolves when the cluster has noticed. */
  stop(): Promise<void>;
  /** Kills it like a power cut; resolves when the cluster has noticed. */
  kill(): Promise<void>;
  /** Freezes it with its connections open, until `thaw`. */
  freeze(): void;
  thaw(): void;
}

/** A Kafka cluster of one test, or of the tests of one file. */
export interface TestKafkaCluster {
  /** `host:port` of every broker. */
  readonly addresses: readonly string[];
  /** Node 1 is also the controller: without it the cluster changes nothing. */
  readonly brokers: readonly TestBroker[];
  /** With `secured`. */
  readonly secured?: SecuredListener;
}

/**
 * Starts a Kafka cluster on free loopback ports with data in its own folder, and removes both
 * at the end of the scope. Nothing is replicated by default. With `authorizer`, access lists
 * apply, and everything they do not name is allowed to everyone. With `secured`, node 1 also
 * has a listener with TLS and logins. `settings` are added to the configuration of every
 * node.
 */
export async function startKafkaCluster(
  t: TestScope,
  options: {
    brokers?: number;
    authorizer?: boolean;
    secured?: boolean;
    settings?: Readonly<Record<string, string>>;
  } = {},
): Promise<TestKafkaCluster> {
  const { brokers: count = 2, authorizer, secured, settings = {} } = options;
  const program = testKafkaProgram();
  const folder = await mkdtemp(join(tmpdir(), 'homelab-kafka-'));
  const nodes: KafkaNode[] = [];
  t.onTestFinished(async () => {
    await Promise.all(nodes.map(node => node.end('SIGKILL')));
    await rm(folder, { recursive: true, force: true });
  });
  const [controllerPort, securePort, ...ports] = await freePorts(count + 2);
  // Kafka's tools take an id that starts with "-" for an option.
  const clusterId = `h${randomBytes(16).toString('base64url').slice(1)}`;
  const addresses = ports.map(port => `127.0.0.1:${port}`);
  const security = secured
    ? await createSecuredListener({
        program,
        folder: join(folder, 'security'),
        address: `127.0.0.1:${securePort}`,
      })
    : undefined;
  const created = await Promise.all(
    addresses.map((address, index) =>
      createKafkaNode({
        program,
        folder: join(folder, `node-${index + 1}`),
        clusterId,
        settings: {
          ...placeInCluster({
            index,
            address,
            controllerPort,
            secured: security?.listener.address,
          }),
          ...(authorizer && accessLists),
          ...security?.settings,
          ...settings,
        },
        formatArgs: index === 0 ? security?.formatArgs : [],
      }),
    ),
  );
  nodes.push(...created);
  await Promise.all(nodes.map(node => node.start()));
  const awaitBrokers: AwaitBrokers = isReached =>
    waitForBrokers(ports[0], isReached);
  await awaitBrokers(ids => ids.length === count);
  return {
    addresses,
    ...(security && { secured: security.listener }),
    brokers: nodes.map((node, index) =>
      toBroker(node, {
        nodeId: index + 1,
        address: addresses[index],
        awaitBrokers,
      }),
    ),
  };
}

type AwaitBrokers = (
  isReached: (nodeIds: readonly number[]) => boolean,
) => Promise<void>;

/** Waits until the broker at a port sees exactly these brokers. */
async function waitForBrokers(
  port: number,
  isReached: (nodeIds: readonly number[]) => boolean,
): Promise<void> {
  const connection = new Connection('test-cluster');
  await connection.connect('127.0.0.1', port);
  try {
    await eventually(
      async () => {
        const { brokers } = await metadataV12.api.async(connection, []);
        const ids = brokers.map(({ nodeId }) => nodeId);
        if (!isReached(ids))
          throw new Error(`the brokers are ${ids.join(', ')}`);
      },
      { timeoutMs: 30_000 },
    );
  } finally {
    await connection.close();
  }
}

const accessLists = {
  'authorizer.class.name':
    'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'allow.everyone.if.no.acl.found': 'true',
};

function placeInCluster(place: {
  index: number;
  address: string;
  controllerPort: number;
  secured?: string;
}): Record<string, string> {
  const { index, address, controllerPort, secured } = place;
  const controller = `127.0.0.1:${controllerPort}`;
  const isController = index === 0;
  const listeners = [
    `PLAINTEXT://${address}`,
    ...(isController && secured ? [`SECURE://${secured}`] : []),
  ];
  return {
    'process.roles': isController ? 'broker,controller' : 'broker',
    'node.id': String(index + 1),
    'controller.quorum.voters': `1@${controller}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: [
      ...listeners,
      ...(isController ? [`CONTROLLER://${controller}`] : []),
    ].join(),
    'advertised.listeners': listeners.join(),
  };
}

function toBroker(
  node: KafkaNode,
  place: { nodeId: number; address: string; awaitBrokers: AwaitBrokers },
): TestBroker {
  const { nodeId, address, awaitBrokers } = place;
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    await node.end(signal);
    // Without the controller no broker reports the change.
    if (nodeId !== 1) await awaitBrokers(ids => !ids.includes(nodeId));
  };
  return {
    nodeId,
    address,
    async start() {
      await node.start();
      await awaitBrokers(ids => ids.includes(nodeId));
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    freeze: () => node.signal('SIGSTOP'),
    thaw: () => node.signal('SIGCONT'),
  };
}

/** Ports that are currently free. */
async function freePorts(count: number): Promise<number[]> {
  const listeners = await Promise.all(
    Array.from({ length: count }, async () => {
      const listener = createServer();
      await new Promise<void>(resolve => {
        listener.listen(0, '127.0.0.1', resolve);
      });
      return listener;
    }),
  );
  const ports = listeners.map(one => (one.address() as AddressInfo).port);
  await Promise.all(
    listeners.map(one => new Promise(resolve => one.close(resolve))),
  );
  return ports;
}
