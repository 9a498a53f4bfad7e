import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { eventually } from '@homelab/test-kit';
import { expect, test, vi } from 'vitest';
import type { ProcessSpec } from '../src/runner/process-spec.ts';
import type { Run } from '../src/runner/run.ts';
import type { OutputLine } from '../src/runner/supervisor.ts';
import {
  createFolder,
  createMark,
  findMarked,
  idle,
  shellProcess,
  supervise,
  untilNoneMarked,
} from './small-processes.ts';

// Real processes are waited for; on a busy machine that takes longer than usual.
vi.setConfig({ testTimeout: 30_000 });

function printed(lines: readonly OutputLine[]): string[] {
  return lines.filter(line => !line.event).map(line => line.text);
}

test('starts a process only after those it needs are healthy or completed', async t => {
  const mark = createMark();
  const { supervisor, lines } = await supervise(t, [
    shellProcess('last', `echo last; ${idle(mark)}`, {
      dependsOn: { middle: 'healthy' },
    }),
    shellProcess('middle', `echo middle; sleep 0.1; ${idle(mark)}`, {
      dependsOn: { first: 'completed' },
    }),
    shellProcess('first', 'echo first; sleep 0.1; echo first-done', {
      ready: { kind: 'exit' },
    }),
  ]);
  await supervisor.start();
  expect(printed(lines).filter(text => text !== 'ready')).toEqual([
    'first',
    'first-done',
    'middle',
    'last',
  ]);
});

test('starts independent processes at the same time', async t => {
  const folder = createFolder(t);
  const meet = (own: string, other: string) =>
    `touch ${folder}/${own}; while [ ! -e ${folder}/${other} ]; do sleep 0.02; done; ${idle(createMark())}`;
  const { supervisor, run } = await supervise(t, [
    shellProcess('left', meet('left', 'right')),
    shellProcess('right', meet('right', 'left')),
  ]);
  await supervisor.start();
  expect(run.state.processes.map(one => one.status)).toEqual([
    'ready',
    'ready',
  ]);
});

test('runs afterReady once and before dependents start', async t => {
  const mark = createMark();
  const order: string[] = [];
  const { supervisor } = await supervise(t, [
    shellProcess('server', idle(mark), {
      afterReady: async () => {
        order.push('afterReady');
      },
    }),
    shellProcess('client', idle(mark), {
      dependsOn: { server: 'healthy' },
      prepare: async () => {
        order.push('client');
      },
    }),
  ]);
  await supervisor.start();
  expect(order).toEqual(['afterReady', 'client']);
});

test('gives up on a process that is not ready in time, reports its output, and stops it', async t => {
  const mark = createMark();
  const { supervisor } = await supervise(t, [
    shellProcess('slow', `echo warming up; exec sleep ${mark}`, {
      readyTimeoutMs: 200,
    }),
  ]);
  await expect(supervisor.start()).rejects.toMatchObject({
    code: 'not-ready',
    message: expect.stringMatching(
      /^slow was not ready within 0\.2 s\. It said last:\n {4}warming up\n/,
    ),
  });
  expect(findMarked(mark)).toEqual([]);
});

test('restarts a failing process up to its limit, then reports how it ended', async t => {
  const { supervisor, lines } = await supervise(t, [
    shellProcess('broken', 'echo attempt; exit 3', {
      restart: { limit: 2, minBackoffMs: 10, maxBackoffMs: 20 },
    }),
  ]);
  await expect(supervisor.start()).rejects.toMatchObject({
    code: 'process-ended',
    message: expect.stringContaining('exit code 3, 3 times in a row'),
  });
  expect(printed(lines)).toEqual(['attempt', 'attempt', 'attempt']);
});

test('restarts a killed process until it is ready', async t => {
  const mark = createMark();
  const { supervisor, run } = await supervise(t, [
    shellProcess('server', idle(mark), {
      restart: { limit: 1, minBackoffMs: 10, maxBackoffMs: 10 },
    }),
  ]);
  await supervisor.start();
  const [pid] = findMarked(mark);
  process.kill(Number(pid), 'SIGKILL');
  await eventually(() => {
    expect(run.state.processes[0]).toMatchObject({
      status: 'ready',
      restarts: 1,
    });
  });
  expect(findMarked(mark)).not.toContain(pid);
});

test('reports a ready process that ends for good', async t => {
  const mark = createMark();
  const { supervisor } = await supervise(t, [
    shellProcess('server', idle(mark)),
  ]);
  await supervisor.start();
  findMarked(mark).forEach(pid => process.kill(pid, 'SIGKILL'));
  expect(await supervisor.failed).toMatchObject({
    code: 'process-ended',
    message: expect.stringContaining('server ended (signal SIGKILL)'),
  });
});

test('reports an unexpected failure when a process is restarted', async t => {
  const mark = createMark();
  const spec = shellProcess('server', idle(mark), {
    restart: { limit: 1, minBackoffMs: 10, maxBackoffMs: 10 },
  });
  let starts = 0;
  Object.defineProperty(spec, 'command', {
    get() {
      starts += 1;
      return starts === 1 ? '/bin/sh' : 'no\0name';
    },
  });
  const { supervisor } = await supervise(t, [spec]);
  await supervisor.start();
  findMarked(mark).forEach(pid => process.kill(pid, 'SIGKILL'));
  expect(await supervisor.failed).toMatchObject({
    code: 'process-ended',
    message: expect.stringMatching(/^server cannot go on: /),
  });
});

