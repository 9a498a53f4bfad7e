import { PassThrough } from 'node:stream';
import { mockServices } from '@backstage/backend-test-utils';
import type { Response } from 'express';
import {
  createFakeHistorySource,
  createFakeLiveSource,
} from '../../test-readings';
import { HouseState } from '../HouseState';
import { LatestReadings } from '@homelab/heat-pump';
import { LiveClients } from './LiveClients';

function createResponse(): Response & PassThrough {
  const stream = new PassThrough();
  stream.resume();
  const methods = {
    status: () => stream,
    set: () => stream,
    flushHeaders: () => {},
  };
  // Only the part of a response that an event stream uses.
  Object.assign(stream, methods);
  return stream as unknown as Response & PassThrough;
}

function createClients(nowMs: number) {
  const logger = mockServices.logger.mock();
  const house = new HouseState({
    live: createFakeLiveSource().source,
    history: createFakeHistorySource().source,
    latest: new LatestReadings({ staleAfterMs: {} }),
    siteTimeZone: 'UTC',
    logger,
  });
  return new LiveClients({ house, maxClients: 5, logger, now: () => nowMs });
}

const ended = (response: PassThrough) =>
  new Promise<void>(resolve => response.on('close', () => resolve()));

it('ends a stream when the credentials of its user expire', async () => {
  const nowMs = 1_000_000;
  const clients = createClients(nowMs);
  const response = createResponse();
  clients.connect(response, new Date(nowMs + 30));
  expect(clients.count()).toBe(1);
  await ended(response);
  expect(clients.count()).toBe(0);
});

it('ends at once if expired, and handles expiries beyond the longest timer', async () => {
  const nowMs = 1_000_000;
  const clients = createClients(nowMs);
  const lasting = createResponse();
  clients.connect(lasting, new Date(nowMs + 2 ** 40));
  const expired = createResponse();
  clients.connect(expired, new Date(nowMs - 1));
  await ended(expired);
  expect(clients.count()).toBe(1);
  clients.close();
  await ended(lasting);
});

it('does not count a client that left before its stream began', async () => {
  const clients = createClients(0);
  const left = createResponse();
  const closed = ended(left);
  left.destroy();
  await closed;
  clients.connect(left, undefined);
  expect(clients.count()).toBe(0);
});

it('rejects clients once the portal is stopping', () => {
  const clients = createClients(0);
  clients.close();
  expect(() => clients.connect(createResponse(), undefined)).toThrow(/limit/);
});
