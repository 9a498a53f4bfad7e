import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { eventually } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';

/** A bridge in a process of its own, as it runs in production. */
export interface BridgeProcess {
  /** Address of `/healthz`, `/readyz` and `/metrics`. */
  readonly opsUrl: string;
  kill(signal: NodeJS.Signals): void;
  readonly exited: Promise<{
    code: number | null;
    signal: NodeJS.Signals | null;
  }>;
}

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Starts a bridge process and waits until its ops server listens. */
export async function startBridgeProcess(
  t: TestScope,
  env: Readonly<Record<string, string | undefined>>,
): Promise<BridgeProcess> {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited: BridgeProcess['exited'] = new Promise(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  t.onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  let port: unknown;
  createInterface({ input: child.stdout }).on('line', line => {
    const event: { event?: string; port?: number } = JSON.parse(line);
    if (event.event === 'ops-listening') port = event.port;
  });
  await eventually(() => {
    if (typeof port !== 'number')
      throw new Error('The ops server does not listen yet.');
  });
  return {
    opsUrl: `http://127.0.0.1:${port}`,
    kill: signal => void child.kill(signal),
    exited,
  };
}

/** Waits until the process says it is ready. */
export async function untilReady({ opsUrl }: BridgeProcess): Promise<void> {
  await eventually(async () => {
    const response = await fetch(`${opsUrl}/readyz`);
    if (!response.ok) throw new Error(await response.text());
  });
}