test('stops dependents before what they need', async t => {
  const file = join(createFolder(t), 'stops');
  const noting = (name: string) =>
    `trap 'sleep 0.05; echo ${name} >> ${file}; exit 0' TERM; echo ready; while :; do sleep 0.02; done`;
  const { supervisor } = await supervise(t, [
    shellProcess('database', noting('database')),
    shellProcess('service', noting('service'), {
      dependsOn: { database: 'healthy' },
    }),
    shellProcess('page', noting('page'), { dependsOn: { service: 'healthy' } }),
  ]);
  await supervisor.start();
  await supervisor.stop();
  expect(readFileSync(file, 'utf8')).toBe('page\nservice\ndatabase\n');
});

test('kills a process that ignores its stop signal, with its children', async t => {
  const mark = createMark();
  const { supervisor } = await supervise(t, [
    shellProcess(
      'stubborn',
      `trap '' TERM; sh -c 'trap "" TERM; sleep ${mark}; :' & echo ready; while :; do sleep 0.02; done`,
      { stopTimeoutMs: 200 },
    ),
  ]);
  await supervisor.start();
  await eventually(() => expect(findMarked(mark)).not.toEqual([]));
  await supervisor.stop();
  await untilNoneMarked(mark);
});

test('stops while others are still starting, and starts none of the waiting ones', async t => {
  const folder = createFolder(t);
  const mark = createMark();
  const { supervisor } = await supervise(t, [
    shellProcess('slow', `sleep ${mark}`),
    shellProcess('waiting', `touch ${folder}/started; ${idle(mark)}`, {
      dependsOn: { slow: 'healthy' },
    }),
  ]);
  const start = supervisor.start();
  start.catch(() => {});
  await eventually(() => expect(findMarked(mark)).not.toEqual([]));
  await supervisor.stop();
  await expect(start).rejects.toMatchObject({ code: 'interrupted' });
  expect(findMarked(mark)).toEqual([]);
  expect(existsSync(join(folder, 'started'))).toBe(false);
});

test('names a missing program', async t => {
  const { supervisor } = await supervise(t, [
    shellProcess('server', '', { command: '/nowhere/server' }),
  ]);
  await expect(supervisor.start()).rejects.toMatchObject({
    code: 'missing-program',
    message: expect.stringContaining('/nowhere/server was not found'),
  });
});

test('keeps the output of a process in its log file', async t => {
  const mark = createMark();
  const { supervisor, run } = await supervise(t, [
    shellProcess('server', `echo one; echo two >&2; ${idle(mark)}`),
  ]);
  await supervisor.start();
  await eventually(() => {
    const log = readFileSync(run.state.processes[0]?.logFile ?? '', 'utf8');
    expect(log.split('\n').filter(Boolean).sort()).toEqual([
      'one',
      'ready',
      'two',
    ]);
  });
});

const soon = { limit: 1, minBackoffMs: 10, maxBackoffMs: 20 };

function statusOf(run: Run, name: string): string | undefined {
  return run.state.processes.find(one => one.name === name)?.status;
}

test('a side process that keeps ending is restarted forever and stops nothing', async t => {
  const mark = createMark();
  const server = createMark();
  const { supervisor, run, lines } = await supervise(t, [
    shellProcess('server', idle(server), { restart: soon }),
    shellProcess('side', idle(mark), { essential: false, restart: soon }),
  ]);
  let failed = false;
  void supervisor.failed.then(() => (failed = true));
  await supervisor.start();
  const [serverPid] = findMarked(server);
  for (let ends = 1; ends <= 4; ends += 1) {
    await eventually(() => {
      expect(statusOf(run, 'side')).toBe('ready');
      expect(findMarked(mark)).toHaveLength(1);
    });
    findMarked(mark).forEach(pid => process.kill(pid, 'SIGKILL'));
    await eventually(() => expect(run.state.processes[1]?.restarts).toBe(ends));
  }
  await eventually(() => expect(statusOf(run, 'side')).toBe('ready'));
  expect(findMarked(server)).toEqual([serverPid]);
  expect(failed).toBe(false);
  expect(lines.map(line => line.text)).toContain(
    'side ended (signal SIGKILL); starting it again in 0.02 s (everything else keeps running)',
  );
});

test.for<[string, Partial<ProcessSpec>]>([
  ['ends again and again', { args: ['-c', 'exit 3'] }],
  [
    'never gets ready',
    { args: ['-c', 'sleep 60'], readyTimeoutMs: 50, stopTimeoutMs: 1_000 },
  ],
  ['is missing', { command: '/nowhere/side' }],
  [
    'cannot be prepared',
    { prepare: () => Promise.reject(new Error('no disk')) },
  ],
])(
  'the start continues without a side process that %s',
  async ([, change], t) => {
    const mark = createMark();
    const { supervisor, run, lines } = await supervise(t, [
      shellProcess('server', idle(mark)),
      shellProcess('side', '', { essential: false, restart: soon, ...change }),
    ]);
    await supervisor.start();
    expect(statusOf(run, 'server')).toBe('ready');
    expect(statusOf(run, 'side')).not.toBe('ready');
    const told = lines.filter(line => line.process === 'side' && line.event);
    expect(told.map(line => line.text).join('\n')).toContain(
      '(everything else keeps running)',
    );
  },
);

test('closes every log file when it has stopped', async t => {
  const { supervisor, run } = await supervise(t, [
    shellProcess('one', idle(createMark())),
    shellProcess('two', idle(createMark())),
  ]);
  const logs = () =>
    readdirSync('/proc/self/fd')
      .map(fd => readLinkOrNothing(`/proc/self/fd/${fd}`))
      .filter(path =>
        path.startsWith(dirname(run.state.processes[0]?.logFile ?? '')),
      );
  await supervisor.start();
  expect(logs()).toHaveLength(2);
  await supervisor.stop();
  expect(logs()).toEqual([]);
});

/** The descriptor by which the folder is read is gone by then. */
function readLinkOrNothing(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
