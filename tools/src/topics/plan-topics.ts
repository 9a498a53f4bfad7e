/** What a Kafka topic should be. `TopicDefinition` of the telemetry package has this shape. */
export interface WantedTopic {
  name: string;
  partitions: number;
  retentionMs: number;
  cleanupPolicy: string;
}

/** What a Kafka topic is, as the broker says. */
export interface ExistingTopic {
  name: string;
  partitions: number;
  /** The settings made on the topic itself; what is missing has the broker's default. */
  config: Readonly<Record<string, string>>;
}

/** One difference between what is wanted and what exists. */
export type TopicStep =
  | {
      kind: 'create';
      topic: string;
      partitions: number;
      config: Readonly<Record<string, string>>;
    }
  | { kind: 'add-partitions'; topic: string; from: number; to: number }
  | {
      kind: 'set-config';
      topic: string;
      key: string;
      from: string | undefined;
      to: string;
    }
  /** A difference that is left alone because making it would lose records or their order. */
  | { kind: 'keep'; topic: string; reason: string };

const retentionKey = 'retention.ms';
const cleanupKey = 'cleanup.policy';

/**
 * The steps that make the existing Kafka topics what they should be. Never shrinks anything: fewer partitions
 * or a shorter retention become a `keep` step with the reason. Kafka topics that are not ours are left alone.
 */
export function planTopics(
  wanted: readonly WantedTopic[],
  existing: readonly ExistingTopic[],
): TopicStep[] {
  const byName = new Map(existing.map(topic => [topic.name, topic]));
  return wanted.flatMap(topic => {
    const found = byName.get(topic.name);
    return found
      ? [...planPartitions(topic, found), ...planConfig(topic, found)]
      : [planCreation(topic)];
  });
}

function planCreation(topic: WantedTopic): TopicStep {
  return {
    kind: 'create',
    topic: topic.name,
    partitions: topic.partitions,
    config: {
      [retentionKey]: String(topic.retentionMs),
      [cleanupKey]: topic.cleanupPolicy,
    },
  };
}

function planPartitions(topic: WantedTopic, found: ExistingTopic): TopicStep[] {
  const { name, partitions } = topic;
  if (found.partitions === partitions) return [];
  if (found.partitions < partitions) {
    return [
      {
        kind: 'add-partitions',
        topic: name,
        from: found.partitions,
        to: partitions,
      },
    ];
  }
  return [
    {
      kind: 'keep',
      topic: name,
      reason: `it has ${found.partitions} partitions and ${partitions} are wanted, but Kafka cannot take partitions away; only a new topic could have fewer`,
    },
  ];
}

function planConfig(topic: WantedTopic, found: ExistingTopic): TopicStep[] {
  const steps: TopicStep[] = [];
  const from = found.config[retentionKey];
  const to = String(topic.retentionMs);
  if (from !== to) {
    const shorter = from !== undefined && isShorter(to, from);
    steps.push(
      shorter
        ? {
            kind: 'keep',
            topic: topic.name,
            reason: `its retention is ${from} ms and ${to} ms are wanted, but a shorter retention deletes records; change it by hand if that is meant`,
          }
        : {
            kind: 'set-config',
            topic: topic.name,
            key: retentionKey,
            from,
            to,
          },
    );
  }
  const policy = found.config[cleanupKey];
  if (policy !== topic.cleanupPolicy) {
    steps.push({
      kind: 'set-config',
      topic: topic.name,
      key: cleanupKey,
      from: policy,
      to: topic.cleanupPolicy,
    });
  }
  return steps;
}

/** -1 means for ever. */
function isShorter(to: string, from: string): boolean {
  if (to === '-1') return false;
  return from === '-1' || BigInt(to) < BigInt(from);
}

/** One line for a person. */
export function describeStep(step: TopicStep): string {
  switch (step.kind) {
    case 'create':
      return `create ${step.topic} with ${step.partitions} partitions`;
    case 'add-partitions':
      return `${step.topic}: from ${step.from} to ${step.to} partitions`;
    case 'set-config':
      return `${step.topic}: ${step.key} from ${step.from ?? 'unset'} to ${step.to}`;
    case 'keep':
      return `${step.topic} stays as it is: ${step.reason}`;
  }
}
