import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createTestDatabase, eventually, testServers } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { patience } from './sink-fixture.ts';

const main = join(import.meta.dirname, '../src/main.ts');

function startProcess(env: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  return { child, output, ended: once(child, 'exit') };
}

test('a bad environment ends the process with 1 and names every key', async () => {
  const { output, ended } = startProcess({
    SINK_STREAMS: 'water',
    PGPORT: 'secret-port',
  });
  expect(await ended).toEqual([1, null]);
  for (const key of [
    'KAFKA_BROKERS',
    'PGHOST',
    'PGPORT',
    'SINK_STREAMS',
    'OPS_PORT',
  ]) {
    expect(output.err).toContain(key);
  }
  expect(output.err).not.toContain('secret-port');
});

test('the process reports what it waits for and ends with 0 on SIGTERM', async () => {
  const database = await createTestDatabase(
    { onTestFinished },
    { migrated: false },
  );
  const {
    host,
    port,
    user,
    password,
    database: name,
  } = database.connection('homelab_sink');
  const { child, output, ended } = startProcess({
    KAFKA_BROKERS: testServers().kafka.brokers.join(','),
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: name,
    OPS_PORT: '0',
  });
  const opsPort = await eventually(() => {
    const [, digits] =
      /"event":"ops-listening".*?"port":(\d+)/.exec(output.out) ?? [];
    return digits ?? fail(output.out);
  }, patience);
  await eventually(async () => {
    const ready = await fetch(`http://127.0.0.1:${opsPort}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      dependencies: {
        timescale: {
          ok: false,
          detail: 'the schema is missing: run the migrations',
        },
      },
    });
  }, patience);
  expect((await fetch(`http://127.0.0.1:${opsPort}/healthz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

function fail(output: string): never {
  throw new Error(`No port in the output: ${output}`);
}
