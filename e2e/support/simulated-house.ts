import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { testServers } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';

/** A device simulator in its own process. */
export interface SimulatedHouse {
  /** Ends the simulator as an operator would; resolves when the process is gone. */
  stop(): Promise<void>;
}

const main = resolve(
  import.meta.dirname,
  '../../services/device-simulator/src/main.ts',
);

/** Starts the device simulator against the broker under test; it ends with the test. */
export async function startSimulatedHouse(
  scope: TestScope,
  house: 'air' | 'ground',
): Promise<SimulatedHouse> {
  const { url, passwords } = testServers().mqtt;
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      MQTT_URL: url,
      MQTT_USERNAME: 'simulator',
      MQTT_PASSWORD: passwords.simulator,
      SIMULATOR_HOUSE: house,
      OPS_PORT: String(await freePort()),
    },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  scope.onTestFinished(stop);
  return { stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('The system gave no free port.');
  }
  return address.port;
}
