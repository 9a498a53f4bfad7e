import { spawn } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { connectAsync, type MqttClient } from 'mqtt';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foldersIn } from '../src/folders.ts';
import { serverUser } from '../src/native/server-user.ts';
import { freePorts, type HomelabPorts } from '../src/ports.ts';
import type { HomelabFolders } from '../src/runner/process-spec.ts';
import type { MqttUser } from '../src/servers/mosquitto/users.ts';
import type { PostgresRole } from '../src/servers/postgres/roles.ts';
import { serverProcesses } from '../src/stack.ts';
import { type RunningStack, startStack } from '../src/stack-run.ts';

// A stack of its own: these tests kill and restart servers, and look at what a first start made.
const never = new AbortController().signal;
const base = mkdtempSync(join(tmpdir(), 'homelab-servers-'));
const folders: HomelabFolders = foldersIn(base, process.cwd());
let ports: HomelabPorts;
let stack: RunningStack;

beforeAll(async () => {
  // Servers that root starts run as nobody, who must be able to enter.
  chmodSync(base, 0o755);
  ports = await freePorts(findFreePort);
  stack = await startServers();
}, 600_000);

afterAll(async () => {
  await stack?.stop();
  rmSync(base, { recursive: true, force: true });
});

test('refuses an MQTT client without a password or with a wrong one', async () => {
  const anonymous = connectAsync(mqttUrl(), {}, false);
  await expect(anonymous).rejects.toMatchObject({ code: 5 });
  const guess = { username: 'bridge', password: 'guess' };
  await expect(connectAsync(mqttUrl(), guess, false)).rejects.toMatchObject({
    code: 5,
  });
});

test('lets a device publish and the bridge read, but not the reverse', async t => {
  const topic = 'thermiq_heatpump/data';
  const bridge = await connectMqtt(t, 'bridge');
  const received = new Promise<string>(resolve =>
    bridge.on('message', (_, payload) => resolve(payload.toString())),
  );
  await bridge.subscribeAsync(topic, { qos: 1 });
  const devices = await connectMqtt(t, 'devices');
  await devices.publishAsync(topic, '{"d0":-3}', { qos: 1 });
  expect(await received).toBe('{"d0":-3}');

  const notAuthorized = { code: 135 };
  await expect(
    bridge.publishAsync(topic, '{}', { qos: 1 }),
  ).rejects.toMatchObject(notAuthorized);
  const monitor = await connectMqtt(t, 'monitor');
  await expect(
    monitor.publishAsync(topic, '{}', { qos: 1 }),
  ).rejects.toMatchObject(notAuthorized);
  await expect(
    devices.publishAsync('elsewhere', '{}', { qos: 1 }),
  ).rejects.toMatchObject(notAuthorized);
});

test('lets only control write to a heat pump, which its devices read', async t => {
  const topic = 'panasonic_heat_pump/commands/SetDHWTemp';
  const devices = await connectMqtt(t, 'devices');
  const received = new Promise<string>(resolve =>
    devices.on('message', (_topic, payload) => resolve(payload.toString())),
  );
  await devices.subscribeAsync(topic, { qos: 1 });
  const control = await connectMqtt(t, 'control');
  await control.publishAsync(topic, '50', { qos: 1 });
  expect(await received).toBe('50');

  const notAuthorized = { code: 135 };
  for (const user of ['bridge', 'simulator', 'devices', 'monitor'] as const) {
    const client = await connectMqtt(t, user);
    for (const written of [topic, 'thermiq_heatpump/write'])
      await expect(
        client.publishAsync(written, '1', { qos: 1 }),
        user,
      ).rejects.toMatchObject(notAuthorized);
  }
  for (const other of [
    'panasonic_heat_pump/commands/SetForceDefrost',
    'panasonic_heat_pump/main/DHW_Target_Temp',
    'thermiq_heatpump/set',
  ])
    await expect(
      control.publishAsync(other, '1', { qos: 1 }),
      other,
    ).rejects.toMatchObject(notAuthorized);
});

test('answers as Kafka and creates no undeclared topic', async t => {
  const kafka = new Kafka({
    brokers: [`127.0.0.1:${ports.kafka}`],
    logLevel: logLevel.NOTHING,
    retry: { retries: 1 },
  });
  const admin = kafka.admin();
  await admin.connect();
  t.onTestFinished(() => admin.disconnect());
  expect((await admin.describeCluster()).clusterId).toBe(
    stack.options.secrets.kafka.clusterId,
  );
  const producer = kafka.producer();
  await producer.connect();
  t.onTestFinished(() => producer.disconnect());
  const messages = [{ value: 'x' }];
  await expect(
    producer.send({ topic: 'undeclared', messages }),
  ).rejects.toMatchObject({ cause: { type: 'UNKNOWN_TOPIC_OR_PARTITION' } });
  expect(await admin.listTopics()).not.toContain('undeclared');
});

