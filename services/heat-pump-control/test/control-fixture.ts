import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createRegistry } from '@homelab/service-kit';
import {
  connectMqtt,
  createMemoryLog,
  createTestDatabase,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { TestDatabase, TestScope } from '@homelab/test-kit';
import type { SettingName, SettingValue } from '@homelab/telemetry';
import type { MqttClient } from 'mqtt';
import type { Client } from 'pg';
import { createApp } from '../src/app.ts';

/** A write that a device received. */
export interface Write {
  readonly mqttTopic: string;
  readonly payload: string;
  readonly isRetained: boolean;
}

/** A ThermIQ module, or a HeishaMon gateway, on the real broker, that does what the test says. */
export interface PlayedDevice {
  readonly deviceId: string;
  readonly baseTopic: string;
  /** What was written to it, in order. */
  readonly writes: readonly Write[];
  /** Reports ThermIQ registers. */
  report(registers: Record<string, number>): Promise<void>;
  /** Reports HeishaMon values, retained as the gateway does. */
  publish(values: Record<string, string>): Promise<void>;
}

/** Starts a device that receives its writes. */
export async function playDevice(t: TestScope): Promise<PlayedDevice> {
  const client: MqttClient = await connectMqtt(t, 'devices');
  const baseTopic = uniqueName('pump');
  const deviceId = `ThermIQ_${baseTopic}`;
  const writes: Write[] = [];
  client.on('message', (mqttTopic, payload, { retain }) => {
    writes.push({
      mqttTopic,
      payload: payload.toString(),
      isRetained: retain,
    });
  });
  await client.subscribeAsync(
    [`${baseTopic}/write`, `${baseTopic}/commands/+`],
    { qos: 1 },
  );
  return {
    deviceId,
    baseTopic,
    writes,
    async report(registers) {
      const message = { Client_Name: deviceId, vp_read: 'Ok', ...registers };
      const text = JSON.stringify(message);
      await client.publishAsync(`${baseTopic}/data`, text, { qos: 1 });
    },
    async publish(values) {
      for (const [name, text] of Object.entries(values))
        await client.publishAsync(`${baseTopic}/main/${name}`, text, {
          qos: 1,
          retain: true,
        });
    },
  };
}

/** A database with commands, and what became of them. */
export interface Commands {
  readonly database: TestDatabase;
  add(command: {
    deviceId: string;
    setting?: SettingName;
    from?: SettingValue;
    to: SettingValue;
    expiresInMs?: number;
  }): Promise<string>;
  state(id: string): Promise<string>;
  row(id: string): Promise<Record<string, unknown>>;
  settings(deviceId: string): Promise<Record<string, unknown>>;
}

/** Creates a migrated database of its own. */
export async function createCommands(t: TestScope): Promise<Commands> {
  const database = await createTestDatabase(t);
  const owner: Client = await database.connect('homelab_owner');
  async function row(id: string): Promise<Record<string, unknown>> {
    const { rows } = await owner.query(
      'SELECT * FROM heat_pump_command_log WHERE id = $1',
      [id],
    );
    return rows[0] ?? {};
  }
  return {
    database,
    row,
    async add({ deviceId, setting = 'target_temp', from = 20, to, ...more }) {
      const { rows } = await owner.query<{ id: string }>(
        `INSERT INTO heat_pump_commands (principal, idempotency_key, requested_by, device_id,
           setting, from_value, to_value, expires_at)
         VALUES ('test', $1, 'user:default/eva', $2, $3, $4, $5,
           now() + $6 * interval '1 millisecond') RETURNING id`,
        [
          uniqueName('key'),
          deviceId,
          setting,
          JSON.stringify(from),
          JSON.stringify(to),
          more.expiresInMs ?? 60_000,
        ],
      );
      return rows[0]?.id ?? '';
    },
    state: async id => String((await row(id)).state),
    async settings(deviceId) {
      const { rows } = await owner.query<{ setting: string; value: unknown }>(
        'SELECT setting, value FROM heat_pump_settings WHERE device_id = $1',
        [deviceId],
      );
      return Object.fromEntries(
        rows.map(({ setting, value }) => [setting, value]),
      );
    },
  };
}

/** Starts the service in this process, and stops it when the test ends. */
export async function startControl(
  t: TestScope,
  commands: Commands,
  options: {
    confirmTimeoutMs?: number;
    mqttUrl?: string;
    /** Instead of the server itself. */
    database?: { host: string; port: number };
  } = {},
) {
  const { mqtt } = testServers();
  const { logger, lines } = createMemoryLog({ level: 'warn' });
  const registry = createRegistry('control');
  const app = createApp({
    config: {
      mqtt: {
        url: options.mqttUrl ?? mqtt.url,
        username: 'control',
        password: mqtt.passwords.control,
      },
      database: {
        ...commands.database.connection('homelab_control'),
        ...(options.database && {
          host: options.database.host,
          port: options.database.port,
        }),
      },
      confirmTimeoutMs: options.confirmTimeoutMs ?? 30_000,
      thermiqClientPrefix: 'ThermIQ_',
    },
    logger,
    registry,
    clientId: uniqueName('heat-pump-control'),
  });
  t.onTestFinished(() => app.stop());
  await app.start();
  await eventually(() => {
    const state = app.readiness?.() ?? {};
    for (const [name, { ok }] of Object.entries(state))
      if (!ok) throw new Error(`${name} is not ready`);
  });
  return { app, lines, registry };
}

/** The service in a process of its own. */
export async function spawnControl(t: TestScope, commands: Commands) {
  const { mqtt } = testServers();
  const { host, port, user, password, database } =
    commands.database.connection('homelab_control');
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../src/main.ts')],
    {
      env: {
        PATH: process.env.PATH,
        MQTT_URL: mqtt.url,
        MQTT_USERNAME: 'control',
        MQTT_PASSWORD: mqtt.passwords.control,
        PGHOST: host,
        PGPORT: String(port),
        PGUSER: user,
        PGPASSWORD: password,
        PGDATABASE: database,
        OPS_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = once(child, 'exit');
  const stop = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  t.onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null)
      await stop('SIGKILL');
  });
  await eventually(
    () => {
      if (!output.includes('mqtt-subscribed')) throw new Error(output);
    },
    { timeoutMs: 20_000 },
  );
  return { stop };
}
