import { rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ensureJava, ensureMaven } from '../../native/java.ts';
import {
  createPrivateFolder,
  serverUser,
  writePrivateFile,
} from '../../native/server-user.ts';
import { defineServer, type SecretKind, serverRestart } from '../server.ts';
import {
  kafkaJvmOptions,
  kafkaLogging,
  kafkaProgram,
  kafkaProperties,
} from './config.ts';
import { ensureKafkaJars } from './jars.ts';
import { formatStorage } from './storage.ts';

const probe = join(import.meta.dirname, 'probe.ts');

/** A UUID in base64url, as Kafka expects; its tools take an id that starts with "-" for an option. */
const clusterId: SecretKind = {
  create: () => `h${randomBytes(16).toString('base64url').slice(1)}`,
  isUsable: value => value.length === 22,
};

/**
 * Apache Kafka as one node that is broker and controller, on loopback, with topics created only by
 * our own code. Ready once it answers a Kafka request.
 */
export const kafka = defineServer({
  ports: {
    kafka: { label: 'Kafka', port: 9092 },
    kafkaController: { label: 'Kafka controller', port: 9093 },
  },
  secrets: { kafka: { clusterId } },
  async install({ cacheDir, report }) {
    const [java, kafkaLibsDir] = await Promise.all([
      ensureJava(cacheDir, report),
      ensureKafkaJars(cacheDir, () => ensureMaven(cacheDir, report), report),
    ]);
    return { java, kafkaLibsDir };
  },
  process({ tools, folders, ports, secrets }) {
    const configDir = join(folders.config, 'kafka');
    const dataDir = join(folders.data, 'kafka');
    const temporaryDir = join(configDir, 'tmp');
    const properties = join(configDir, 'server.properties');
    const logging = join(configDir, 'log4j2.properties');
    const classPath = join(tools.kafkaLibsDir, '*');
    const user = serverUser();
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
        // own temporary folder may be read-only or noexec, and Kafka would then refuse such records.
        await rm(temporaryDir, { recursive: true, force: true });
        await createPrivateFolder(temporaryDir, user);
        await writePrivateFile(
          properties,
          kafkaProperties({ ...ports, dataDir }),
          user,
        );
        await writePrivateFile(logging, kafkaLogging, user);
        await formatStorage(
          { java: tools.java, clusterId: secrets.kafka.clusterId },
          { dataDir, properties, logging, classPath },
        );
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
  },
  portalEnv: ({ ports }) => ({
    ...kafkaEnv({ ports }),
    KAFKA_PORT: String(ports.kafka),
  }),
  testEnv: ({ ports, tools }) => ({
    HOMELAB_TEST_KAFKA_BROKERS: kafkaAddress(ports),
    HOMELAB_TEST_KAFKA_PROGRAM: JSON.stringify(kafkaProgram(tools)),
  }),
  addresses: ({ ports }) => [['Kafka', kafkaAddress(ports)]],
});

/** The variable by which our processes find Kafka. */
export function kafkaEnv(stack: { ports: { kafka: number } }): {
  KAFKA_BROKERS: string;
} {
  return { KAFKA_BROKERS: kafkaAddress(stack.ports) };
}

function kafkaAddress(ports: { kafka: number }): string {
  return `127.0.0.1:${ports.kafka}`;
}
