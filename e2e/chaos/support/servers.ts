import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { eventually } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { z } from 'zod';
import { signalTree } from './process-tree.ts';

/** A server of the tier, started and restarted by its supervisor. */
export type ServerName = 'mosquitto' | 'kafka' | 'postgres';

const stateSchema = z.object({
  processes: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      identity: z.object({ pid: z.int() }).optional(),
      logFile: z.string(),
    }),
  ),
});

function readProcesses() {
  const path = process.env.HOMELAB_TEST_RUN_STATE;
  if (path === undefined) {
    throw new Error(
      'The chaos tests need servers that they can kill; start both with `./homelab test chaos`.',
    );
  }
  return stateSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).processes;
}

function readyPid(name: ServerName): number {
  const server = readProcesses().find(each => each.name === name);
  if (server?.status !== 'ready' || server.identity === undefined)
    throw new Error(`${name} is not ready: ${server?.status}`);
  return server.identity.pid;
}

/** The folder of this run's logs. */
export function logsFolder(): string {
  return dirname(readProcesses()[0]?.logFile ?? '.');
}

/** Kills a server with all its processes, as a crash of the machine would. */
export async function killServer(name: ServerName): Promise<KilledServer> {
  const pid = await eventually(() => readyPid(name), { timeoutMs: 30_000 });
  signalTree(pid, 'SIGKILL');
  return {
    untilBack: () =>
      eventually(
        () => {
          if (readyPid(name) === pid)
            throw new Error(
              `the supervisor has not yet noticed that ${name} is gone`,
            );
        },
        { timeoutMs: 60_000 },
      ),
  };
}

/** A killed server that its supervisor restarts. */
export interface KilledServer {
  untilBack(): Promise<void>;
}

/** Freezes a server; `thaw` lets it continue. */
export async function freezeServer(
  t: TestScope,
  name: ServerName,
): Promise<{ thaw(): void }> {
  const pid = await eventually(() => readyPid(name), { timeoutMs: 30_000 });
  const thaw = () => signalTree(pid, 'SIGCONT');
  t.onTestFinished(thaw);
  signalTree(pid, 'SIGSTOP');
  return { thaw };
}
