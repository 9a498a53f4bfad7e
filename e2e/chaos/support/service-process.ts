import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { logsFolder } from './servers.ts';

/** One of our services in its own process, started as in production. */
export interface ServiceProcess {
  readonly name: ServiceName;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when it reports that all its dependencies are up. */
  untilReady(): Promise<void>;
  /** Whether all its dependencies are up. */
  isReady(): Promise<boolean>;
  /** The sum of a metric over its series with these labels. */
  metric(
    name: string,
    labels?: Readonly<Record<string, string>>,
  ): Promise<number>;
  /** Asks it to end; rejects unless it drains and exits with 0. */
  stop(): Promise<void>;
  /** Kills it; resolves when it is gone. */
  kill(): Promise<void>;
}

export type ServiceName = 'mqtt-kafka-bridge' | 'timescale-sink';

interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export type ServiceEnv = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '../../..');
const stopTimeoutMs = 15_000;

/** Starts a service and waits until its ops server listens; it ends with the test. */
export async function startService(
  t: TestScope,
  name: ServiceName,
  env: ServiceEnv,
): Promise<ServiceProcess> {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: join(root, 'services', name),
    env: {
      PATH: process.env.PATH,
      // Identifies the processes of this test run, to find any left behind.
      HOMELAB_RUN_ID: process.env.HOMELAB_RUN_ID,
      OPS_PORT: '0',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let exit: Exit | undefined;
  const exited = new Promise<Exit>(resolve => {
    child.once('exit', (code, signal) => {
      exit = { code, signal };
      resolve(exit);
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started.`);
  t.onTestFinished(async () => {
    child.kill('SIGCONT');
    child.kill('SIGKILL');
    await exited;
  });
  const log = createWriteStream(join(logsFolder(), `${name}.log`), {
    flags: 'a',
  });
  log.write(`-- ${name} ${pid} started\n`);
  child.stderr.pipe(log, { end: false });
  let opsPort: number | undefined;
  createInterface({ input: child.stdout }).on('line', line => {
    log.write(`${line}\n`);
    opsPort ??= listeningPort(line);
  });
  const isRunning = () => exit === undefined;
  const port = await eventually(
    () => {
      if (opsPort !== undefined) return opsPort;
      throw new Error(`the ops server of ${name} does not listen yet`);
    },
    { timeoutMs: 20_000 },
  );
  const opsUrl = `http://127.0.0.1:${port}`;

  return {
    name,
    pid,
    exited,
    isRunning,
    signal: signal => void child.kill(signal),
    untilReady: () =>
      eventually(
        async () => {
          const response = await fetch(`${opsUrl}/readyz`);
          const text = await response.text();
          if (!response.ok) throw new Error(`${name} is not ready: ${text}`);
        },
        { timeoutMs: 60_000 },
      ),
    isReady: async () => (await fetch(`${opsUrl}/readyz`)).ok,
    async metric(metricName, labels = {}) {
      const response = await fetch(`${opsUrl}/metrics`);
      return sumOf(await response.text(), metricName, labels);
    },
    async stop() {
      child.kill('SIGTERM');
      const end = await within(exited, stopTimeoutMs, name);
      if (end.code !== 0)
        throw new Error(
          `${name} exited with ${end.code ?? end.signal} instead of 0 when asked to end.`,
        );
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** The sum of the series of a metric, of those that have these labels. */
export function sumOf(
  text: string,
  metricName: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  let sum: number | undefined;
  for (const line of text.split('\n')) {
    const [, name, series = '', value] =
      /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
    if (name !== metricName) continue;
    const has = Object.entries(labels).every(([label, wanted]) =>
      series.split(',').includes(`${label}="${wanted}"`),
    );
    if (has) sum = (sum ?? 0) + Number(value);
  }
  if (sum === undefined) throw new Error(`There is no metric ${metricName}.`);
  return sum;
}

function listeningPort(line: string): number | undefined {
  if (!line.includes('"ops-listening"')) return undefined;
  const { port }: { port?: unknown } = JSON.parse(line);
  return typeof port === 'number' ? port : undefined;
}

async function within<T>(
  promise: Promise<T>,
  timeoutMs: number,
  name: string,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new Error(`${name} had not ended after ${timeoutMs / 1_000} s.`),
        ),
      timeoutMs,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
