import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReadyCheck } from './process-spec.ts';

const pollMs = 100;
/** Starting a program costs more than a request, and the processes need the processor to become ready. */
const commandPollMs = 300;
const attemptTimeoutMs = 5_000;

/** Checks that can be repeated; a log line and an exit are events of the process itself. */
export type Probe = Exclude<ReadyCheck, { kind: 'log' } | { kind: 'exit' }>;

/**
 * Repeats a check until it succeeds.
 * @throws the signal's reason when it is aborted (the deadline, or the process ended)
 */
export async function waitForProbe(
  probe: Probe,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const attempt = AbortSignal.any([
      signal,
      AbortSignal.timeout(attemptTimeoutMs),
    ]);
    if (await ask(probe, environment, attempt)) return;
    const pauseMs = probe.kind === 'exec' ? commandPollMs : pollMs;
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
}

function ask(
  probe: Probe,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<boolean> {
  switch (probe.kind) {
    case 'http':
      return askHttp(probe.url, signal);
    case 'tcp':
      return askTcp(probe.port, signal);
    case 'exec':
      return askCommand(
        probe.command,
        probe.args,
        { ...environment, ...probe.env },
        signal,
      );
  }
}

async function askHttp(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { signal, redirect: 'manual' });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

function askTcp(port: number, signal: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect({ port, host: '127.0.0.1' });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    signal.addEventListener('abort', () => answer(false), { once: true });
  });
}

function askCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(command, args, {
      env,
      stdio: 'ignore',
      signal,
      killSignal: 'SIGKILL',
    });
    child.once('error', () => resolve(false));
    child.once('exit', code => resolve(code === 0));
  });
}
