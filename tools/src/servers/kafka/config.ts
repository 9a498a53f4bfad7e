import { join } from 'node:path';

/** A house sends little: a small heap and the garbage collector with the least overhead suffice. */
export const kafkaJvmOptions = [
  '-Xms128m',
  '-Xmx384m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  '-Djava.awt.headless=true',
];

export const kafkaLogging = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{ISO8601} %p %m (%c{1})%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
logger.server.name = kafka.server.KafkaRaftServer
logger.server.level = info
`;

/** Settings of a node as small as a house needs, whatever its role in the cluster. */
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
  // Nothing else has a copy of acknowledged records: limits what a power cut can lose.
  'log.flush.interval.ms': '1000',
  'log.segment.bytes': '67108864',
  // By default Kafka checks every 5 minutes, and a flood of dead letters would exceed its bound meanwhile.
  'log.retention.check.interval.ms': '10000',
  'controlled.shutdown.enable': 'false',
  // A killed broker can only rejoin once its old session has expired; by default that takes 9 s.
  'broker.session.timeout.ms': '3000',
  'broker.heartbeat.interval.ms': '500',
};

/** What a test needs to start its own Kafka nodes. */
export function kafkaProgram({
  java,
  kafkaLibsDir,
}: {
  java: string;
  kafkaLibsDir: string;
}) {
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
