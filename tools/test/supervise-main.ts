/** Run by tests as a process of its own: `supervise-main.ts <folder> <mark> [stubborn]` supervises a few sleepers. */
import { join } from 'node:path';
import { listenForInterruption } from '../src/interruption.ts';
import { openRun } from '../src/runner/run.ts';
import { createSupervisor } from '../src/runner/supervisor.ts';
import { idle, shellProcess } from './small-processes.ts';

async function main(
  folder: string,
  mark: string,
  kind: string | undefined,
): Promise<void> {
  const interruption = listenForInterruption();
  const run = await openRun({
    runFolder: join(folder, 'run'),
    portOffset: 0,
    report: () => {},
  });
  const stubborn = `trap '' TERM; echo ready; while :; do sleep ${mark}; done`;
  const supervisor = createSupervisor({
    specs: [
      shellProcess('plain', idle(mark)),
      shellProcess('escaped', `setsid sleep ${mark} & echo ready; wait`),
      shellProcess('child', `sleep ${mark} & echo ready; wait`),
      ...(kind === 'stubborn'
        ? [shellProcess('stubborn', stubborn, { stopTimeoutMs: 60_000 })]
        : []),
    ],
    run,
    logsFolder: join(folder, 'logs'),
    environment: process.env,
    output: () => {},
  });
  interruption.kill.addEventListener('abort', () => supervisor.kill());
  await supervisor.start();
  process.stdout.write('all ready\n');
  const goOn = setInterval(() => {}, 1_000);
  await new Promise<void>(resolve => {
    interruption.stop.addEventListener('abort', () => resolve());
  });
  clearInterval(goOn);
  process.stdout.write('stopping\n');
  await supervisor.stop();
  await run.close();
}

const [folder, mark, kind] = process.argv.slice(2);
if (folder !== undefined && mark !== undefined) void main(folder, mark, kind);
