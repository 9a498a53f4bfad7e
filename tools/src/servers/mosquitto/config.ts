import { join } from 'node:path';
import { type MqttUser, mqttUsers } from './users.ts';

/**
 * The broker's configuration. Mosquitto acknowledges before it stores, so messages since its last save that
 * were not delivered are lost when it is killed. One second is the shortest interval: as measured, a kill
 * loses nothing while the bridge runs and, while it is stopped, up to 2 messages at one a second, 98 at 50
 * and 950 at 500. With `autosave_on_changes` it loses at most 1, but accepts 280 to 560 messages a second
 * instead of 30,000, because each message rewrites its whole state. `./homelab bench broker-loss` measures both.
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

/**
 * The access list of MQTT topics; anything not listed is refused. Only `control` may publish what
 * changes a device.
 * @param filters.device everything that devices publish
 * @param filters.report the part of it that reports settings
 * @param filters.write what changes settings
 */
export function mosquittoAcl(filters: {
  device: readonly string[];
  report: readonly string[];
  write: readonly string[];
}): string {
  const { device, report, write } = filters;
  const may = (right: string, list: readonly string[]) =>
    list.map(filter => `${right} ${filter}`);
  const asDevice = [...may('write', device), ...may('read', write)];
  const rules: Record<MqttUser, string[]> = {
    bridge: may('read', device),
    simulator: asDevice,
    devices: asDevice,
    control: [...may('read', report), ...may('write', write)],
    monitor: ['read #', 'read $SYS/#'],
  };
  return lines(
    ...mqttUsers.flatMap(user => [
      `user ${user}`,
      ...rules[user].map(rule => `topic ${rule}`),
    ]),
  );
}

/** Lines of `user:password`, which mosquitto_passwd then replaces with salted hashes. */
export function plainPasswords(passwords: Record<MqttUser, string>): string {
  return lines(...mqttUsers.map(user => `${user}:${passwords[user]}`));
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
