import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type {
  AuditorService,
  BackendFeature,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { createTestDatabase } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import knexFactory from 'knex';
import type { Knex } from 'knex';
import request from 'supertest';
import { openSqlite } from './sqlite-support';

/** A logger that says nothing. */
const quietLogger: LoggerService = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => quietLogger,
};

/** What was told to the auditor. */
export interface AuditedEvent {
  readonly eventId: string;
  readonly meta: object | undefined;
  readonly outcome: 'success' | 'fail';
}

/** What a route answered. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: unknown;
}

/** A plugin in a backend of its own. */
export interface TestPlugin {
  get(path: string): Promise<Answer>;
  post(path: string, body?: object): Promise<Answer>;
  /** Asks as nobody. */
  getUnsigned(path: string): Promise<Answer>;
  readonly actions: ReturnType<typeof actionsRegistryServiceMock>;
  readonly audited: readonly AuditedEvent[];
  stop(): Promise<void>;
}

/** Starts a plugin over real servers; whoever asks is signed in. */
export async function startPlugin(
  t: TestScope,
  options: {
    readonly plugin: BackendFeature;
    readonly pluginId: string;
    readonly config: object;
    /** With the plugin's tables. */
    readonly knex?: Knex;
    /** What the permission framework says; yes by default. */
    readonly result?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
    readonly features?: readonly BackendFeature[];
  },
): Promise<TestPlugin> {
  const { knex, result = AuthorizeResult.ALLOW, features = [] } = options;
  const audited: AuditedEvent[] = [];
  const actions = actionsRegistryServiceMock({ logger: quietLogger });
  const backend = await startTestBackend({
    features: [
      options.plugin,
      // Without what is undefined.
      mockServices.rootConfig.factory({
        data: JSON.parse(JSON.stringify(options.config)),
      }),
      mockServices.permissions.factory({ result }),
      ...(knex
        ? [mockServices.database.factory({ knex, migrations: { skip: true } })]
        : []),
      createServiceFactory({
        service: coreServices.auditor,
        deps: {},
        factory: () => recordingAuditor(audited),
      }),
      createServiceFactory({
        service: actionsRegistryServiceRef,
        deps: {},
        factory: () => actions,
      }),
      ...features,
    ],
  });
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= backend.stop());
  t.onTestFinished(stop);
  const send = async (
    method: 'get' | 'post',
    path: string,
    { body, user = true }: { body?: object; user?: boolean } = {},
  ): Promise<Answer> => {
    const who = user ? mockCredentials.user : mockCredentials.none;
    const answer = await request(backend.server)
      [method](`/api/${options.pluginId}${path}`)
      .set('authorization', who.header())
      .send(body);
    return { status: answer.status, text: answer.text, body: answer.body };
  };
  return {
    get: path => send('get', path),
    post: (path, body = {}) => send('post', path, { body }),
    getUnsigned: path => send('get', path, { user: false }),
    actions,
    audited,
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

/** An empty PostgreSQL database, dropped when the test ends. */
export async function openPostgres(t: TestScope): Promise<Knex> {
  const database = await createTestDatabase(t, { migrated: false });
  return connectPostgres(t, database.connection('homelab_owner'));
}

/** Another pool on the database of one, which looks into a schema as Backstage makes it look. */
export function openSchema(t: TestScope, knex: Knex, schema: string): Knex {
  return connectPostgres(t, knex.client.config.connection, [schema]);
}

function connectPostgres(
  t: TestScope,
  connection: Knex.Config['connection'],
  searchPath?: string[],
): Knex {
  const knex = knexFactory({
    client: 'pg',
    connection,
    searchPath,
    pool: { min: 0, max: 4 },
  });
  t.onTestFinished(() => knex.destroy());
  return knex;
}

/** The databases that Backstage offers its plugins, each with the tables of a folder of migrations. */
export function pluginDatabases(
  migrations: string,
): [string, (t: TestScope) => Promise<Knex>][] {
  const withTables = async (knex: Knex) => {
    await knex.migrate.latest({ directory: migrations });
    return knex;
  };
  return [
    ['PostgreSQL', async t => withTables(await openPostgres(t))],
    ['SQLite', async t => withTables(openSqlite(t))],
  ];
}
