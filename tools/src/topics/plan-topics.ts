import { topicSettings } from '@homelab/telemetry';
import type { TopicDefinition } from '@homelab/telemetry';
import type { TopicDescription } from '@homelab/kafka';

/** What a Kafka topic should be. */
export type WantedTopic = Pick<
  TopicDefinition,
  | 'name'
  | 'partitions'
  | 'retentionMs'
  | 'retentionBytes'
  | 'cleanupPolicy'
  | 'replicationFactor'
  | 'maxMessageBytes'
  | 'minCompactionLagMs'
  | 'segmentMs'
>;

/** One difference between the wanted and the existing topics. */
export type TopicStep =
  | {
      kind: 'create';
      topic: string;
      partitions: number;
      replicationFactor: number;
      config: Readonly<Record<string, string>>;
    }
  | { kind: 'add-partitions'; topic: string; from: number; to: number }
  | { kind: 'raise-replication'; topic: string; from: number; to: number }
  | {
      kind: 'set-config';
      topic: string;
      key: string;
      from: string | undefined;
      to: string;
    }
  /** A difference that is kept, because the change would lose records or safety or is impossible. */
  | { kind: 'keep'; topic: string; reason: string };

/**
 * The steps from the existing Kafka topics to the wanted ones. Never shrinks anything: a smaller value
 * becomes a `keep` step with the reason. Other Kafka topics are left alone.
 * @param brokers the number of brokers for copies
 */
export function planTopics(
  wanted: readonly WantedTopic[],
  existing: readonly TopicDescription[],
  brokers: number,
): TopicStep[] {
  const byName = new Map(existing.map(topic => [topic.name, topic]));
  return wanted.flatMap(topic => {
    const found = byName.get(topic.name);
    if (!found) return planCreation(topic, brokers);
    return [
      ...planPartitions(topic, found),
      ...planReplication(topic, found, brokers),
      ...planSettings(topic, found),
    ];
  });
}

function keep(topic: WantedTopic, reason: string): TopicStep {
  return { kind: 'keep', topic: topic.name, reason };
}

function planCreation(topic: WantedTopic, brokers: number): TopicStep[] {
  const { name, partitions } = topic;
  const replicationFactor = Math.min(topic.replicationFactor, brokers);
  const creation: TopicStep = {
    kind: 'create',
    topic: name,
    partitions,
    replicationFactor,
    config: topicSettings(topic),
  };
  return replicationFactor < topic.replicationFactor
    ? [creation, keep(topic, tooFewBrokers(topic, replicationFactor, brokers))]
    : [creation];
}

function planPartitions(
  topic: WantedTopic,
  { partitions: from }: TopicDescription,
): TopicStep[] {
  const { name, partitions: to } = topic;
  if (from === to) return [];
  if (from < to) return [{ kind: 'add-partitions', topic: name, from, to }];
  return [
    keep(
      topic,
      `it has ${count(from, 'partition')} and ${to} are wanted, but Kafka cannot remove partitions; only a new topic can have fewer`,
    ),
  ];
}

function planReplication(
  topic: WantedTopic,
  { replicationFactor: from }: TopicDescription,
  brokers: number,
): TopicStep[] {
  const { name, replicationFactor: to } = topic;
  if (from === to) return [];
  if (from > to) {
    return [
      keep(
        topic,
        `it has ${from} copies and ${to} are wanted, but fewer copies are less safe; change it by hand if intended`,
      ),
    ];
  }
  if (brokers < to) return [keep(topic, tooFewBrokers(topic, from, brokers))];
  return [{ kind: 'raise-replication', topic: name, from, to }];
}

function tooFewBrokers(
  { replicationFactor }: WantedTopic,
  copies: number,
  brokers: number,
): string {
  return `it has ${count(copies, 'copy')} and ${replicationFactor} are wanted, but only ${count(brokers, 'broker')} can hold them; add brokers and apply again`;
}

const refusals: Readonly<Record<string, (from: string, to: string) => string>> =
  {
    'retention.ms': (from, to) =>
      `its retention is ${from} ms and ${to} ms are wanted, but a shorter retention deletes records; change it by hand if intended`,
    'retention.bytes': (from, to) =>
      `it keeps ${from} bytes and ${to} are wanted, but a smaller bound deletes records; change it by hand if intended`,
    'cleanup.policy': (from, to) =>
      `its clean-up policy is "${from}" and "${to}" is wanted, but that deletes records that are kept now; change it by hand if intended`,
    'max.message.bytes': (from, to) =>
      `it accepts messages of ${from} bytes and ${to} are wanted, but it may then refuse messages that are sent today; change it by hand if intended`,
  };

function planSettings(
  topic: WantedTopic,
  found: TopicDescription,
): TopicStep[] {
  return Object.entries(topicSettings(topic)).flatMap(
    ([key, to]): TopicStep[] => {
      const from = found.config[key];
      if (from === to) return [];
      const refusal = refusals[key];
      if (from !== undefined && refusal && isLess(key, from, to))
        return [keep(topic, refusal(from, to))];
      return [{ kind: 'set-config', topic: topic.name, key, from, to }];
    },
  );
}

/** Whether the change removes something. Each clean-up policy deletes what the other one keeps. */
function isLess(key: string, from: string, to: string): boolean {
  if (key === 'cleanup.policy') return true;
  // -1 means forever.
  if (to === '-1') return false;
  return from === '-1' || BigInt(to) < BigInt(from);
}

function count(number: number, noun: string): string {
  const plural = noun === 'copy' ? 'copies' : `${noun}s`;
  return `${number} ${number === 1 ? noun : plural}`;
}

/** One line for a person. */
export function describeStep(step: TopicStep): string {
  switch (step.kind) {
    case 'create':
      return `create ${step.topic} with ${count(step.partitions, 'partition')} and ${count(step.replicationFactor, 'copy')}`;
    case 'add-partitions':
      return `${step.topic}: from ${step.from} to ${step.to} partitions. Keys move to other partitions: records of a device from before and after are not in order`;
    case 'raise-replication':
      return `${step.topic}: from ${count(step.from, 'copy')} to ${step.to}`;
    case 'set-config':
      return `${step.topic}: ${step.key} from ${step.from ?? 'unset'} to ${step.to}`;
    case 'keep':
      return `${step.topic} stays as it is: ${step.reason}`;
  }
}
