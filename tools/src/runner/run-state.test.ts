import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readRunState, stateFile } from './run-state.ts';

const identity = { pid: 17, startTicks: 4 };

/** What it takes to end the processes of a run: every version must be able to read it. */
const essence = {
  version: 1,
  runId: 'a-run-of-before',
  bootId: 'a-boot',
  supervisor: identity,
  processes: [{ name: 'kafka', identity, stopSignal: 'SIGINT' }],
};

function read(t: { onTestFinished(end: () => void): void }, text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-state-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(stateFile(folder), text);
  return readRunState(folder);
}

test.for<[string, object]>([
  ['older, with fewer fields', essence],
  [
    'newer, with fields and words unknown here',
    {
      ...essence,
      version: 2,
      phase: 'upgrading',
      machine: 'house',
      processes: [
        { ...essence.processes[0], status: 'warming', restarts: 'many' },
      ],
    },
  ],
])('finds the processes of a run whose state is %s', ([, state], t) => {
  expect(read(t, JSON.stringify(state))).toMatchObject({
    runId: essence.runId,
    supervisor: identity,
    processes: essence.processes,
  });
});

test.for([
  ['truncated', JSON.stringify(essence).slice(0, 60)],
  ['empty', ''],
  ['foreign', '[1, 2]'],
  ['without the processes', '{"version": 1, "runId": "a-run-of-before"}'],
] as const)(
  'refuses a state that is %s, and says what to do',
  ([, text], t) => {
    expect(() => read(t, text)).toThrow(
      expect.objectContaining({
        code: 'broken-state',
        message: expect.stringMatching(
          /state\.json is damaged.* delete the file/,
        ),
      }),
    );
  },
);
