import { createKafkaClient, createLogger } from '@homelab/service-kit';
import { z } from 'zod';
import { redrive } from '../src/index.ts';

const { brokers, topic, places, ratePerSecond } = z
  .object({
    brokers: z.array(z.string()),
    topic: z.string(),
    places: z.object({
      ledgerTopic: z.string(),
      ingestRedriveTopic: z.string(),
      originTopics: z.array(z.string()),
      transactionalId: z.string(),
    }),
    ratePerSecond: z.number().optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const kafka = createKafkaClient({
  brokers,
  clientId: 'redrive-test',
  logger: createLogger({ component: 'test', level: 'silent' }),
});
const admin = kafka.admin();

async function main(): Promise<void> {
  await admin.start();
  const outcome = await redrive({
    kafka,
    admin,
    topic,
    places,
    ratePerSecond,
    by: 'test',
    onLetter: () => console.log('sent'),
  });
  await admin.stop();
  console.log(
    JSON.stringify({ ...outcome, sent: Object.fromEntries(outcome.sent) }),
  );
  process.exit(outcome.end === 'complete' ? 0 : 1);
}

void main();
