import type { Target } from '../../config';
import { createHealthMonitor } from './HealthMonitor';
import type { ProbeResult } from './probe';

const target: Target = {
  name: 'sink',
  title: 'Sink',
  entityRef: 'component:default/sink',
  probe: { kind: 'tcp', host: 'localhost', port: 1 },
  intervalMs: 5000,
  timeoutMs: 50,
};

const well: ProbeResult = {
  state: 'ok',
  detail: null,
  dependencies: [],
  answered: true,
};
const dead: ProbeResult = {
  state: 'down',
  detail: 'nothing listens there',
  dependencies: [],
  answered: false,
};

function setUp(results: ProbeResult[]) {
  let nowMs = Date.parse('2026-01-12T06:00:00.000Z');
  const monitor = createHealthMonitor({
    targets: [target],
    now: () => new Date(nowMs),
    probe: async () => {
      nowMs += 7;
      return results.shift() ?? well;
    },
  });
  const check = async (afterMs: number) => {
    nowMs += afterMs;
    await monitor.check(target);
    return monitor.snapshot()[0];
  };
  return { monitor, check };
}

it('reports every target as unknown before the first probe', () => {
  const { monitor } = setUp([]);
  expect(monitor.snapshot()).toEqual([
    {
      name: 'sink',
      title: 'Sink',
      entityRef: 'component:default/sink',
      state: 'unknown',
      since: null,
      checkedAt: null,
      latencyMs: null,
      detail: null,
      dependencies: [],
      intervalMs: 5000,
    },
  ]);
});

it('keeps the time of the last state change while probes agree', async () => {
  const { check } = setUp([well, well, dead]);
  expect(await check(0)).toMatchObject({
    state: 'ok',
    since: '2026-01-12T06:00:00.007Z',
    latencyMs: 7,
  });
  expect(await check(5000)).toMatchObject({
    since: '2026-01-12T06:00:00.007Z',
    checkedAt: '2026-01-12T06:00:05.014Z',
  });
  expect(await check(5000)).toMatchObject({
    state: 'down',
    since: '2026-01-12T06:00:10.021Z',
    latencyMs: null,
    detail: 'nothing listens there',
  });
});

it('aborts a probe after the timeout of its target', async () => {
  let reason: unknown;
  const monitor = createHealthMonitor({
    targets: [target],
    now: () => new Date(),
    probe: (_probe, signal) =>
      new Promise(resolve => {
        signal.addEventListener('abort', () => {
          reason = signal.reason;
          resolve(dead);
        });
      }),
  });
  await monitor.check(target);
  expect(reason).toMatchObject({ name: 'TimeoutError' });
  expect(monitor.snapshot()[0]?.state).toBe('down');
});

it('ignores a probe that shutdown has aborted', async () => {
  const stopped = new AbortController();
  const monitor = createHealthMonitor({
    targets: [target],
    now: () => new Date(),
    probe: async () => {
      stopped.abort();
      return dead;
    },
  });
  await monitor.check(target, stopped.signal);
  expect(monitor.snapshot()[0]?.state).toBe('unknown');
});
