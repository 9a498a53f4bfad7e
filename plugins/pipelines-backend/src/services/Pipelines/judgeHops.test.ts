import { judgeHops } from './judgeHops';
import type { SeenHop } from './judgeHops';

const nowMs = 1_000_000;
const expectedMs = 60_000;

function hop(ageMs: number | null, overrides: Partial<SeenHop> = {}): SeenHop {
  return {
    kind: 'kafka-topic',
    name: 'readings',
    title: 'Readings',
    cluster: null,
    ratePerSecond: 1,
    newestAtMs: ageMs === null ? null : nowMs - ageMs,
    isKnown: true,
    detail: null,
    ...overrides,
  };
}

function states(...hops: SeenHop[]) {
  return judgeHops(hops, { nowMs, expectedMs }).hops.map(({ state }) => state);
}

describe('judgeHops', () => {
  it('flows where data arrived in time', () => {
    const result = judgeHops([hop(1_000), hop(2_000)], { nowMs, expectedMs });
    expect(result.hops.map(({ state }) => state)).toEqual([
      'flowing',
      'flowing',
    ]);
    expect(result.sentence).toBe('Data flows through every hop.');
  });

  it('stops at the first hop that does not receive the data of the one before', () => {
    const seen = [
      hop(1_000),
      hop(240_000, { kind: 'table', name: 'rows' }),
      hop(240_000),
    ];
    expect(states(...seen)).toEqual(['flowing', 'stopped', 'quiet']);
    expect(judgeHops(seen, { nowMs, expectedMs }).sentence).toBe(
      'Data stops at the table rows: last data 4 min ago.',
    );
  });

  it('is quiet when the devices are', () => {
    const seen = [
      hop(240_000, { kind: 'device', name: 'meters' }),
      hop(240_000),
    ];
    expect(states(...seen)).toEqual(['quiet', 'quiet']);
    expect(judgeHops(seen, { nowMs, expectedMs }).sentence).toBe(
      'No data from the devices meters: last data 4 min ago.',
    );
  });

  it('skips a hop that could not be queried', () => {
    expect(
      states(hop(1_000), hop(null, { isKnown: false }), hop(240_000)),
    ).toEqual(['flowing', 'unknown', 'stopped']);
  });

  it('does not blame a quiet hop for unknown hops before it', () => {
    const unknown = hop(null, { kind: 'device', isKnown: false });
    const quiet = hop(240_000, { kind: 'consumer-group', name: 'sink' });
    const sentence = (...seen: SeenHop[]) =>
      judgeHops(seen, { nowMs, expectedMs }).sentence;
    expect(sentence(unknown, quiet)).toBe(
      'No data at the consumer group sink: last data 4 min ago; the state of the devices is unknown.',
    );
    expect(sentence(unknown, quiet, hop(1_000, { kind: 'table' }))).toBe(
      'Data flows as far as known; the state of the devices is unknown.',
    );
  });

  it('trusts a group that is known to have stopped, and one that has read everything', () => {
    expect(states(hop(1_000), hop(1_000, { hasStopped: true }))).toEqual([
      'flowing',
      'stopped',
    ]);
    expect(states(hop(1_000), hop(240_000, { isIdle: true }))).toEqual([
      'flowing',
      'quiet',
    ]);
  });

  it('is merely quiet where infrequent data is on time', () => {
    const pausing = { ratePerSecond: 0 };
    const seen = [hop(40_000, pausing), hop(39_000, pausing)];
    const { hops, sentence } = judgeHops(seen, { nowMs, expectedMs });
    expect(hops.map(({ state }) => state)).toEqual(['quiet', 'quiet']);
    expect(sentence).toBe('Quiet: last data 39 s ago, expected every 1 min.');
    expect(states(hop(40_000, pausing), hop(240_000))).toEqual([
      'quiet',
      'stopped',
    ]);
    expect(
      judgeHops([hop(40_000, pausing), hop(1_000)], { nowMs, expectedMs })
        .sentence,
    ).toBe('Data flows through every hop.');
  });
});
