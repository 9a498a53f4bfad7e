import { logLevel } from '@homelab/kafkajs';
import { expect, test } from 'vitest';
import { createKafkajsLog } from './client-log.ts';

function capture() {
  let nowMs = 0;
  const lines: { level: string; fields: object }[] = [];
  const at = (level: string) => (fields: object) =>
    void lines.push({ level, fields });
  const log = createKafkajsLog(
    {
      debug: at('debug'),
      info: at('info'),
      warn: at('warn'),
      error: at('error'),
    },
    () => nowMs,
  )(logLevel.INFO);
  return {
    lines,
    levels: () => lines.map(({ level }) => level),
    advance: (ms: number) => {
      nowMs += ms;
    },
    write: (level: logLevel, message: string, extra: object = {}) =>
      log({
        namespace: 'Connection',
        level,
        label: 'x',
        log: { timestamp: '', message, ...extra },
      }),
  };
}

test('a kafkajs error is logged as a warning, once a minute, with the number suppressed', () => {
  const { lines, levels, write, advance } = capture();
  for (let port = 1; port <= 3; port += 1) {
    write(logLevel.ERROR, `Connection error: refused ${port}`, {
      broker: 'a:1',
      stack: 's',
    });
  }
  expect(levels()).toEqual(['warn']);
  expect(lines[0]?.fields).toEqual({
    event: 'kafka-client',
    namespace: 'Connection',
    detail: 'Connection error: refused 1',
    broker: 'a:1',
    suppressed: 0,
  });
  advance(60_000);
  write(logLevel.ERROR, 'Connection error: refused 4');
  expect(lines[1]?.fields).toMatchObject({ suppressed: 2 });
});

test('a failed batch is logged with its reason', () => {
  const { lines, write } = capture();
  write(logLevel.ERROR, 'Error when calling eachBatch', {
    topic: 'energy',
    partition: 0,
    error: Object.assign(new Error('the database is away'), {
      retriable: true,
    }),
  });
  expect(lines[0]?.fields).toMatchObject({
    topic: 'energy',
    partition: 0,
    error: 'the database is away',
  });
});

test('a loading coordinator is not logged until it has lasted 10 seconds', () => {
  const { levels, write, advance } = capture();
  const message =
    'The coordinator is loading and hence can not process requests';
  write(logLevel.ERROR, message);
  advance(6_000);
  write(logLevel.ERROR, message);
  expect(levels()).toEqual(['debug', 'debug']);
  advance(6_000);
  write(logLevel.ERROR, message);
  expect(levels().at(-1)).toBe('warn');
});

test('the reason given with a refused request counts too', () => {
  const { levels, write } = capture();
  write(logLevel.ERROR, 'Response InitProducerId(key: 22, version: 1)', {
    error: 'The coordinator is loading',
  });
  write(logLevel.ERROR, 'Response Produce(key: 0, version: 7)', {
    error: 'disk full',
  });
  expect(levels()).toEqual(['debug', 'warn']);
});

test('a transient state that returns much later gets its full grace period again', () => {
  const { levels, write, advance } = capture();
  write(logLevel.ERROR, 'The group is rebalancing');
  advance(3_600_000);
  write(logLevel.ERROR, 'The group is rebalancing');
  expect(levels()).toEqual(['debug', 'debug']);
});

test('routine kafkajs messages are logged at debug level', () => {
  const { levels, write } = capture();
  write(logLevel.INFO, 'Stopped');
  expect(levels()).toEqual(['debug']);
});

test('the warning about limited retries is left out', () => {
  const { levels, write } = capture();
  write(
    logLevel.WARN,
    'Limiting retries for the idempotent producer may invalidate EoS guarantees',
  );
  expect(levels()).toEqual([]);
});
