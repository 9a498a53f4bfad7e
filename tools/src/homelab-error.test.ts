import { expect, test } from 'vitest';
import { describeError, HomelabError, isFullDisk } from './homelab-error.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: write failed`), { code });
}

test('an expected failure is printed as its sentence only', () => {
  const error = new HomelabError('used-port', 'Port 1883 is used.');
  expect(describeError(error)).toBe('Port 1883 is used.');
});

test('a full disk and a missing permission are sentences without a stack', () => {
  expect(describeError(systemError('ENOSPC'))).toMatch(/^The disk is full/);
  expect(describeError(systemError('EACCES'))).toMatch(/^Permission denied/);
  expect(describeError(systemError('ENOSPC'))).not.toContain('    at ');
});

test('a full disk is recognised as the cause of another error', () => {
  const outer = new Error('initdb failed', { cause: systemError('ENOSPC') });
  expect(isFullDisk(outer)).toBe(true);
  expect(isFullDisk(new Error('No space left on device'))).toBe(true);
  expect(isFullDisk(systemError('EACCES'))).toBe(false);
});

test('an unexpected error keeps its stack', () => {
  expect(describeError(new Error('oh'))).toContain('homelab-error.test.ts');
});
