import { createLogLimiter, createRegistry } from '@homelab/service-kit';
import { createMemoryLog } from '@homelab/test-kit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeviceMessage } from './device-message.ts';
import type { AckTarget } from './delivery.ts';
import { createBridgeMetrics } from './metrics.ts';
import type { MqttConnectionEvents } from './mqtt-connection.ts';
import { createMqttSource } from './mqtt-source.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-01-12T06:31:10Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const options = {
  url: 'mqtt://127.0.0.1:1883',
  username: 'bridge',
  password: 'secret',
  clientId: 'bridge-1',
  filters: ['a/#'],
  receiveMaximum: 10,
  maxPacketBytes: 1000,
  sessionExpiryS: 3600,
  keepAliveS: 60,
  connectTimeoutMs: 1000,
  isRetiring: false,
};

/** A source over connections that the test drives. */
function setUp() {
  const connections: { events: MqttConnectionEvents; calls: string[] }[] = [];
  const accepted: {
    message: DeviceMessage;
    target: AckTarget;
    id: number | undefined;
  }[] = [];
  const waits: number[] = [];
  const registry = createRegistry('bridge');
  const gauges = () => ({
    connected: false,
    intakePaused: false,
    pendingCount: 0,
    pendingBytes: 0,
    oldestReceivedAtMs: undefined,
  });
  const intake = {
    full: false,
    accept(message: DeviceMessage, target: AckTarget, id: number | undefined) {
      accepted.push({ message, target, id });
    },
    isFull: () => intake.full,
    pendingCount: 0,
    get emptySinceMs() {
      return Date.now();
    },
  };
  let nextMs = 500;
  const source = createMqttSource({
    open: (_, events) => {
      const calls: string[] = [];
      connections.push({ events, calls });
      return {
        acknowledge: () => true,
        pause: () => calls.push('pause'),
        resume: () => calls.push('resume'),
        unsubscribe: async () => void calls.push('unsubscribe'),
        ping: async () => void calls.push('ping'),
        endSession: async () => void calls.push('end session'),
        close: async () => void calls.push('close'),
      };
    },
    options,
    intake,
    backoff: {
      nextMs() {
        waits.push(nextMs);
        nextMs *= 2;
        return waits.at(-1) ?? 0;
      },
      reset() {
        nextMs = 500;
      },
    },
    metrics: createBridgeMetrics(registry, gauges),
    logger: createMemoryLog().logger,
    logLimiter: createLogLimiter(),
  });
  const latest = () => {
    const connection = connections.at(-1);
    if (connection === undefined) throw new Error('Nothing was opened.');
    return connection;
  };
  return { source, connections, latest, accepted, waits, intake, registry };
}

const message = {
  mqttTopic: 'a/b',
  payload: Buffer.from('{}'),
  retained: false,
  messageId: 1,
};

test('reconnects after every cut, waiting longer each time until a connection lasts', () => {
  const { source, connections, latest, waits } = setUp();
  source.start();
  latest().events.onDown('refused');
  expect(source.state()).toEqual({ ok: false, detail: 'refused' });
  vi.advanceTimersByTime(499);
  expect(connections).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(connections).toHaveLength(2);
  latest().events.onUp(false);
  expect(source.state()).toEqual({ ok: true });
  latest().events.onDown('taken over');
  vi.advanceTimersByTime(1000);
  latest().events.onUp(true);
  vi.advanceTimersByTime(10_000);
  latest().events.onDown('cut');
  expect(waits).toEqual([500, 1000, 500]);
});

test('passes on each message with the connection it came from', () => {
  const { source, latest, accepted } = setUp();
  source.start();
  latest().events.onUp(false);
  latest().events.onMessage(message);
  latest().events.onDown('cut');
  vi.advanceTimersByTime(500);
  latest().events.onUp(true);
  latest().events.onMessage(message);
  expect(accepted).toHaveLength(2);
  expect(accepted[0]?.target).not.toBe(accepted[1]?.target);
  expect(accepted[0]?.message.waitedSinceMs).toBeUndefined();
  expect(accepted[1]?.message.waitedSinceMs).toBe(
    Date.parse('2026-01-12T06:31:10Z'),
  );
});

test('pauses when the intake is full, also on the next connection, and resumes when there is room', () => {
  const { source, latest, intake } = setUp();
  source.start();
  latest().events.onUp(false);
  latest().events.onMessage(message);
  expect(latest().calls).toEqual([]);
  intake.full = true;
  latest().events.onMessage(message);
  expect(latest().calls).toEqual(['pause']);
  latest().events.onDown('cut');
  vi.advanceTimersByTime(500);
  expect(latest().calls).toEqual(['pause']);
  source.resume();
  expect(latest().calls).toEqual(['pause', 'resume']);
  source.closeIntake();
  source.resume();
  expect(latest().calls).toEqual(['pause', 'resume', 'pause']);
});

test('counts a session the broker has lost, and filters it refused', async () => {
  const { source, latest, registry } = setUp();
  source.start();
  latest().events.onUp(false);
  latest().events.onSubscribed(['a/#']);
  expect(source.state()).toEqual({
    ok: false,
    detail: 'not subscribed to a/#',
  });
  latest().events.onDown('cut');
  vi.advanceTimersByTime(500);
  latest().events.onUp(false);
  latest().events.onSubscribed([]);
  expect(source.state()).toEqual({ ok: true });
  latest().events.onDown('cut');
  vi.advanceTimersByTime(1000);
  latest().events.onUp(true);
  const text = await registry.metrics();
  expect(text).toContain('homelab_bridge_mqtt_sessions_lost_total 1');
  expect(text).toContain('homelab_bridge_mqtt_connections_total 3');
  expect(text).toContain('homelab_bridge_mqtt_subscriptions_refused_total 1');
});

test('opens no connection once stopped', async () => {
  const { source, connections, latest } = setUp();
  source.start();
  latest().events.onDown('refused');
  await source.stop();
  vi.advanceTimersByTime(60_000);
  expect(connections).toHaveLength(1);
});
