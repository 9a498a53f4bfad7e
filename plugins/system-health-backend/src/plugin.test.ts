import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { targetsResponseSchema } from '@homelab/plugin-system-health-common';
import request from 'supertest';
import plugin from './index';

let service: Server;
let url: string;
let ready = true;

beforeAll(async () => {
  service = createServer((_request, response) => {
    const kafka = ready ? { ok: true } : { ok: false, detail: 'no broker' };
    response
      .writeHead(ready ? 200 : 503, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ready, dependencies: { kafka } }));
  });
  await new Promise<void>(resolve => service.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/readyz`;
});

afterAll(async () => {
  service.closeAllConnections();
  await new Promise(resolve => service.close(resolve));
});

beforeEach(() => {
  ready = true;
});

type Decision = AuthorizeResult.ALLOW | AuthorizeResult.DENY;

async function start(result: Decision = AuthorizeResult.ALLOW) {
  const scheduler = mockServices.scheduler();
  const backend = await startTestBackend({
    features: [
      plugin,
      // Runs a task only when the test triggers it.
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      mockServices.permissions.factory({ result }),
      mockServices.rootConfig.factory({
        data: {
          systemHealth: {
            targets: [
              { entityRef: 'sink', title: 'Sink', probe: { http: url } },
            ],
          },
        },
      }),
    ],
  });
  const read = async () => {
    const response = await request(backend.server)
      .get('/api/system-health/targets')
      .expect(200);
    return targetsResponseSchema.parse(response.body).targets[0];
  };
  return { backend, scheduler, read };
}

it('serves the results of probing a real service', async () => {
  const { backend, scheduler, read } = await start();
  try {
    expect(await read()).toMatchObject({
      name: 'sink',
      state: 'unknown',
      since: null,
    });

    await scheduler.triggerTask('probe-sink');
    expect(await read()).toMatchObject({
      entityRef: 'component:default/sink',
      state: 'ok',
      dependencies: [{ name: 'kafka', ok: true }],
    });

    ready = false;
    await scheduler.triggerTask('probe-sink');
    expect(await read()).toMatchObject({
      state: 'not-ready',
      dependencies: [{ name: 'kafka', ok: false, detail: 'no broker' }],
    });
  } finally {
    await backend.stop();
  }
});

it('requires a token', async () => {
  const { backend } = await start();
  try {
    const response = await request(backend.server)
      .get('/api/system-health/targets')
      .set('authorization', mockCredentials.none.header());
    expect(response.status).toBe(401);
  } finally {
    await backend.stop();
  }
});

it('rejects a user without the permission and names it', async () => {
  const { backend } = await start(AuthorizeResult.DENY);
  try {
    const response = await request(backend.server)
      .get('/api/system-health/targets')
      .expect(403);
    expect(response.body.error.message).toContain('system-health.read');
  } finally {
    await backend.stop();
  }
});

it('probes in each process, at the interval of the target', async () => {
  const { backend, scheduler } = await start();
  try {
    expect(await scheduler.getScheduledTasks()).toEqual([
      expect.objectContaining({ id: 'probe-sink', scope: 'local' }),
    ]);
  } finally {
    await backend.stop();
  }
});
