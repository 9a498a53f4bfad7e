import {
  hypertables,
  ingestRedriveGroup,
  ingestRedriveTopic,
  kafkaTopics,
  keptForever,
  sinkGroups,
  statesGroup,
  statesTopic,
  streams,
  topicDefinitions,
} from '@homelab/telemetry';
import type { TopicDefinition } from '@homelab/telemetry';

const dayMs = 24 * 60 * 60 * 1000;

/** Annotations of every generated entity: its documentation is that of the system. */
export const commonAnnotations = {
  'backstage.io/techdocs-entity': 'system:default/homelab',
};

/** Owner and system of every generated entity. */
export const commonSpec = {
  owner: 'group:default/household',
  system: 'homelab',
};

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The consumer group that reads the topic, as an annotation. */
function consumerGroups({ name, kind, stream }: TopicDefinition) {
  let group: string | undefined;
  if (kind === 'stream' && stream) group = sinkGroups[stream];
  if (name === ingestRedriveTopic) group = ingestRedriveGroup;
  if (name === statesTopic) group = statesGroup;
  return group && { 'kafka.apache.org/consumer-groups': `homelab/${group}` };
}

/** The pipeline in `app-config.yaml` that the topic is a hop of, as an annotation. */
function pipelines({ kind, stream }: TopicDefinition) {
  return kind === 'stream' && stream && { 'homelab/pipelines': stream };
}

/** A dead-letter topic has the card with its own dead letters. */
function deadLetters({ name, kind }: TopicDefinition) {
  return (
    kind === 'dead-letter' && {
      'homelab/dead-letter-topics': `homelab/${name}`,
    }
  );
}

/** The catalog entity of one Kafka topic. */
function topicEntity(topic: TopicDefinition) {
  const kept =
    topic.retentionMs === keptForever
      ? 'forever'
      : plural(topic.retentionMs / dayMs, 'day');
  const size = `${plural(topic.partitions, 'partition')}, kept ${kept}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: topic.name,
      description: `${topic.description} (${size})`,
      tags: ['kafka', topic.kind],
      annotations: {
        ...commonAnnotations,
        ...consumerGroups(topic),
        ...pipelines(topic),
        ...deadLetters(topic),
      },
    },
    spec: {
      type: 'kafka-topic',
      ...commonSpec,
      dependsOn: ['resource:kafka'],
    },
  };
}

/** The catalog entities of the Kafka topics, in the order of the registry. */
export function topicEntities() {
  return topicDefinitions.map(topicEntity);
}

/** The catalog entities of the hypertables, one for each stream. */
export function hypertableEntities() {
  return streams.map(stream => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name: hypertables[stream],
      description: `Stored readings of the Kafka topic ${kafkaTopics[stream]}`,
      tags: ['timescaledb'],
      annotations: commonAnnotations,
    },
    spec: {
      type: 'hypertable',
      ...commonSpec,
      dependsOn: ['resource:timescaledb', `resource:${kafkaTopics[stream]}`],
    },
  }));
}
