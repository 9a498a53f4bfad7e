import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readCpuSeconds, readMemoryKib } from '@homelab/tools';

/** A measured program, in its own process. */
export interface MeasuredProcess {
  readonly pid: number;
  /** Processor time used since it was started. */
  cpuSeconds(): number;
  memoryKib(): number;
  /** Ends it, by default with SIGTERM; resolves when it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts a program and shows its stderr. */
export function startMeasured(options: {
  command: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
}): MeasuredProcess {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, ...options.env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  const { pid } = child;
  if (pid === undefined)
    throw new Error(`${options.command} could not be started.`);
  return {
    pid,
    cpuSeconds: () => readCpuSeconds(pid) ?? NaN,
    memoryKib: () => readMemoryKib(pid),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await exited;
    },
  };
}

/** Starts one of our services as in production and waits until it is ready. */
export async function startService(options: {
  root: string;
  name:
    'mqtt-kafka-bridge' | 'timescale-sink' | 'energy-websocket' | 'homelab-api';
  opsPort: number;
  env: Readonly<Record<string, string>>;
  /** Where {@link heldBytes} asks. */
  inspectPort?: number;
}): Promise<MeasuredProcess> {
  const { inspectPort } = options;
  const inspected =
    inspectPort === undefined
      ? []
      : [`--inspect=127.0.0.1:${inspectPort}`, '--inspect-publish-uid=http'];
  const measured = startMeasured({
    command: process.execPath,
    args: [...inspected, 'src/main.ts'],
    cwd: join(options.root, 'services', options.name),
    env: {
      ...options.env,
      OPS_PORT: String(options.opsPort),
      LOG_LEVEL: 'warn',
    },
  });
  const url = `http://127.0.0.1:${options.opsPort}/readyz`;
  const deadlineMs = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return measured;
    if (Date.now() > deadlineMs) {
      await measured.stop('SIGKILL');
      throw new Error(
        `${options.name} was not ready after 60 s: ${await answer?.text()}`,
      );
    }
    await delay(50);
  }
}
