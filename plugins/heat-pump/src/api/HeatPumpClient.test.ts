import { reasonOf } from '@homelab/portal-react';
import {
  testHeatPump,
  testHistory,
  testHouse,
} from '@homelab/plugin-heat-pump-react/testing';
import type { Connection } from '@homelab/plugin-heat-pump-react';
import { HeatPumpClient } from './HeatPumpClient';

const encoder = new TextEncoder();
const event = (name: string, body: unknown) =>
  `event: ${name}\ndata: ${JSON.stringify(body)}\n\n`;

/** A stream that the test writes to and ends. */
function createStream() {
  let controller: ReadableStreamDefaultController | undefined;
  let cancelled = false;
  const body = new ReadableStream({
    start: given => {
      controller = given;
    },
    cancel: () => {
      cancelled = true;
    },
  });
  return {
    response: new Response(body, {
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
    }),
    write: (text: string) => controller?.enqueue(encoder.encode(text)),
    end: () => controller?.close(),
    break: () => controller?.error(new Error('reset by peer')),
    isCancelled: () => cancelled,
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

/** Whether the page is seen, as the test says. */
function createPage(hidden: boolean) {
  const page = Object.assign(new EventTarget(), { hidden });
  return {
    visibility: page,
    show(isSeen: boolean) {
      page.hidden = !isSeen;
      page.dispatchEvent(new Event('visibilitychange'));
    },
  };
}

function follow(answers: (() => Response)[], hidden = false) {
  const page = createPage(hidden);
  const asked: string[] = [];
  const fetchFake: typeof fetch = async input => {
    asked.push(String(input));
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer === undefined) throw new Error('no answer');
    return answer();
  };
  const client = new HeatPumpClient({
    fetchApi: { fetch: fetchFake },
    visibility: page.visibility,
  });
  const seen = {
    asked,
    snapshots: 0,
    supplyTemps: [] as (number | null)[],
    connections: [] as Connection['state'][],
    reasons: [] as string[],
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
    onConnection: connection => {
      seen.connections.push(connection.state);
      if ('error' in connection) seen.reasons.push(reasonOf(connection.error));
    },
  });
  stops.push(stop);
  return { seen, stop, page };
}

const sentAt = new Date().toISOString();
const readingEvent = (supplyTemp: number) =>
  event('reading', {
    sentAt,
    deviceReading: testHeatPump({ known: { supply_temp: supplyTemp } }),
  });

it('parses events however the network splits them, and ignores heartbeats', async () => {
  const stream = createStream();
  const { seen } = follow([() => stream.response]);
  const text = `${event('snapshot', testHouse())}: heartbeat\n\n${readingEvent(43.5)}`;
  for (const part of text.match(/.{1,37}/gs) ?? []) stream.write(part);
  await until(() => seen.supplyTemps.length === 1);
  expect(seen.snapshots).toBe(1);
  expect(seen.supplyTemps).toEqual([43.5]);
  expect(seen.connections).toEqual(['connecting', 'open']);
});

