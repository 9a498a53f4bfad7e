import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { HomelabError } from '../homelab-error.ts';
import type { NativeTools } from '../native/native-tools.ts';
import { runProgram } from '../native/run-program.ts';
import {
  createPrivateFolder,
  serverUser,
  writePrivateFile,
} from '../native/server-user.ts';
import type { ProcessSpec } from '../runner/process-spec.ts';
import { type ServerDeps, serverRestart } from './server-deps.ts';

const probe = join(import.meta.dirname, 'probe-kafka.ts');

/**
 * Apache Kafka as one node that is broker and controller, on loopback, with topics made only by
 * our own code. Ready once it answers a Kafka request.
 */
export function createKafka(deps: ServerDeps): ProcessSpec {
  const { tools, folders, ports } = deps;
  const configDir = join(folders.config, 'kafka');
  const dataDir = join(folders.data, 'kafka');
  const user = serverUser();
  const properties = join(configDir, 'server.properties');
  const logging = join(configDir, 'log4j2.properties');
  const temporaryDir = join(configDir, 'tmp');
  const classPath = join(tools.kafkaLibsDir, '*');
  return {
    name: 'kafka',
    essential: true,
    command: tools.java,
    args: [
      ...kafkaJvmOptions,
      `-Djava.io.tmpdir=${temporaryDir}`,
      `-Dlog4j2.configurationFile=${logging}`,
      ...['-cp', classPath, 'kafka.Kafka', properties],
    ],
    cwd: dataDir,
    runAs: user,
    prepare: async () => {
      await createPrivateFolder(configDir, user);
      await createPrivateFolder(dataDir, user);
      // Kafka unpacks the libraries for Snappy and ZSTD there; a kill leaves them behind. The machine's
      // own temporary folder may forbid to write or to execute: then Kafka refuses such records.
      await rm(temporaryDir, { recursive: true, force: true });
      await createPrivateFolder(temporaryDir, user);
      await writePrivateFile(
        properties,
        kafkaProperties({ ...ports, dataDir }),
        user,
      );
      await writePrivateFile(logging, kafkaLogging, user);
      await formatStorage(deps, { dataDir, properties, logging, classPath });
    },
    ready: {
      kind: 'exec',
      command: process.execPath,
      args: [probe, '127.0.0.1', String(ports.kafka)],
    },
    readyTimeoutMs: 120_000,
    restart: serverRestart,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 30_000,
    ports: [
      { label: 'Kafka', port: ports.kafka },
      { label: 'Kafka controller', port: ports.kafkaController },
    ],
  };
}

/** A house sends little: a small heap and the collector with the least overhead are enough. */
const kafkaJvmOptions = [
  '-Xms128m',
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  '-Djava.awt.headless=true',
];

const kafkaLogging = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %p %m (%c{1})%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
logger.server.name = kafka.server.KafkaRaftServer
logger.server.level = info
`;

/** Settings of a node that is as small as a house needs, whatever its place in the cluster. */
const smallNode = {
  'auto.create.topics.enable': 'false',
  'num.partitions': '1',
  'default.replication.factor': '1',
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '8',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '4',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  'num.network.threads': '2',
  'num.io.threads': '4',
  'log.cleaner.dedupe.buffer.size': '16777216',
  // Nothing else holds a copy of what was acknowledged: bound what a power cut may take.
  'log.flush.interval.ms': '1000',
  'log.segment.bytes': '67108864',
  'controlled.shutdown.enable': 'false',
  // A killed broker is let in again only after its former self is given up; by default that takes 9 s.
  'broker.session.timeout.ms': '3000',
  'broker.heartbeat.interval.ms': '500',
};

/** What a test needs to start Kafka nodes of its own. */
export function kafkaProgram({
  java,
  kafkaLibsDir,
}: Pick<NativeTools, 'java' | 'kafkaLibsDir'>) {
  return {
    java,
    jvmOptions: kafkaJvmOptions,
    classPath: join(kafkaLibsDir, '*'),
    settings: smallNode,
    logging: kafkaLogging,
  };
}

/** The node's configuration. */
export function kafkaProperties(options: {
  kafka: number;
  kafkaController: number;
  dataDir: string;
}): string {
  const { kafka, kafkaController, dataDir } = options;
  const properties = {
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${kafkaController}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${kafka},CONTROLLER://127.0.0.1:${kafkaController}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${kafka}`,
    'log.dirs': dataDir,
    ...smallNode,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

async function formatStorage(
  { tools, secrets }: ServerDeps,
  paths: {
    dataDir: string;
    properties: string;
    logging: string;
    classPath: string;
  },
): Promise<void> {
  const meta = join(paths.dataDir, 'meta.properties');
  if (existsSync(meta)) {
    const clusterId = /^cluster\.id=(.*)$/m.exec(
      await readFile(meta, 'utf8'),
    )?.[1];
    if (clusterId === secrets.kafka.clusterId) return;
    throw new HomelabError(
      'broken-state',
      `Kafka's data in ${paths.dataDir} belongs to other secrets than those of this checkout: restore the secrets, or run "./homelab reset" to begin anew.`,
    );
  }
  // Left by a format that was interrupted; Kafka refuses a folder that is half made.
  await rm(join(paths.dataDir, 'bootstrap.checkpoint'), { force: true });
  await runProgram({
    command: tools.java,
    args: [
      ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
      `-Dlog4j2.configurationFile=${paths.logging}`,
      ...['-cp', paths.classPath, 'kafka.tools.StorageTool', 'format'],
      ...['-t', secrets.kafka.clusterId, '-c', paths.properties],
    ],
    runAs: serverUser(),
    cwd: paths.dataDir,
    purpose: 'Formatting the storage of Kafka',
  });
}
