import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { envField } from './env-fields.ts';
import { parseEnv } from './env.ts';
import { runService } from './run-service.ts';
import type { ProcessHost, RunServiceOptions, Service } from './run-service.ts';

const goodEnv = { OPS_PORT: '0', LOG_LEVEL: 'silent' };

function fakeHost(env: Record<string, string> = goodEnv) {
  const errors: string[] = [];
  const exits: number[] = [];
  let onSignal: (signal: 'SIGTERM' | 'SIGINT') => void = () => {};
  const host: ProcessHost = {
    env,
    onSignal: handler => {
      onSignal = handler;
    },
    onCrash: () => {},
    exit: code => void exits.push(code),
    writeError: text => void errors.push(text),
  };
  return {
    host,
    errors,
    exits,
    signal: (name: 'SIGTERM' | 'SIGINT' = 'SIGTERM') => onSignal(name),
  };
}

/** A service that records calls and signals when it has started. */
function recordingService(overrides: Partial<Service> = {}) {
  const calls: string[] = [];
  const started = Promise.withResolvers<void>();
  const service: Service = {
    async start() {
      calls.push('start');
      // Once the phase has changed.
      setImmediate(started.resolve);
    },
    async stop() {
      calls.push('stop');
    },
    ...overrides,
  };
  return { calls, service, started: started.promise };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise(resolve => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') {
    throw new Error('The server has no port.');
  }
  return address.port;
}

function run(
  service: Service,
  host: ProcessHost,
  options: Partial<RunServiceOptions> = {},
) {
  return runService(
    { component: 'test', create: () => service, ...options },
    host,
  );
}

test('a signal stops the service and a clean stop exits with 0', async () => {
  const { host, exits, signal } = fakeHost();
  const { calls, service, started } = recordingService();
  const ended = run(service, host);
  await started;
  signal();
  await ended;
  expect(calls).toEqual(['start', 'stop']);
  expect(exits).toEqual([0]);
});

test('a stop that takes longer than the deadline exits with 1', async () => {
  const { host, exits, signal } = fakeHost();
  const { service, started } = recordingService({
    stop: () => new Promise(() => {}),
  });
  const ended = run(service, host, { stopTimeoutMs: 30 });
  await started;
  signal();
  await ended;
  expect(exits).toEqual([1]);
});

test('a stop that fails exits with 1', async () => {
  const { host, exits, signal } = fakeHost();
  const { service, started } = recordingService({
    stop: () => Promise.reject(new Error('records left')),
  });
  const ended = run(service, host);
  await started;
  signal('SIGINT');
  await ended;
  expect(exits).toEqual([1]);
});

test('a background loop that rejects stops the service and exits with 1', async () => {
  const { host, exits } = fakeHost();
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  const { calls, service, started } = recordingService({ failed });
  const ended = run(service, host);
  await started;
  fail(new Error('the consumer has ended'));
  await ended;
  expect(calls).toEqual(['start', 'stop']);
  expect(exits).toEqual([1]);
});

test('a start that rejects is followed by a stop and exits with 1', async () => {
  const { host, exits } = fakeHost();
  const { calls, service } = recordingService({
    start: () => Promise.reject(new Error('no database')),
  });
  await run(service, host);
  expect(calls).toEqual(['stop']);
  expect(exits).toEqual([1]);
});

test('a signal during the start also stops the service', async () => {
  const { host, exits, signal } = fakeHost();
  const starting = Promise.withResolvers<void>();
  const { calls, service } = recordingService({
    start: () => {
      starting.resolve();
      return new Promise(() => {});
    },
  });
  const ended = run(service, host);
  await starting.promise;
  signal();
  await ended;
  expect(calls).toEqual(['stop']);
  expect(exits).toEqual([0]);
});

test('a second signal ends the process at once', async () => {
  const { host, exits, signal } = fakeHost();
  const stopping = Promise.withResolvers<void>();
  const { service, started } = recordingService({
    stop: () => stopping.promise,
  });
  const ended = run(service, host);
  await started;
  signal('SIGTERM');
  signal('SIGTERM');
  expect(exits).toEqual([143]);
  stopping.resolve();
  await ended;
});

test('all bad variables of the service and of runService are reported together', async () => {
  const { host, errors, exits } = fakeHost({
    LOG_LEVEL: 'loud',
    SECRET: 'hunter2',
  });
  const schema = z.object({
    BRIDGE_LIMIT: envField.integer({ min: 1, max: 9 }),
    SECRET: envField.port(),
  });
  let created = false;
  await runService(
    {
      component: 'bridge',
      create({ env }) {
        parseEnv(schema, env);
        created = true;
        return recordingService().service;
      },
    },
    host,
  );
  expect(created).toBe(false);
  expect(exits).toEqual([1]);
  const text = errors.join('');
  for (const key of ['OPS_PORT', 'LOG_LEVEL', 'BRIDGE_LIMIT', 'SECRET']) {
    expect(text).toContain(key);
  }
  expect(text).not.toContain('hunter2');
});

test('readiness says starting, then the state of the service, then stopping', async () => {
  const port = await freePort();
  const { host, signal } = fakeHost({ ...goodEnv, OPS_PORT: String(port) });
  const starting = Promise.withResolvers<void>();
  const stopping = Promise.withResolvers<void>();
  const askReady = async () =>
    (await fetch(`http://127.0.0.1:${port}/readyz`)).json();
  const reached = Promise.withResolvers<void>();
  const ended = run(
    {
      start: () => {
        reached.resolve();
        return starting.promise;
      },
      stop: () => stopping.promise,
      readiness: () => ({ kafka: { ok: true } }),
    },
    host,
  );
  await reached.promise;
  expect(await askReady()).toMatchObject({
    ready: false,
    dependencies: { service: { detail: 'the service is starting' } },
  });
  starting.resolve();
  await expect.poll(askReady).toEqual({
    ready: true,
    dependencies: { service: { ok: true }, kafka: { ok: true } },
  });
  signal();
  await expect.poll(askReady).toMatchObject({
    ready: false,
    dependencies: { service: { detail: 'the service is stopping' } },
  });
  stopping.resolve();
  await ended;
  await expect(askReady()).rejects.toThrow();
});
