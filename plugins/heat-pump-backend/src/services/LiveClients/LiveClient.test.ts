import type { DeviceReading } from '@homelab/heat-pump';
import type { House } from '@homelab/plugin-heat-pump-common';
import { testMeter, testPump } from '../../test-readings';
import { batchMs, LiveClient, maxWaitingBytes } from './LiveClient';

const house: House = {
  sentAt: '2026-01-12T06:00:00.000Z',
  siteTimeZone: 'Europe/Stockholm',
  sources: {
    live: { ok: true, detail: '' },
    history: { ok: true, detail: '' },
  },
  meter: null,
  meters: [],
  heatPumps: [],
  rooms: [],
};

function createSink() {
  const listeners: Record<string, () => void> = {};
  const sink = {
    writableLength: 0,
    written: '',
    ended: false,
    write(chunk: string) {
      sink.written += chunk;
      return true;
    },
    end() {
      sink.ended = true;
    },
    on(event: string, listener: () => void) {
      listeners[event] = listener;
    },
  };
  return { sink, emit: (event: string) => listeners[event]?.() };
}

function createClient() {
  const { sink, emit } = createSink();
  const client = new LiveClient(sink, {
    house: () => house,
    sources: () => house.sources,
    sentAt: () => house.sentAt,
  });
  return { client, sink, emit };
}

const judged = {
  origin: 'live' as const,
  clockAhead: null,
  wholeFields: [],
  staleAfterMs: 90_000,
  offlineAfterMs: 600_000,
};

function reading(second: number, deviceId = 'pump-1'): DeviceReading {
  const timestamp = new Date(Date.UTC(2026, 0, 12, 6, 0, second)).toISOString();
  const { receivedAt, ...sourced } = testPump(timestamp, { deviceId });
  return { ...sourced, ...judged, asOf: receivedAt };
}

function meterReading(powerKw: number): DeviceReading {
  const { receivedAt, ...sourced } = testMeter('2026-01-12T06:00:00.000Z', {
    known: { power_kw: powerKw },
  });
  return { ...sourced, ...judged, asOf: receivedAt };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const events = (text: string) =>
  [...text.matchAll(/^event: (\w+)$/gm)].map(match => match[1]);

it('sends each reading of a heat pump to a browser that keeps up', () => {
  const { client, sink } = createClient();
  client.snapshot();
  for (const second of [1, 2]) {
    client.reading(reading(second));
    jest.advanceTimersByTime(batchMs);
  }
  expect(events(sink.written)).toEqual(['snapshot', 'reading', 'reading']);
});

it('sends readings that come together in one piece', () => {
  const { client, sink } = createClient();
  const write = jest.spyOn(sink, 'write');
  for (const deviceId of ['pump-1', 'pump-2']) {
    client.reading(reading(1, deviceId));
  }
  jest.advanceTimersByTime(batchMs);
  expect(events(sink.written)).toEqual(['reading', 'reading']);
  expect(write).toHaveBeenCalledTimes(1);
});

it('sends a fast meter once a second, with its newest reading, and delays no heat pump for it', () => {
  const { client, sink } = createClient();
  for (let step = 0; step < 90; step += 1) {
    client.reading(meterReading(step));
    jest.advanceTimersByTime(20);
  }
  expect(events(sink.written)).toHaveLength(2);
  client.reading(reading(1));
  jest.advanceTimersByTime(batchMs);
  expect(sink.written).toContain('pump-1');
  jest.advanceTimersByTime(1_000);
  expect(sink.written).toContain('"power_kw":89');
  expect(sink.written).not.toContain('"power_kw":88');
  expect(client.skipped()).toBe(0);
});

it('keeps only the newest reading of each device for a slow browser, and counts the skipped ones', () => {
  const { client, sink, emit } = createClient();
  sink.writableLength = maxWaitingBytes + 1;
  for (const second of [1, 2, 3]) client.reading(reading(second));
  client.reading(reading(1, 'pump-2'));
  jest.advanceTimersByTime(1_000);
  expect(sink.written).toBe('');
  sink.writableLength = 0;
  emit('drain');
  expect(events(sink.written)).toEqual(['reading', 'reading', 'status']);
  expect(sink.written).toContain('06:00:03.000Z');
  expect(sink.written).not.toContain('06:00:02.000Z');
  expect(sink.written).toContain('"skippedReadings":2');
});

it('sends no heartbeat into a full socket', () => {
  const { client, sink } = createClient();
  sink.writableLength = maxWaitingBytes + 1;
  client.heartbeat();
  expect(sink.written).toBe('');
});

it('writes nothing after the browser has left', () => {
  const { client, sink, emit } = createClient();
  emit('close');
  client.reading(reading(1));
  jest.advanceTimersByTime(1_000);
  client.close();
  expect(sink.written).toBe('');
  expect(sink.ended).toBe(false);
});
