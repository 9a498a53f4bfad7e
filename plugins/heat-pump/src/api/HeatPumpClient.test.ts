import { reasonOf } from '@homelab/portal-react';
import { testHeatPump, testHistory, testHouse } from '../test-house';
import type { Connection } from './HeatPumpApi';
import { HeatPumpClient } from './HeatPumpClient';

const encoder = new TextEncoder();
const event = (name: string, body: unknown) =>
  `event: ${name}\ndata: ${JSON.stringify(body)}\n\n`;

/** A stream that the test writes to and ends. */
function createStream() {
  let controller: ReadableStreamDefaultController | undefined;
  const body = new ReadableStream({
    start: given => {
      controller = given;
    },
  });
  return {
    response: new Response(body, {
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    }),
    write: (text: string) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
    break: () => controller?.error(new Error('reset by peer')),
  };
}

async function until(condition: () => boolean) {
  const deadlineMs = Date.now() + 4_000;
  while (!condition()) {
    if (Date.now() > deadlineMs)
      throw new Error('The condition did not come true.');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

function follow(answers: (() => Response)[]) {
  const asked: string[] = [];
  const fetchFake: typeof fetch = async input => {
    asked.push(String(input));
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer === undefined) throw new Error('no answer');
    return answer();
  };
  const client = new HeatPumpClient({ fetchApi: { fetch: fetchFake } });
  const seen = {
    asked,
    snapshots: 0,
    supplyTemps: [] as (number | null)[],
    connections: [] as Connection['state'][],
  };
  const stop = client.followHouse({
    onSnapshot: () => {
      seen.snapshots += 1;
    },
    onReading: reading => {
      if (reading.stream === 'heatpump') {
        seen.supplyTemps.push(reading.reading.supply_temp);
      }
    },
    onSources: () => {},
    onConnection: ({ state }) => seen.connections.push(state),
  });
  stops.push(stop);
  return { seen, stop };
}

const sentAt = new Date().toISOString();
const readingEvent = (supplyTemp: number) =>
  event('reading', {
    sentAt,
    deviceReading: testHeatPump({ known: { supply_temp: supplyTemp } }),
  });

it('reads events however the network cuts them, and heartbeats as nothing', async () => {
  const stream = createStream();
  const { seen } = follow([() => stream.response]);
  const text = `${event('snapshot', testHouse())}: heartbeat\n\n${readingEvent(43.5)}`;
  for (const part of text.match(/.{1,37}/gs) ?? []) stream.write(part);
  await until(() => seen.supplyTemps.length === 1);
  expect(seen.snapshots).toBe(1);
  expect(seen.supplyTemps).toEqual([43.5]);
  expect(seen.connections).toEqual(['connecting', 'open']);
});

it('connects again after an orderly end without calling the connection lost', async () => {
  const first = createStream();
  const second = createStream();
  const { seen } = follow([() => first.response, () => second.response]);
  first.end();
  await until(() => seen.asked.length === 2);
  expect(seen.connections).not.toContain('lost');
});

it('says that the connection is lost when it breaks, and open when it is back', async () => {
  const first = createStream();
  const second = createStream();
  const { seen } = follow([() => first.response, () => second.response]);
  await until(() => seen.connections.includes('open'));
  first.break();
  await until(
    () => seen.connections.at(-1) === 'open' && seen.asked.length === 2,
  );
  expect(seen.connections).toEqual(['connecting', 'open', 'lost', 'open']);
});

describe('as time passes', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('does not ask again when the user may not see it', async () => {
    const body = JSON.stringify({
      error: { name: 'NotAllowedError', message: 'no' },
    });
    const { seen } = follow([() => new Response(body, { status: 403 })]);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(seen.connections).toEqual(['connecting', 'refused']);
    expect(seen.asked).toHaveLength(1);
  });

  it('takes a connection for lost after 40 seconds without a sign of life', async () => {
    const stream = createStream();
    const { seen } = follow([() => stream.response]);
    await jest.advanceTimersByTimeAsync(39_000);
    expect(seen.connections).toEqual(['connecting', 'open']);
    await jest.advanceTimersByTimeAsync(1_500);
    expect(seen.connections).toContain('lost');
  });

  it('stays connected as long as heartbeats come', async () => {
    const stream = createStream();
    const { seen } = follow([() => stream.response]);
    for (let second = 0; second < 120; second += 15) {
      stream.write(': heartbeat\n\n');
      await jest.advanceTimersByTimeAsync(15_000);
    }
    expect(seen.connections).toEqual(['connecting', 'open']);
  });

  it('asks again ever more seldom while the portal is away', async () => {
    const { seen } = follow([() => new Response('', { status: 502 })]);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(seen.asked.length).toBeGreaterThan(5);
    expect(seen.asked.length).toBeLessThan(25);
  });
});

it('takes an answer that is no stream for a failure', async () => {
  const { seen } = follow([() => new Response('<html>', { status: 200 })]);
  await until(() => seen.connections.includes('lost'));
  expect(seen.connections).not.toContain('open');
});

it('asks no more once it is stopped', async () => {
  const stream = createStream();
  const { seen, stop } = follow([() => stream.response]);
  await until(() => seen.connections.includes('open'));
  stop();
  stream.write(readingEvent(1));
  await Promise.resolve();
  expect(seen.supplyTemps).toEqual([]);
  expect(seen.asked).toHaveLength(1);
});

it('asks for history by device, range and fields', async () => {
  let asked = '';
  const fetchFake: typeof fetch = async input => {
    asked = String(input);
    return new Response(JSON.stringify(testHistory()));
  };
  const client = new HeatPumpClient({ fetchApi: { fetch: fetchFake } });
  const history = await client.getHistory({
    stream: 'heatpump',
    deviceId: 'pump/1',
    from: new Date(0),
    to: new Date(60_000),
    maxPoints: 10,
    fields: ['supply_temp', 'return_temp'],
  });
  expect(history.series).toHaveLength(1);
  expect(asked).toContain('plugin://heat-pump/devices/pump%2F1/history?');
  expect(asked).toContain('fields=supply_temp%2Creturn_temp');
});

it('rejects with what the backend says', async () => {
  const body = JSON.stringify({
    error: { name: 'ServiceUnavailableError', message: 'The database rests.' },
    response: { statusCode: 503 },
  });
  const fetchFake: typeof fetch = async () =>
    new Response(body, {
      status: 503,
      headers: { 'content-type': 'application/json' },
    });
  const client = new HeatPumpClient({ fetchApi: { fetch: fetchFake } });
  const error: unknown = await client.getHouse().catch(thrown => thrown);
  expect(reasonOf(error)).toBe('The database rests.');
});
