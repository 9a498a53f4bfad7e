import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const sources = resolve(import.meta.dirname, '../src');

test('doctor and the download of the servers work before any package is installed', t => {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-bare-'));
  t.onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(sources, join(folder, 'tools/src'), { recursive: true });
  const run = (...args: string[]) =>
    spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
  const doctor = run('tools/src/commands/doctor.ts');
  expect(doctor.stderr).toBe('');
  expect(doctor.stdout).toMatch(/ Kafka| 9092/);
  const download = run('-e', "import('./tools/src/native/native-tools.ts')");
  expect(download.stderr).toBe('');
  expect(download.status).toBe(0);
});
