import { join } from 'node:path';
import {
  createPrivateFolder,
  serverUser,
  writePrivateFile,
} from '../../native/server-user.ts';
import { apiToken, defineServer, password, serverRestart } from '../server.ts';
import { postgresAccess, postgresConfig } from './config.ts';
import { homelabDatabase } from './roles.ts';
import { clearStalePid, initialise, postgresVersion } from './data-folder.ts';

const postgresBin = `usr/lib/postgresql/${postgresVersion}/bin`;

/**
 * PostgreSQL with TimescaleDB on loopback, every connection by password. Once it is ready its
 * roles and databases exist.
 */
export const postgres = defineServer({
  ports: { postgres: { label: 'PostgreSQL', port: 5433 } },
  secrets: {
    postgres: {
      postgres: password,
      homelab_owner: password,
      homelab_sink: password,
      homelab_control: password,
      homelab_reader: password,
      homelab_api: password,
      homelab_live: password,
      homelab_explorer: password,
      homelab_grafana: password,
      homelab_backup: password,
      backstage: password,
    },
    /** Their hashes are in this database. */
    api: { portal: apiToken, web: apiToken },
  },
  debian: {
    title: `PostgreSQL ${postgresVersion} + TimescaleDB + pg_cron`,
    packages: [
      `postgresql-${postgresVersion}-timescaledb`,
      `postgresql-${postgresVersion}-cron`,
    ],
    programs: [postgresBin],
  },
  async install({ debianRoot }) {
    const postgresBinDir = join(await debianRoot, postgresBin);
    return {
      /** PostgreSQL's own programs: postgres, initdb, pg_isready, pg_dump … */
      postgresBinDir,
      initdb: join(postgresBinDir, 'initdb'),
      psql: join(postgresBinDir, 'psql'),
    };
  },
  process({ tools, folders, ports, secrets }) {
    const configDir = join(folders.config, 'postgres');
    const dataDir = join(folders.data, 'postgres');
    const user = serverUser();
    return {
      name: 'postgres',
      essential: true,
      command: join(tools.postgresBinDir, 'postgres'),
      args: [`--config-file=${join(configDir, 'postgresql.conf')}`],
      runAs: user,
      prepare: async () => {
        await createPrivateFolder(configDir, user);
        await initialise({
          binDir: tools.postgresBinDir,
          database: homelabDatabase,
          superuserPassword: secrets.postgres.postgres,
          configDir,
          dataDir,
        });
        await clearStalePid(dataDir);
        await writePrivateFile(
          join(configDir, 'postgresql.conf'),
          postgresConfig({ port: ports.postgres, configDir, dataDir }),
          user,
        );
        await writePrivateFile(
          join(configDir, 'pg_hba.conf'),
          postgresAccess,
          user,
        );
      },
      afterReady: async () => {
        const { setUpDatabases } = await import('./databases.ts');
        await setUpDatabases({
          port: ports.postgres,
          passwords: secrets.postgres,
        });
      },
      ready: {
        kind: 'exec',
        command: join(tools.postgresBinDir, 'pg_isready'),
        args: ['--quiet', '--host=127.0.0.1', `--port=${ports.postgres}`],
      },
      // After a crash it first replays its log.
      readyTimeoutMs: 60_000,
      restart: serverRestart,
      // Fast shutdown: open sessions are ended, the data is checkpointed.
      stopSignal: 'SIGINT',
      stopTimeoutMs: 30_000,
      ports: [{ label: 'PostgreSQL', port: ports.postgres }],
    };
  },
  portalEnv: ({ ports, secrets }) => {
    const address = { host: '127.0.0.1', port: String(ports.postgres) };
    return {
      BACKSTAGE_DB_HOST: address.host,
      BACKSTAGE_DB_PORT: address.port,
      BACKSTAGE_DB_USER: 'backstage',
      BACKSTAGE_DB_PASSWORD: secrets.postgres.backstage,
      BACKSTAGE_DB_NAME: 'backstage',
      TIMESCALE_HOST: address.host,
      TIMESCALE_PORT: address.port,
      TIMESCALE_USER: 'homelab_reader',
      TIMESCALE_PASSWORD: secrets.postgres.homelab_reader,
      TIMESCALE_NAME: 'homelab',
      TIMESCALE_EXPLORER_PASSWORD: secrets.postgres.homelab_explorer,
      POSTGRES_PORT: address.port,
    };
  },
  testEnv: ({ ports, secrets }) => {
    // The portal's own role is of no use to tests.
    const { backstage: _, ...passwords } = secrets.postgres;
    return {
      HOMELAB_TEST_PG: JSON.stringify({
        host: '127.0.0.1',
        port: ports.postgres,
        passwords,
      }),
    };
  },
  addresses: ({ ports }) => [
    [
      'PostgreSQL',
      `postgres://homelab_reader@127.0.0.1:${ports.postgres}/homelab`,
    ],
  ],
});
