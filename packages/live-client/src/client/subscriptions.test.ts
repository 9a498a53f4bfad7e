import { temperatureReadingSchema } from '@homelab/telemetry';
import { expect, test } from 'vitest';
import type { LiveReading } from '../protocol/live-reading.ts';
import type { ServerFrame } from '../protocol/server-frames.ts';
import { Subscriptions } from './subscriptions.ts';

const sentAt = '2026-01-12T06:00:00.000Z';

function readingOf(deviceId: string): LiveReading {
  return {
    stream: 'temperature',
    deviceId,
    origin: 'live',
    asOf: sentAt,
    receivedAt: sentAt,
    clockAhead: null,
    wholeFields: [],
    staleAfterMs: 1_000,
    offlineAfterMs: 2_000,
    reading: temperatureReadingSchema.parse({
      timestamp: sentAt,
      device_id: deviceId,
    }),
  };
}

const subscribed = (id: string): ServerFrame => ({
  type: 'subscribed',
  id,
  channel: 'c',
  outcome: 'snapshot',
});

const changes = (
  offsets: Record<string, string>,
  deviceId = 'a',
): ServerFrame => ({
  type: 'changes',
  channel: 'c',
  sentAt,
  position: { epoch: 'e', offsets },
  readings: [readingOf(deviceId)],
  joined: 0,
});

const snapshot = (offsets: Record<string, string>): ServerFrame => ({
  type: 'snapshot',
  channel: 'c',
  sentAt,
  position: { epoch: 'e', offsets },
  readings: [],
});

function follow() {
  const subscriptions = new Subscriptions();
  const told: string[] = [];
  const add = (name: string) =>
    subscriptions.add(
      { stream: 'temperature' },
      {
        onSnapshot: () => told.push(`${name} snapshot`),
        onChanges: readings =>
          told.push(`${name} ${readings.map(({ deviceId }) => deviceId)}`),
        onGap: reason => told.push(`${name} ${reason}`),
      },
    );
  return { subscriptions, told, add };
}

test('resumes each partition where it was read last', () => {
  const { subscriptions, add } = follow();
  const id = add('x');
  const frames: ServerFrame[] = [
    subscribed(id),
    snapshot({ '0': '5', '1': '7' }),
    changes({ '1': '9' }),
  ];
  for (const frame of frames) subscriptions.take(frame);
  expect(subscriptions.begin()).toEqual([
    {
      type: 'subscribe',
      id,
      stream: 'temperature',
      resumeFrom: { epoch: 'e', offsets: { '0': '5', '1': '9' } },
    },
  ]);
});

test('forgets its position at a gap', () => {
  const { subscriptions, told, add } = follow();
  const id = add('x');
  subscriptions.take(subscribed(id));
  subscriptions.take(snapshot({ '0': '5' }));
  subscriptions.take({
    type: 'gap',
    channel: 'c',
    sentAt,
    reason: 'position_too_old',
  });
  expect(told).toEqual(['x snapshot', 'x position_too_old']);
  expect(subscriptions.begin()).toEqual([
    { type: 'subscribe', id, stream: 'temperature' },
  ]);
});

test('what is followed twice is told to both, and what one resumes not to the other', () => {
  const { subscriptions, told, add } = follow();
  const first = add('x');
  const second = add('y');
  subscriptions.take(subscribed(first));
  subscriptions.take(snapshot({ '0': '9007199254740995' }));
  subscriptions.take(subscribed(second));
  subscriptions.take(changes({ '0': '9007199254740993' }, 'missed'));
  subscriptions.take(changes({ '0': '9007199254740996' }, 'new'));
  expect(told).toEqual(['x snapshot', 'y missed', 'x new', 'y new']);
});
