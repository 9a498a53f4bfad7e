import type { DeviceReading } from '@homelab/heat-pump';
import type { House } from '@homelab/plugin-heat-pump-common';
import { testPump } from '../../test-readings';
import { LiveClient, maxWaitingBytes } from './LiveClient';

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

function reading(second: number, deviceId = 'pump-1'): DeviceReading {
  const timestamp = new Date(Date.UTC(2026, 0, 12, 6, 0, second)).toISOString();
  const { receivedAt, ...sourced } = testPump(timestamp, { deviceId });
  return {
    ...sourced,
    origin: 'live',
    asOf: receivedAt,
    clockAhead: null,
    wholeFields: [],
    staleAfterMs: 90_000,
    offlineAfterMs: 600_000,
  };
}

const events = (text: string) =>
  [...text.matchAll(/^event: (\w+)$/gm)].map(match => match[1]);

it('sends each reading to a browser that keeps up', () => {
  const { client, sink } = createClient();
  client.snapshot();
  client.reading(reading(1));
  client.reading(reading(2));
  expect(events(sink.written)).toEqual(['snapshot', 'reading', 'reading']);
});

it('keeps only the newest reading of each device for a slow browser, and counts the skipped ones', () => {
  const { client, sink, emit } = createClient();
  sink.writableLength = maxWaitingBytes + 1;
  for (const second of [1, 2, 3]) client.reading(reading(second));
  client.reading(reading(1, 'pump-2'));
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
  client.close();
  expect(sink.written).toBe('');
  expect(sink.ended).toBe(false);
});
