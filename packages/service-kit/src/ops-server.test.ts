import { expect, test } from 'vitest';
import type { TestContext } from 'vitest';
import type { ConnectionState } from './ops-server.ts';
import { createLogger } from './logger.ts';
import { createRegistry } from './metrics.ts';
import { createOpsServer } from './ops-server.ts';

async function startOps(
  t: TestContext,
  dependencies: Record<string, ConnectionState>,
  port = 0,
) {
  const server = createOpsServer({
    host: '127.0.0.1',
    port,
    registry: createRegistry('test'),
    readiness: () => dependencies,
    logger: createLogger({ component: 'test', level: 'silent' }),
  });
  t.onTestFinished(() => server.stop());
  await server.start();
  const get = (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, init);
  return { server, get };
}

test('reports the process as alive while a dependency is down', async t => {
  const { get } = await startOps(t, { kafka: { ok: false } });
  expect((await get('/healthz')).status).toBe(200);
});

test('is ready only while every dependency is up, and names each', async t => {
  const dependencies: Record<string, ConnectionState> = {
    kafka: { ok: true },
    mqtt: { ok: true },
  };
  const { get } = await startOps(t, dependencies);
  expect((await get('/readyz')).status).toBe(200);
  dependencies.mqtt = { ok: false, detail: 'no connection' };
  const response = await get('/readyz');
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({
    ready: false,
    dependencies: {
      kafka: { ok: true },
      mqtt: { ok: false, detail: 'no connection' },
    },
  });
});

test('exports readiness and each dependency as metrics', async t => {
  const { get } = await startOps(t, {
    kafka: { ok: true },
    mqtt: { ok: false },
  });
  const response = await get('/metrics');
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  expect(text).toContain('homelab_ready 0');
  expect(text).toContain('homelab_dependency_up{dependency="kafka"} 1');
  expect(text).toContain('homelab_dependency_up{dependency="mqtt"} 0');
});

test('rejects other paths and methods', async t => {
  const { get } = await startOps(t, {});
  expect((await get('/secret')).status).toBe(404);
  expect((await get('/healthz', { method: 'POST' })).status).toBe(405);
});

test('a port in use is reported in a sentence', async t => {
  const { server } = await startOps(t, {});
  await expect(startOps(t, {}, server.port)).rejects.toThrow(
    `The ops port 127.0.0.1:${server.port} is already in use`,
  );
});

test('a readiness check that throws gives 500, not a crash', async t => {
  const dependencies = {
    get kafka(): ConnectionState {
      throw new Error('broken');
    },
  };
  const { get } = await startOps(t, dependencies);
  expect((await get('/readyz')).status).toBe(500);
  expect((await get('/healthz')).status).toBe(200);
});