describe('as time passes', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());
  const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
  const snapshot = () => event('snapshot', testHouse());

  /** More than these in two minutes would be a burden to a portal in trouble. */
  const expectSeldom = (asked: readonly string[]) => {
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThan(25);
  };

  it('reconnects after an orderly end without calling the connection lost', async () => {
    const first = createStream();
    const second = createStream();
    const { seen } = follow([() => first.response, () => second.response]);
    first.write(snapshot());
    await pass(20_000);
    first.end();
    await pass(600);
    expect(seen.asked).toHaveLength(2);
    expect(seen.connections).toEqual(['connecting', 'open']);
  });

  it('reports a broken connection as lost, and as open once it is back', async () => {
    const first = createStream();
    const second = createStream();
    const { seen } = follow([() => first.response, () => second.response]);
    first.write(snapshot());
    await pass(20_000);
    first.break();
    await pass(600);
    second.write(snapshot());
    await pass(0);
    expect(seen.asked).toHaveLength(2);
    expect(seen.connections).toEqual(['connecting', 'open', 'lost', 'open']);
  });

  it.each([
    [
      'ends at once',
      () => {
        const stream = createStream();
        stream.end();
        return stream.response;
      },
      /ended the live stream before its first event/,
    ],
    [
      'is not an event stream',
      () =>
        new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      /answered with text\/html instead of a live stream/,
    ],
    [
      'has a different version',
      () => {
        const stream = createStream();
        stream.write(event('snapshot', { rooms: 'many' }));
        return stream.response;
      },
      /different version/,
    ],
    [
      'comes from a proxy whose backend is down',
      () => new Response('', { status: 502 }),
      /502/,
    ],
    [
      'says that the token is not valid',
      () => new Response('', { status: 401 }),
      /401/,
    ],
  ])('backs off from a stream that %s', async (_, answer, reason) => {
    const { seen } = follow([answer]);
    await pass(120_000);
    expectSeldom(seen.asked);
    expect(new Set(seen.connections)).toEqual(new Set(['connecting', 'lost']));
    expect(seen.reasons.at(-1)).toMatch(reason);
  });

  it('backs off from a stream that ends after each snapshot', async () => {
    const { seen } = follow([
      () => {
        const stream = createStream();
        stream.write(snapshot());
        stream.end();
        return stream.response;
      },
    ]);
    await pass(120_000);
    expectSeldom(seen.asked);
    expect(seen.snapshots).toBe(seen.asked.length);
  });

  it('starts with short waits again after a stable connection', async () => {
    const held = createStream();
    let isAway = true;
    const { seen } = follow([
      () => (isAway ? new Response('', { status: 502 }) : held.response),
    ]);
    await pass(60_000);
    isAway = false;
    await pass(15_000);
    held.write(snapshot());
    await pass(20_000);
    const before = seen.asked.length;
    isAway = true;
    held.break();
    await pass(600);
    expect(seen.asked).toHaveLength(before + 1);
  });

  it('does not retry when the user has no permission', async () => {
    const body = JSON.stringify({
      error: { name: 'NotAllowedError', message: 'no' },
    });
    const { seen } = follow([() => new Response(body, { status: 403 })]);
    await pass(120_000);
    expect(seen.connections).toEqual(['connecting', 'refused']);
    expect(seen.asked).toHaveLength(1);
  });

  it('considers a connection lost after 40 seconds of silence', async () => {
    const stream = createStream();
    const { seen } = follow([
      () => stream.response,
      () => createStream().response,
    ]);
    stream.write(snapshot());
    await pass(39_000);
    expect(seen.connections).toEqual(['connecting', 'open']);
    await pass(1_500);
    expect(seen.connections).toContain('lost');
    expect(seen.reasons.at(-1)).toMatch(/40 seconds/);
  });

  it('stays connected as long as heartbeats arrive', async () => {
    const stream = createStream();
    const { seen } = follow([() => stream.response]);
    stream.write(snapshot());
    for (let second = 0; second < 120; second += 15) {
      stream.write(': heartbeat\n\n');
      await pass(15_000);
    }
    expect(seen.connections).toEqual(['connecting', 'open']);
  });

  it('disconnects a hidden page, and connects once when it becomes visible', async () => {
    const streams = [createStream(), createStream()];
    const { seen, page } = follow(streams.map(one => () => one.response));
    streams[0]?.write(snapshot());
    await pass(1_000);
    page.show(false);
    await pass(10 * 60_000);
    expect(seen.asked).toHaveLength(1);
    expect(streams[0]?.isCancelled()).toBe(true);
    page.show(true);
    streams[1]?.write(snapshot());
    await pass(60);
    expect(seen.asked).toHaveLength(2);
    expect(seen.snapshots).toBe(2);
    expect(seen.connections).not.toContain('lost');
  });

  it('sends no request on a page that opens hidden', async () => {
    const { seen, page } = follow([() => createStream().response], true);
    await pass(60_000);
    expect(seen.asked).toEqual([]);
    page.show(true);
    await pass(0);
    expect(seen.asked).toHaveLength(1);
  });
});

it('sends no requests after it is stopped', async () => {
  const stream = createStream();
  const { seen, stop } = follow([() => stream.response]);
  stream.write(event('snapshot', testHouse()));
  await until(() => seen.connections.includes('open'));
  stop();
  await until(stream.isCancelled);
  expect(seen.asked).toHaveLength(1);
  expect(seen.connections).toEqual(['connecting', 'open']);
});

it('requests history by device, range and fields', async () => {
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

it('rejects with the message of the backend', async () => {
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
