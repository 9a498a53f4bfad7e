import { describeHealth } from './sentence';
import type { TargetHealth } from './targets';
import { worstFirst } from './targets';

function target(overrides: Partial<TargetHealth>): TargetHealth {
  return {
    name: 'sink',
    title: 'Sink',
    state: 'ok',
    since: '2026-01-12T06:00:00.000Z',
    checkedAt: '2026-01-12T06:31:00.000Z',
    latencyMs: 3,
    detail: null,
    dependencies: [],
    intervalMs: 5000,
    ...overrides,
  };
}

describe('describeHealth', () => {
  it('says that everything is running only if every target is ok', () => {
    expect(describeHealth([target({}), target({ name: 'b' })])).toEqual({
      state: 'ok',
      text: 'Everything is running',
    });
  });

  it('says that nothing is monitored without targets', () => {
    expect(describeHealth([])).toEqual({
      state: 'unknown',
      text: 'Nothing is being monitored yet',
    });
  });

  it('names what the worst target is waiting for, without details', () => {
    const sick = target({
      state: 'not-ready',
      dependencies: [
        { name: 'kafka', ok: true },
        { name: 'timescale', ok: false, detail: 'connect ECONNREFUSED' },
        { name: 'mqtt', ok: false },
      ],
    });
    expect(describeHealth([target({ name: 'a' }), sick])).toEqual({
      state: 'not-ready',
      text: 'Sink is waiting for TimescaleDB and MQTT',
    });
  });

  it.each([
    ['it answered HTTP 500', 'Sink is not ready: it answered HTTP 500'],
    [null, 'Sink is not ready'],
  ])('describes a target that reports no dependencies (%s)', (detail, text) => {
    expect(describeHealth([target({ state: 'not-ready', detail })]).text).toBe(
      text,
    );
  });

  it('names a target that is down before one that is not ready, and counts the others', () => {
    const targets = [
      target({
        name: 'a',
        title: 'A',
        state: 'not-ready',
        detail: 'it answered HTTP 500',
      }),
      target({ name: 'b', title: 'B', state: 'down' }),
      target({ name: 'c', title: 'C', state: 'down' }),
    ];
    expect(describeHealth(targets)).toEqual({
      state: 'down',
      text: 'B is down, and 2 more have problems',
    });
  });

  it.each([
    [1, 'Waiting for the first answer of 1 of 2 targets'],
    [2, 'Waiting for the first answers'],
  ])('never claims health for %i unprobed targets of 2', (count, text) => {
    const targets = [0, 1].map(index =>
      target({ name: `t${index}`, state: index < count ? 'unknown' : 'ok' }),
    );
    expect(describeHealth(targets)).toEqual({ state: 'unknown', text });
  });
});

it('sorts worst first and keeps the configured order among equals', () => {
  const states = ['ok', 'down', 'unknown', 'not-ready', 'down'] as const;
  const targets = states.map((state, index) =>
    target({ name: `t${index}`, state }),
  );
  expect(worstFirst(targets).map(({ name }) => name)).toEqual([
    't1',
    't4',
    't3',
    't2',
    't0',
  ]);
});
