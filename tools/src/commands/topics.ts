import type { Command } from 'commander';
import { envField, parseEnv } from '@homelab/service-kit';
import { topicDefinitions } from '@homelab/telemetry';
import { z } from 'zod';
import { HomelabError } from '../homelab-error.ts';
import { applyTopics } from '../topics/apply-topics.ts';
import {
  describeStep,
  planTopics,
  type TopicStep,
} from '../topics/plan-topics.ts';
import {
  type BrokersOption,
  chooseBrokers,
  withBrokers,
  withKafka,
} from './kafka-connection.ts';

interface TopicsOptions extends BrokersOption {
  replication?: string;
}

export function addTopics(program: Command): void {
  const topics = program
    .command('topics')
    .description('compare and change the Kafka topics: plan, apply');
  addAction(topics, 'plan', 'show what apply would change');
  addAction(topics, 'apply', 'make the difference, without losing records');
}

function addAction(
  topics: Command,
  name: 'plan' | 'apply',
  description: string,
): void {
  const action = topics
    .command(name)
    .description(description)
    .option(
      '--replication <N>',
      'copies of each topic, on as many brokers (also KAFKA_REPLICATION)',
    );
  withBrokers(action).action((options: TopicsOptions) =>
    runTopics(name === 'apply', options),
  );
}

async function runTopics(apply: boolean, options: TopicsOptions) {
  const copies = parseReplication(
    options.replication ?? process.env.KAFKA_REPLICATION,
  );
  const wanted = topicDefinitions.map(topic => ({
    ...topic,
    replicationFactor: copies ?? topic.replicationFactor,
  }));
  await withKafka(chooseBrokers(options.brokers), async ({ admin }) => {
    const existing = await admin.describeTopics(wanted.map(({ name }) => name));
    const brokers = await admin.brokers();
    const steps = planTopics(wanted, existing, brokers.length);
    print(describePlan(steps, wanted.length));
    if (apply) await applyTopics(admin, steps);
    const changes = steps.filter(({ kind }) => kind !== 'keep').length;
    if (apply && changes > 0) print(`Done: ${changes} changes.`);
    if (!apply && changes > 0)
      print('Nothing was changed; "./homelab topics apply" makes it so.');
  });
}

/** One line per step, or that there are none. */
export function describePlan(
  steps: readonly TopicStep[],
  topics: number,
): string {
  return steps.length === 0
    ? `Nothing to do: all ${topics} Kafka topics are as they should be.`
    : steps.map(describeStep).join('\n');
}

const replicationSchema = z.object({
  copies: envField.integer({ min: 1, max: 100 }),
});

function parseReplication(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  try {
    return parseEnv(replicationSchema, { copies: text }).copies;
  } catch {
    throw new HomelabError(
      'wrong-usage',
      `"${text}" is not a number of copies: set a whole number from 1 with --replication or KAFKA_REPLICATION.`,
    );
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
