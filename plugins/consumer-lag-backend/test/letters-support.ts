import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { AuditorService } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Redrive } from '@homelab/plugin-consumer-lag-common';
import { redriveSchema } from '@homelab/plugin-consumer-lag-common';
import type { OutgoingRecord, ReadRecord } from '@homelab/kafka';
import {
  createTestKafka,
  createTestTopics,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import type { Knex } from 'knex';
import request from 'supertest';
import { createOperations } from '../src/createOperations';
import { readEnabledActions } from '../src/config';
import { createLagAuthorizer } from '../src/router/authorize';
import { readDeadLettersConfig } from '../src/services/DeadLetters';
import { createCluster } from '@homelab/kafka-clusters/testing';
import { createPluginDatabase } from './lag-support';

/** How long to wait for what real servers do on a busy machine. */
export const patience = { timeoutMs: 30_000, intervalMs: 50 };
export const clusterName = 'test';

/** What was told to the auditor. */
export interface AuditedEvent {
  readonly eventId: string;
  readonly meta: object | undefined;
  readonly outcome: 'success' | 'fail';
}

/** The plugin's routes in a backend of their own, over the real servers. */
export interface TestPortal {
  get(path: string): Promise<{ status: number; text: string; body: unknown }>;
  post(
    path: string,
    body?: object,
  ): Promise<{ status: number; text: string; body: unknown }>;
  readonly audited: readonly AuditedEvent[];
  readonly knex: Knex;
  stop(): Promise<void>;
}

export const enabled = {
  peek: { enabled: true },
  redrive: { enabled: true, defaultRatePerSecond: 500 },
  reset: { enabled: true },
};

/** Starts the routes with a `consumerLag` section of its own. */
export async function startPortal(
  t: TestScope,
  options: {
    config: {
      deadLetters?: Partial<LetterTopics['deadLetters']> & {
        createLedger?: boolean;
      };
      actions?: object;
      mask?: object;
    };
    /** Of the Kafka cluster; those of the test by default. */
    brokers?: readonly string[];
    knex?: Knex;
    result?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  },
): Promise<TestPortal> {
  const { brokers = testServers().kafka.brokers } = options;
  const knex = options.knex ?? (await createPluginDatabase(t));
  const audited: AuditedEvent[] = [];
  const cluster = createCluster(t, { brokers });
  const backend = await startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'consumer-lag',
        register(env) {
          env.registerInit({
            deps: {
              auditor: coreServices.auditor,
              httpAuth: coreServices.httpAuth,
              httpRouter: coreServices.httpRouter,
              lifecycle: coreServices.lifecycle,
              logger: coreServices.logger,
              permissions: coreServices.permissions,
              rootConfig: coreServices.rootConfig,
            },
            async init({
              httpAuth,
              httpRouter,
              lifecycle,
              permissions,
              ...deps
            }) {
              const clientId = uniqueName('portal');
              const operations = createOperations({
                ...deps,
                authorizer: createLagAuthorizer({
                  httpAuth,
                  permissions,
                  actions: readEnabledActions(deps.rootConfig),
                }),
                clusters: [
                  {
                    name: clusterName,
                    connection: {
                      brokers,
                      clientId,
                      requestTimeoutMs: 10_000,
                    },
                    deadLetters: readDeadLettersConfig(deps.rootConfig, {
                      name: clusterName,
                      clientId,
                    }),
                  },
                ],
                kafkaClusters: { all: [], connectionTo: () => cluster },
                database: knex,
              });
              for (const router of operations.routers) httpRouter.use(router);
              lifecycle.addShutdownHook(() => operations.stop());
            },
          });
        },
      }),
      mockServices.rootConfig.factory({
        data: JSON.parse(JSON.stringify({ consumerLag: options.config })),
      }),
      mockServices.permissions.factory({
        result: options.result ?? AuthorizeResult.ALLOW,
      }),
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => recordingAuditor(audited),
      }),
    ],
  });
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= backend.stop());
  t.onTestFinished(stop);
  const send = async (method: 'get' | 'post', path: string, body?: object) => {
    const {
      status,
      text,
      body: answer,
    } = await request(backend.server)
      [method](`/api/consumer-lag${path}`)
      .set('authorization', mockCredentials.user.header())
      .send(body);
    return { status, text, body: answer as unknown };
  };
  return {
    get: path => send('get', path),
    post: (path, body = {}) => send('post', path, body),
    audited,
    knex,
    stop,
  };
}

function recordingAuditor(audited: AuditedEvent[]): AuditorService {
  return {
    async createEvent({ eventId, meta }) {
      const end = (outcome: AuditedEvent['outcome']) => async () => {
        audited.push({ eventId, meta, outcome });
      };
      return { success: end('success'), fail: end('fail') };
    },
  };
}

