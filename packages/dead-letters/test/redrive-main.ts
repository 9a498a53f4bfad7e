import { setTimeout as delay } from 'node:timers/promises';
import { createKafkaClient } from '@homelab/kafka';
import { createLogger } from '@homelab/service-kit';
import type { KafkaClient } from '@homelab/kafka';
import { z } from 'zod';
import { commonLetterFormat, redrive } from '../src/index.ts';

const { brokers, topic, places, ratePerSecond, death } = z
  .object({
    brokers: z.array(z.string()),
    topic: z.string(),
    places: z.object({
      ledgerTopic: z.string(),
      targetOf: z.record(z.string(), z.string()),
      originTopics: z.array(z.string()),
      transactionalId: z.string(),
    }),
    ratePerSecond: z.number().optional(),
    /**
     * Kills itself after this many transactions, or this many milliseconds into the last
     * one.
     */
    death: z
      .object({ transactions: z.number(), intoMs: z.number().optional() })
      .optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

/** The same client, but its transactions kill the process as requested. */
function mortal(kafka: KafkaClient): KafkaClient {
  if (death === undefined) return kafka;
  let begun = 0;
  return {
    ...kafka,
    transactionalProducer(options) {
      const producer = kafka.transactionalProducer(options);
      return {
        ...producer,
        async send(records) {
          begun += 1;
          const sent = producer.send(records);
          const isLast = begun === death.transactions;
          if (isLast && death.intoMs !== undefined) {
            await delay(death.intoMs);
            die();
          }
          await sent;
          // Committed in Kafka, but the redrive does not know yet.
          if (isLast) die();
        },
      };
    },
  };
}

function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

async function main(): Promise<void> {
  const kafka = createKafkaClient({
    brokers,
    clientId: 'redrive-test',
    logger: createLogger({ component: 'test', level: 'silent' }),
  });
  const admin = kafka.admin();
  await admin.start();
  const outcome = await redrive({
    kafka: mortal(kafka),
    admin,
    topic,
    places,
    format: commonLetterFormat,
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
