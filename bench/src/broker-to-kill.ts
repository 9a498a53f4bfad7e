import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  findFreePort,
  giveTo,
  mosquitto,
  serverUser,
  waitForProbe,
  writePrivateFile,
} from '@homelab/tools';
import type { StackOptions } from '@homelab/tools';

/** A separate Mosquitto with the configuration of `up`, to be killed. */
export interface BrokerToKill {
  readonly port: number;
  /** Starts it on its existing data; resolves once it accepts connections. */
  start(): Promise<void>;
  /** Kills it with SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

const startTimeoutMs = 10_000;

/** Prepares the broker; `configure` may change its configuration. */
export async function prepareBroker(
  stack: StackOptions,
  name: string,
  configure: (text: string) => string,
): Promise<BrokerToKill> {
  const port = await findFreePort();
  const folders = {
    ...stack.folders,
    config: join(stack.folders.config, name),
    data: join(stack.folders.data, name),
  };
  const spec = mosquitto.process({
    tools: stack.tools,
    secrets: stack.secrets,
    folders,
    ports: { ...stack.ports, mqtt: port },
  });
  await spec.prepare?.();
  const file = join(folders.config, 'mosquitto', 'mosquitto.conf');
  const user = serverUser();
  await writePrivateFile(file, configure(await readFile(file, 'utf8')), user);
  await giveTo(file, user, 0o600);
  let kill = async () => {};
  return {
    port,
    async start() {
      const child = spawn(spec.command, [...spec.args], {
        stdio: 'ignore',
        ...spec.runAs,
      });
      const exited = once(child, 'exit');
      kill = async () => {
        child.kill('SIGKILL');
        await exited;
      };
      const signal = AbortSignal.timeout(startTimeoutMs);
      await waitForProbe({ kind: 'tcp', port }, {}, signal);
    },
    kill: () => kill(),
  };
}
