import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '../src/cli.ts');

/** What a command of `./homelab` left behind for the person who ran it. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command of `./homelab` that runs. */
export interface RunningHomelab {
  signal(name: NodeJS.Signals): void;
  /** What it has printed so far. */
  out(): string;
  readonly ended: Promise<Ended>;
}

/** Starts a command of `./homelab` in a process of its own, with `input` typed into it. */
export function startHomelab(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): RunningHomelab {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.err += chunk.toString()));
  child.stdin.end(input);
  return {
    signal: name => void child.kill(name),
    out: () => text.out,
    ended: once(child, 'close').then(([code]) => ({ code, ...text })),
  };
}

/** Runs a command of `./homelab` to its end. */
export function runHomelab(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Ended> {
  return startHomelab(args, env, input).ended;
}
