import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../native/run-program.ts';
import {
  createPrivateFolder,
  giveTo,
  serverUser,
  writePrivateFile,
} from '../../native/server-user.ts';
import type { HomelabFolders } from '../../runner/process-spec.ts';
import { defineServer, password, serverRestart } from '../server.ts';
import { mosquittoAcl, mosquittoConfig, plainPasswords } from './config.ts';
import { type MqttUser, mqttUrl } from './users.ts';

const programs = {
  mosquitto: 'usr/sbin/mosquitto',
  mosquittoPasswd: 'usr/bin/mosquitto_passwd',
  mosquittoPub: 'usr/bin/mosquitto_pub',
  mosquittoSub: 'usr/bin/mosquitto_sub',
};

/**
 * The MQTT broker: a password and rights per client, sessions and queues kept across restarts,
 * loopback only unless `mqttListenAddress` says otherwise.
 */
export const mosquitto = defineServer({
  ports: { mqtt: { label: 'MQTT', port: 1883 } },
  secrets: {
    mqtt: {
      bridge: password,
      simulator: password,
      devices: password,
      control: password,
      monitor: password,
    },
  },
  debian: {
    title: 'Mosquitto',
    packages: ['mosquitto', 'mosquitto-clients'],
    programs: Object.values(programs),
  },
  async install({ debianRoot }) {
    const root = await debianRoot;
    return {
      mosquitto: join(root, programs.mosquitto),
      mosquittoPasswd: join(root, programs.mosquittoPasswd),
      mosquittoPub: join(root, programs.mosquittoPub),
      mosquittoSub: join(root, programs.mosquittoSub),
    };
  },
  process(deps) {
    const { tools, folders, ports } = deps;
    return {
      name: 'mosquitto',
      essential: true,
      command: tools.mosquitto,
      args: ['-c', join(configFolder(folders), 'mosquitto.conf')],
      runAs: serverUser(),
      prepare: () => writeConfiguration(deps),
      ready: { kind: 'tcp', port: ports.mqtt },
      readyTimeoutMs: 10_000,
      restart: serverRestart,
      stopSignal: 'SIGTERM',
      stopTimeoutMs: 10_000,
      ports: [{ label: 'MQTT', port: ports.mqtt }],
    };
  },
  portalEnv: ({ ports, secrets }) => ({
    MQTT_PORT: String(ports.mqtt),
    MQTT_MONITOR_PASSWORD: secrets.mqtt.monitor,
  }),
  testEnv: ({ ports, secrets }) => ({
    HOMELAB_TEST_MQTT_URL: mqttUrl(ports),
    HOMELAB_TEST_MQTT_PASSWORDS: JSON.stringify(secrets.mqtt),
  }),
  addresses: ({ ports, mqttListenAddress: address }) => [
    ['MQTT', mqttUrl(ports)],
    ...(address
      ? [
          [
            '',
            `mqtt://${address}:${ports.mqtt}  (devices: user "devices")`,
          ] as const,
        ]
      : []),
  ],
});

/** The options of the configuration. */
interface Wanted {
  folders: HomelabFolders;
  ports: { mqtt: number };
  secrets: { mqtt: Record<MqttUser, string> };
  tools: { mosquittoPasswd: string };
  mqttListenAddress?: string;
}

function configFolder(folders: HomelabFolders): string {
  return join(folders.config, 'mosquitto');
}

async function writeConfiguration(wanted: Wanted): Promise<void> {
  const { folders, ports, mqttListenAddress = '127.0.0.1' } = wanted;
  const configDir = configFolder(folders);
  const dataDir = join(folders.data, 'mosquitto');
  const user = serverUser();
  await createPrivateFolder(configDir, user);
  await createPrivateFolder(dataDir, user);
  await writePasswords(wanted, join(configDir, 'passwords'));
  const { maxMqttPacketBytes } = await import('@homelab/telemetry');
  const { mqttFilters } = await import('@homelab/mqtt-kafka-bridge/dialects');
  const settings = await import('@homelab/heat-pump-settings');
  const config = mosquittoConfig({
    port: ports.mqtt,
    listenAddress: mqttListenAddress,
    configDir,
    dataDir,
    maxPacketBytes: maxMqttPacketBytes,
  });
  await writePrivateFile(join(configDir, 'mosquitto.conf'), config, user);
  await writePrivateFile(
    join(configDir, 'acl'),
    mosquittoAcl({
      device: mqttFilters,
      report: settings.reportFilters,
      write: settings.writeFilters,
    }),
    user,
  );
}

async function writePasswords(
  { tools, secrets }: Wanted,
  file: string,
): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, plainPasswords(secrets.mqtt), { mode: 0o600 });
  await runProgram({
    command: tools.mosquittoPasswd,
    args: ['-U', file],
    purpose: 'Hashing the MQTT passwords',
  });
  await giveTo(file, serverUser(), 0o600);
}
