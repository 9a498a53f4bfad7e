import type { KafkaAdmin } from '@homelab/kafka';
import type { TopicStep } from './plan-topics.ts';

/**
 * Applies the changes, in the order of the steps; a `keep` step changes nothing.
 * @throws KafkaError of the first change that fails; a new plan then has the remaining steps
 */
export async function applyTopics(
  admin: KafkaAdmin,
  steps: readonly TopicStep[],
): Promise<void> {
  const creations = steps.filter(step => step.kind === 'create');
  await admin.createTopics(
    creations.map(({ topic, ...rest }) => ({ name: topic, ...rest })),
  );
  for (const step of steps)
    if (step.kind === 'add-partitions')
      await admin.addPartitions(step.topic, step.to);
  for (const step of steps)
    if (step.kind === 'raise-replication')
      await admin.raiseReplication(step.topic, step.to);
  const changes = steps.filter(step => step.kind === 'set-config');
  for (const topic of new Set(changes.map(step => step.topic))) {
    // Kafka replaces all settings of a topic at once, so the existing ones are sent too.
    const [current] = await admin.describeTopics([topic]);
    const own = changes.filter(step => step.topic === topic);
    await admin.setTopicConfig(topic, {
      ...current?.config,
      ...Object.fromEntries(own.map(step => [step.key, step.to])),
    });
  }
}