/** A dead-letter topic with where its letters come from, and the configuration for it. */
export interface LetterTopics {
  readonly dlq: string;
  readonly origin: string;
  readonly ledger: string;
  /** For `consumerLag.deadLetters`. */
  readonly deadLetters: {
    readonly topics: readonly string[];
    readonly writableTopics: readonly string[];
    readonly ledgerTopic: string;
    readonly transactionalId: string;
    readonly refreshIntervalMs: number;
  };
}

export async function createLetterTopics(
  t: TestScope,
  options: { partitions?: number } = {},
): Promise<LetterTopics> {
  const { dlq } = await createTestTopics(t, ['dlq'], options);
  const { origin } = await createTestTopics(t, ['origin'], { partitions: 3 });
  const { ledger } = await createTestTopics(t, ['ledger'], {
    config: { 'cleanup.policy': 'compact' },
  });
  return {
    dlq,
    origin,
    ledger,
    deadLetters: {
      topics: [dlq],
      writableTopics: [origin],
      ledgerTopic: ledger,
      transactionalId: uniqueName('redrive'),
      refreshIntervalMs: 1_000,
    },
  };
}

/** A letter as Spring Kafka writes it, number `index`. */
export function letter(
  { dlq, origin }: Pick<LetterTopics, 'dlq' | 'origin'>,
  index: number,
  change: Partial<OutgoingRecord> = {},
): OutgoingRecord {
  return {
    topic: dlq,
    key: `key-${index}`,
    value: JSON.stringify({ number: index }),
    timestampMs: Date.UTC(2026, 0, 1) + index * 1_000,
    ...change,
    headers: {
      'kafka_dlt-original-topic': origin,
      'kafka_dlt-exception-cause-fqcn': 'IllegalStateException',
      'kafka_dlt-exception-message': 'no such order',
      'kafka_dlt-original-consumer-group': 'billing',
      trace: `trace-${index}`,
      ...change.headers,
    },
  };
}

/** The numbers from 0 to below `count`. */
export const upTo = (count: number) =>
  Array.from({ length: count }, (_, index) => index);

/** All committed records of a topic, once there are so many. */
export function recordsOf(topic: string, atLeast = 0): Promise<ReadRecord[]> {
  return eventually(async () => {
    const all: ReadRecord[] = [];
    await createTestKafka().read({
      topics: [topic],
      onRecords: async records => {
        all.push(...records);
        return 'more';
      },
    });
    if (all.length >= atLeast) return all;
    throw new Error(`${all.length} of ${atLeast} records in ${topic}`);
  }, patience);
}

/** The numbers that the values of records hold, in order. */
export function numbersOf(records: readonly ReadRecord[]): number[] {
  return records
    .map(({ value }): number => JSON.parse(String(value)).number)
    .sort((a, b) => a - b);
}

/** What redrives of one topic are asked for, and waited for. */
export function createRedriveCalls(portal: TestPortal, topic: string) {
  const base = `/clusters/${clusterName}`;

  async function get(id: string): Promise<Redrive> {
    return redriveSchema.parse(
      (await portal.get(`${base}/redrives/${id}`)).body,
    );
  }

  async function ended(id: string): Promise<Redrive> {
    return eventually(async () => {
      const redrive = await get(id);
      if (redrive.endedAt !== null) return redrive;
      throw new Error(`The redrive is ${redrive.state} with ${redrive.sent}.`);
    }, patience);
  }

  const start = (body: object) =>
    portal.post(`${base}/dead-letters/${topic}/redrives`, body);

  async function dryRun(order: object): Promise<Redrive> {
    const answer = await start({ ...order, dryRun: true });
    return ended(redriveIn(answer).id);
  }

  return {
    get,
    ended,
    start,
    dryRun,
    /** A dry run and then the redrive for good. */
    async begin(order: object): Promise<Redrive> {
      const { id } = await dryRun(order);
      const answer = await start({ ...order, dryRun: false, dryRunId: id });
      return redriveIn(answer);
    },
    cancel: (id: string) => portal.post(`${base}/redrives/${id}/cancel`),
    resume: (id: string) => portal.post(`${base}/redrives/${id}/resume`),
  };
}

/** What an answer says of a redrive; a refusal is shown as it is. */
function redriveIn({
  status,
  text,
  body,
}: {
  status: number;
  text: string;
  body: unknown;
}): Redrive {
  if (status >= 300) throw new Error(`The answer is ${status}: ${text}`);
  return redriveSchema.parse(body);
}