test('gives each database role only the privileges it needs', async t => {
  const owner = await connectPostgres(t, 'homelab_owner');
  const extensions = await owner.query(
    "SELECT extname FROM pg_extension WHERE extname IN ('timescaledb', 'pg_cron')",
  );
  expect(extensions.rowCount).toBe(2);
  await owner.query('CREATE TABLE probe (at timestamptz NOT NULL, value int)');
  t.onTestFinished(() => owner.query('DROP TABLE probe').then(() => {}));
  await owner.query("SELECT create_hypertable('probe', by_range('at'))");
  await owner.query('GRANT SELECT, INSERT ON probe TO homelab_sink');
  // More than it should ever be granted: its sessions are read-only all the same.
  await owner.query('GRANT SELECT, INSERT ON probe TO homelab_reader');

  const denied = { code: '42501' };
  const sink = await connectPostgres(t, 'homelab_sink');
  await sink.query('INSERT INTO probe VALUES (now(), 1)');
  await expect(sink.query('DROP TABLE probe')).rejects.toMatchObject(denied);
  await expect(sink.query('DELETE FROM probe')).rejects.toMatchObject(denied);
  await expect(sink.query('CREATE TABLE own (x int)')).rejects.toMatchObject(
    denied,
  );
  const reader = await connectPostgres(t, 'homelab_reader');
  const { rows } = await reader.query(
    "SELECT time_bucket('1 day', at) AS day, sum(value) FROM probe GROUP BY day",
  );
  expect(rows).toMatchObject([{ sum: '1' }]);
  await expect(
    reader.query('INSERT INTO probe VALUES (now(), 2)'),
  ).rejects.toMatchObject({ code: '25006' });
  for (const role of [
    'homelab_api',
    'homelab_explorer',
    'homelab_grafana',
    'homelab_backup',
  ] as const) {
    const session = await connectPostgres(t, role);
    expect((await session.query('SELECT FROM probe')).rowCount).toBe(1);
    await expect(
      session.query('INSERT INTO probe VALUES (now(), 2)'),
    ).rejects.toMatchObject({ code: '25006' });
    await session.query('SET default_transaction_read_only = off');
    if (role === 'homelab_backup')
      await expect(session.query('DELETE FROM probe')).rejects.toMatchObject(
        denied,
      );
    else
      expect((await session.query('SHOW statement_timeout')).rows).not.toEqual([
        { statement_timeout: '0' },
      ]);
  }
  await expect(
    connectPostgres(t, 'backstage', 'homelab'),
  ).rejects.toMatchObject(denied);
  await expect(
    connectPostgres(t, 'homelab_owner', 'backstage'),
  ).rejects.toMatchObject(denied);
});

test('asks for a password on every database connection', async () => {
  const client = new pg.Client({
    ...postgresAddress('postgres', 'postgres'),
    password: 'guess',
  });
  await expect(client.connect()).rejects.toMatchObject({ code: '28P01' });
});

test('keeps secrets and files with them readable only by their owner', () => {
  const mode = (path: string) => statSync(path).mode & 0o777;
  expect(mode(folders.secrets)).toBe(0o700);
  expect(mode(join(folders.secrets, 'secrets.json'))).toBe(0o600);
  for (const file of ['passwords', 'acl', 'mosquitto.conf'])
    expect(mode(join(folders.config, 'mosquitto', file))).toBe(0o600);
});

test('restarts on its own data after a crash, and keeps it', async t => {
  const backstage = await connectPostgres(t, 'backstage', 'backstage');
  await backstage.query('CREATE TABLE kept (x int)');
  await backstage.end();
  await stack.stop();
  // Left by a crash, and its number taken since by another program of the same user.
  const other = spawn('sleep', ['infinity'], { ...serverUser() });
  t.onTestFinished(() => void other.kill());
  const dataDir = join(folders.data, 'postgres');
  writeFileSync(join(dataDir, 'postmaster.pid'), `${other.pid}\n${dataDir}\n`);
  // Old, truncated or foreign: each file is rewritten.
  const configured = configFiles();
  expect(configured.size).toBeGreaterThan(5);
  for (const path of configured.keys()) writeFileSync(path, 'of.before=');

  stack = await startServers();
  expect(configFiles()).toEqual(configured);
  const again = await connectPostgres(t, 'backstage', 'backstage');
  expect((await again.query('SELECT * FROM kept')).rowCount).toBe(0);
});

/** Every configuration file of the servers; salted hashes differ each time. */
function configFiles(): Map<string, string> {
  const paths = readdirSync(folders.config, { recursive: true })
    .map(name => join(folders.config, String(name)))
    .filter(path => /\/(acl|[a-z0-9_-]+\.(conf|properties))$/.test(path));
  return new Map(paths.map(path => [path, readFileSync(path, 'utf8')]));
}

test('names the version of PostgreSQL that the data needs', async () => {
  await stack.stop();
  const file = join(folders.data, 'postgres/PG_VERSION');
  writeFileSync(file, '16\n');
  await expect(startServers()).rejects.toMatchObject({
    code: 'broken-state',
    message: expect.stringContaining('belongs to PostgreSQL 16'),
  });
  writeFileSync(file, '17\n');
});

function startServers(): Promise<RunningStack> {
  return startStack({
    folders,
    ports,
    portOffset: 0,
    processes: serverProcesses,
    report: () => {},
    output: () => () => {},
    stopSignal: never,
    killSignal: never,
  });
}

interface Finishing {
  onTestFinished(action: () => Promise<void>): void;
}

function mqttUrl(): string {
  return `mqtt://127.0.0.1:${ports.mqtt}`;
}

async function connectMqtt(t: Finishing, user: MqttUser): Promise<MqttClient> {
  const client = await connectAsync(
    mqttUrl(),
    {
      protocolVersion: 5,
      username: user,
      password: stack.options.secrets.mqtt[user],
    },
    false,
  );
  t.onTestFinished(() => client.endAsync());
  return client;
}

function postgresAddress(user: PostgresRole, database: string) {
  return { host: '127.0.0.1', port: ports.postgres, user, database };
}

async function connectPostgres(
  t: Finishing,
  user: PostgresRole,
  database = 'homelab',
): Promise<pg.Client> {
  const client = new pg.Client({
    ...postgresAddress(user, database),
    password: stack.options.secrets.postgres[user],
  });
  // The test that restarts the server cuts connections that others left to their end.
  client.on('error', () => {});
  await client.connect();
  t.onTestFinished(() => client.end());
  return client;
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object'
          ? resolve(address.port)
          : reject(new Error('The system gave no port.')),
      );
    });
  });
}
