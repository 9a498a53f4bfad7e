import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestScope } from '@homelab/test-kit';
import { expect, test } from 'vitest';
import { openLogFile } from './log-file.ts';

function logPath(t: TestScope): string {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-log-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'deep/server.log');
}

test('appends to the log of an earlier run', t => {
  const path = logPath(t);
  for (const line of ['one', 'two']) {
    const log = openLogFile(path);
    log.append(line);
    log.close();
  }
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
});

test('keeps one older file and never grows beyond its limit', t => {
  const path = logPath(t);
  const log = openLogFile(path, 10);
  for (const line of ['aaaa', 'bbbb', 'cccc', 'dddd', 'eeee']) log.append(line);
  log.close();
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('cccc\ndddd\n');
  expect(readFileSync(path, 'utf8')).toBe('eeee\n');
});

test('a full disk loses lines, not the process that logs', () => {
  if (!existsSync('/dev/full')) throw new Error('/dev/full is missing');
  const log = openLogFile('/dev/full');
  expect(() => log.append('lost')).not.toThrow();
  log.close();
});
