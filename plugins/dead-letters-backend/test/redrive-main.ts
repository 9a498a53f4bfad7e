import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { redriveRequestSchema } from '@homelab/plugin-dead-letters-common';
import { commonLetterFormat } from '@homelab/dead-letters';
import { createKafkaClient } from '@homelab/kafka';
import { createLogger } from '@homelab/service-kit';
import knexFactory from 'knex';
import { z } from 'zod';
import { createDeadLetterTopics } from '@homelab/plugin-dead-letters-node';
import { createMask } from '../src/services/Letters';
import { createRedrives, createRedriveStore } from '../src/services/Redrives';

/*
 * A process of its own that starts a redrive, or goes on with one, through the service of
 * the plugin. It prints the id and then what is left of its life is the redrive's.
 */

const asked = z
  .object({
    brokers: z.array(z.string()),
    connection: z.record(z.string(), z.unknown()),
    leaseMs: z.number(),
    dlq: z.string(),
    places: z.object({
      ledgerTopic: z.string(),
      targetOf: z.record(z.string(), z.string()),
      originTopics: z.array(z.string()),
      transactionalId: z.string(),
    }),
    /** A new redrive, or the id of one to resume. */
    order: z.union([redriveRequestSchema, z.string()]),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const silence: LoggerService = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (...line) => console.error(...line),
  child: () => silence,
};
const auditor: AuditorService = {
  createEvent: async () => ({ success: async () => {}, fail: async () => {} }),
};

async function main(): Promise<void> {
  const database = knexFactory({ client: 'pg', connection: asked.connection });
  const redrives = createRedrives({
    clusters: [
      {
        name: 'test',
        kafka: createKafkaClient({
          brokers: asked.brokers,
          clientId: 'redrive-test',
          logger: createLogger({ component: 'test', level: 'silent' }),
        }),
        config: {
          topics: createDeadLetterTopics({ topics: [asked.dlq] }),
          format: commonLetterFormat,
          reasons: {},
          titles: {},
          places: asked.places,
          createLedger: false,
          maxExamined: 10_000,
          refreshIntervalMs: 1_000,
        },
      },
    ],
    store: createRedriveStore({
      database,
      now: Date.now,
      leaseMs: asked.leaseMs,
    }),
    mask: createMask({ fields: [], headers: [], keys: false, unparsed: false }),
    limits: { defaultRatePerSecond: 500, maxRatePerSecond: 10_000 },
    logger: silence,
    auditor,
    onEnded: ({ state }) => {
      console.log(state);
      process.exit(0);
    },
  });
  const { id } =
    typeof asked.order === 'string'
      ? await redrives.resume('test', asked.order, 'user:default/resumer')
      : await redrives.start(
          'test',
          asked.dlq,
          asked.order,
          'user:default/starter',
        );
  console.log(id);
}

main().catch(error => {
  console.log(error.name);
  process.exit(1);
});
