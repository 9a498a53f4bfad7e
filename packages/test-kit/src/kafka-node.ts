import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KafkaProgram } from './test-servers.ts';

/** One Kafka process with its data, which outlives the process. */
export interface KafkaNode {
  /** Starts it and waits until it reports that it is serving. */
  start(): Promise<void>;
  /** Ends it; resolves when the process is gone. Does nothing when it is not running. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Freezes it, with its connections open, or lets it continue. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
}

const startTimeoutMs = 60_000;
const keptOutputLength = 16_000;

/** Writes the configuration of a node below a folder and formats its storage. */
export async function createKafkaNode(deps: {
  readonly program: KafkaProgram;
  readonly folder: string;
  readonly clusterId: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly formatArgs?: readonly string[];
}): Promise<KafkaNode> {
  const { program, folder, clusterId, settings, formatArgs = [] } = deps;
  const properties = join(folder, 'server.properties');
  const logging = join(folder, 'log4j2.properties');
  // As in production: Kafka unpacks native libraries there, wherever the machine may forbid it.
  const temporaryFolder = join(folder, 'tmp');
  await mkdir(temporaryFolder, { recursive: true });
  await writeFile(logging, program.logging);
  await writeFile(
    properties,
    toProperties({
      ...program.settings,
      ...settings,
      'log.dirs': join(folder, 'data'),
    }),
  );
  const java = (args: readonly string[]) =>
    spawn(
      // The kernel ends it together with this process, however that ends.
      'setpriv',
      [
        ...['--pdeathsig=KILL', '--', program.java, ...program.jvmOptions],
        `-Djava.io.tmpdir=${temporaryFolder}`,
        `-Dlog4j2.configurationFile=${logging}`,
        ...['-cp', program.classPath, ...args],
      ],
      { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] },
    );

  const format = watch(
    java([
      ...['kafka.tools.StorageTool', 'format'],
      ...['-t', clusterId, '-c', properties, ...formatArgs],
    ]),
  );
  await once(format.child, 'close');
  if (format.child.exitCode !== 0)
    throw new Error(`Kafka's storage was not formatted:\n${format.output()}`);

  let running: ChildProcess | undefined;
  return {
    async start() {
      const node = watch(java(['kafka.Kafka', properties]));
      running = node.child;
      await node.waitFor('Kafka Server started', startTimeoutMs);
    },
    async end(signal) {
      const child = running;
      running = undefined;
      if (!child || child.exitCode !== null || child.signalCode !== null)
        return;
      const closed = once(child, 'close');
      child.kill(signal);
      // A stopped process handles no signal but SIGKILL until it continues.
      child.kill('SIGCONT');
      await closed;
    },
    signal(signal) {
      running?.kill(signal);
    },
  };
}

/** Follows the output of a process. */
function watch(child: ChildProcess) {
  let output = '';
  let onOutput = () => {};
  const keep = (text: string) => {
    output = (output + text).slice(-keptOutputLength);
    onOutput();
  };
  child.stdout?.setEncoding('utf8').on('data', keep);
  child.stderr?.setEncoding('utf8').on('data', keep);
  return {
    child,
    output: () => output,
    waitFor(text: string, timeoutMs: number): Promise<void> {
      return new Promise((resolve, reject) => {
        const fail = (why: string) => reject(new Error(`${why}:\n${output}`));
        const timer = setTimeout(
          () => fail(`Kafka did not start within ${timeoutMs} ms`),
          timeoutMs,
        );
        child.on('error', error => fail(`Kafka did not start, ${error}`));
        child.on('close', () => {
          clearTimeout(timer);
          fail('Kafka ended while it started');
        });
        onOutput = () => {
          if (!output.includes(text)) return;
          clearTimeout(timer);
          onOutput = () => {};
          resolve();
        };
      });
    },
  };
}

function toProperties(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}
