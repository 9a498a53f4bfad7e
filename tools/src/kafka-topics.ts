/**
 * `node tools/src/kafka-topics.ts plan|apply`: shows, or makes, the difference between the Kafka topics
 * that the telemetry package defines and those of the brokers in KAFKA_BROKERS.
 */
import {
  createKafkaClient,
  createLogger,
  kafkaEnv,
  parseEnv,
} from '@homelab/service-kit';
import { topicDefinitions } from '@homelab/telemetry';
import { z } from 'zod';
import { messageOf } from './homelab-error.ts';
import { applyTopics } from './topics/apply-topics.ts';
import { describeStep, planTopics } from './topics/plan-topics.ts';

async function main(mode: string | undefined): Promise<void> {
  if (mode !== 'plan' && mode !== 'apply')
    throw new Error(`Say "plan" or "apply", not "${mode ?? ''}".`);
  const admin = createKafkaClient({
    brokers: parseEnv(z.object(kafkaEnv), process.env).KAFKA_BROKERS,
    clientId: 'kafka-topics',
    logger: createLogger({ component: 'kafka-topics', level: 'warn' }),
  }).admin();
  await admin.start();
  try {
    const names = topicDefinitions.map(topic => topic.name);
    const steps = planTopics(
      topicDefinitions,
      await admin.describeTopics(names),
    );
    for (const step of steps) print(describeStep(step));
    if (steps.length === 0)
      print(`all ${names.length} Kafka topics are as they should be`);
    if (mode === 'apply') await applyTopics(admin, steps);
  } finally {
    await admin.stop();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main(process.argv[2]).catch((error: unknown) => {
  process.stderr.write(`The Kafka topics are not ready: ${messageOf(error)}\n`);
  process.exitCode = 1;
});
