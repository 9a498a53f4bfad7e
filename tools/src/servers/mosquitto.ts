import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../native/run-program.ts';
import { type MqttUser, mqttUsers, type Secrets } from '../native/secrets.ts';
import {
  createPrivateFolder,
  giveTo,
  serverUser,
  writePrivateFile,
} from '../native/server-user.ts';
import type { ProcessSpec } from '../runner/process-spec.ts';
import { type ServerDeps, serverRestart } from './server-deps.ts';

/**
 * The MQTT broker: a password and rights per client, sessions and queues kept across restarts,
 * loopback only unless `settings.mqttListenAddress` says otherwise.
 */
export function createMosquitto(deps: ServerDeps): ProcessSpec {
  const { tools, folders, ports, settings } = deps;
  const configDir = join(folders.config, 'mosquitto');
  const dataDir = join(folders.data, 'mosquitto');
  const user = serverUser();
  return {
    name: 'mosquitto',
    essential: true,
    command: tools.mosquitto,
    args: ['-c', join(configDir, 'mosquitto.conf')],
    runAs: user,
    prepare: async () => {
      await createPrivateFolder(configDir, user);
      await createPrivateFolder(dataDir, user);
      await writePasswords(deps, configDir);
      const { maxMqttPacketBytes } = await import('@homelab/telemetry');
      const { mqttFilters } =
        await import('@homelab/mqtt-kafka-bridge/dialects');
      const config = mosquittoConfig({
        port: ports.mqtt,
        listenAddress: settings?.mqttListenAddress ?? '127.0.0.1',
        configDir,
        dataDir,
        maxPacketBytes: maxMqttPacketBytes,
      });
      await writePrivateFile(join(configDir, 'mosquitto.conf'), config, user);
      await writePrivateFile(
        join(configDir, 'acl'),
        mosquittoAcl(mqttFilters),
        user,
      );
    },
    ready: { kind: 'tcp', port: ports.mqtt },
    readyTimeoutMs: 10_000,
    restart: serverRestart,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 10_000,
    ports: [{ label: 'MQTT', port: ports.mqtt }],
  };
}

/**
 * The broker's configuration. Mosquitto acknowledges before it stores, so what came since its last save
 * and was not passed on is lost when it is killed. One second is the least that it can be told: measured,
 * a kill loses nothing while the bridge runs and, while it is stopped, up to 2 messages at one a second, 98
 * at 50 and 950 at 500. With `autosave_on_changes` it loses 1 at most, and takes 280 to 560 messages a second
 * instead of 30,000, since it writes all it holds anew for each. `./homelab bench broker-loss` measures both.
 */
export function mosquittoConfig(options: {
  port: number;
  listenAddress: string;
  configDir: string;
  dataDir: string;
  maxPacketBytes: number;
}): string {
  const { port, listenAddress, configDir, dataDir, maxPacketBytes } = options;
  const addresses = new Set([listenAddress]);
  // Our own services and the readiness check connect over loopback.
  if (!isAnyAddress(listenAddress)) addresses.add('127.0.0.1');
  return lines(
    ...[...addresses].map(address => `listener ${port} ${address}`),
    'allow_anonymous false',
    `password_file ${join(configDir, 'passwords')}`,
    `acl_file ${join(configDir, 'acl')}`,
    'persistence true',
    `persistence_location ${dataDir}/`,
    'autosave_interval 1',
    // At one message a second this holds a day of a stopped bridge.
    'max_queued_messages 100000',
    'max_queued_bytes 134217728',
    'max_inflight_messages 2000',
    `max_packet_size ${maxPacketBytes}`,
    'max_connections 500',
    'persistent_client_expiration 14d',
    'log_dest stdout',
    'log_type error',
    'log_type warning',
    'log_type notice',
    'connection_messages true',
    'log_timestamp_format %Y-%m-%dT%H:%M:%S%z',
  );
}

function isAnyAddress(address: string): boolean {
  return address === '0.0.0.0' || address === '127.0.0.1';
}

/** Who may read or write which MQTT topics; what is not named is refused. */
export function mosquittoAcl(deviceFilters: readonly string[]): string {
  const rules: Record<MqttUser, string[]> = {
    bridge: deviceFilters.map(filter => `read ${filter}`),
    simulator: deviceFilters.map(filter => `write ${filter}`),
    devices: deviceFilters.map(filter => `write ${filter}`),
    monitor: ['read #', 'read $SYS/#'],
  };
  return lines(
    ...mqttUsers.flatMap(user => [
      `user ${user}`,
      ...rules[user].map(rule => `topic ${rule}`),
    ]),
  );
}

/** Lines of `user:password`, which mosquitto_passwd then replaces by salted hashes. */
export function plainPasswords(passwords: Secrets['mqtt']): string {
  return lines(...mqttUsers.map(user => `${user}:${passwords[user]}`));
}

async function writePasswords(
  { tools, secrets }: ServerDeps,
  configDir: string,
): Promise<void> {
  const file = join(configDir, 'passwords');
  await rm(file, { force: true });
  await writeFile(file, plainPasswords(secrets.mqtt), { mode: 0o600 });
  await runProgram({
    command: tools.mosquittoPasswd,
    args: ['-U', file],
    purpose: 'Hashing the MQTT passwords',
  });
  await giveTo(file, serverUser(), 0o600);
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
