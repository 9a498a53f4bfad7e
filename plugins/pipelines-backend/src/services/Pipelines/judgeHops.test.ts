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
  it('flows where something came in time', () => {
    const result = judgeHops([hop(1_000), hop(2_000)], { nowMs, expectedMs });
    expect(result.hops.map(({ state }) => state)).toEqual([
      'flowing',
      'flowing',
    ]);
    expect(result.sentence).toBe('Readings flow through every hop.');
  });

  it('stops at the first hop that does not get what the one before has', () => {
    const seen = [
      hop(1_000),
      hop(240_000, { kind: 'table', name: 'rows' }),
      hop(240_000),
    ];
    expect(states(...seen)).toEqual(['flowing', 'stopped', 'quiet']);
    expect(judgeHops(seen, { nowMs, expectedMs }).sentence).toBe(
      'It stops at the table rows: the last was seen 4 min ago.',
    );
  });

  it('is quiet when the devices are', () => {
    const seen = [
      hop(240_000, { kind: 'device', name: 'meters' }),
      hop(240_000),
    ];
    expect(states(...seen)).toEqual(['quiet', 'quiet']);
    expect(judgeHops(seen, { nowMs, expectedMs }).sentence).toBe(
      'Nothing comes from the devices meters: the last was seen 4 min ago.',
    );
  });

  it('looks past a hop that could not be asked', () => {
    expect(
      states(hop(1_000), hop(null, { isKnown: false }), hop(240_000)),
    ).toEqual(['flowing', 'unknown', 'stopped']);
  });

  it('does not blame a quiet hop for what could not be asked before it', () => {
    const unknown = hop(null, { kind: 'device', isKnown: false });
    const quiet = hop(240_000, { kind: 'consumer-group', name: 'sink' });
    const sentence = (...seen: SeenHop[]) =>
      judgeHops(seen, { nowMs, expectedMs }).sentence;
    expect(sentence(unknown, quiet)).toBe(
      'Nothing comes to the consumer group sink: the last was seen 4 min ago; nothing is known of the devices.',
    );
    expect(sentence(unknown, quiet, hop(1_000, { kind: 'table' }))).toBe(
      'Readings flow as far as is known; nothing is known of the devices.',
    );
  });

  it('believes a group that is known to stand still, and one that has read all', () => {
    expect(states(hop(1_000), hop(1_000, { hasStopped: true }))).toEqual([
      'flowing',
      'stopped',
    ]);
    expect(states(hop(1_000), hop(240_000, { isIdle: true }))).toEqual([
      'flowing',
      'quiet',
    ]);
  });

  it('says quiet, and nothing worse, where what comes seldom is on time', () => {
    const pausing = { ratePerSecond: 0 };
    const seen = [hop(40_000, pausing), hop(39_000, pausing)];
    const { hops, sentence } = judgeHops(seen, { nowMs, expectedMs });
    expect(hops.map(({ state }) => state)).toEqual(['quiet', 'quiet']);
    expect(sentence).toBe(
      'Quiet: the last was seen 39 s ago, and one is due every 1 min.',
    );
    expect(states(hop(40_000, pausing), hop(240_000))).toEqual([
      'quiet',
      'stopped',
    ]);
    expect(
      judgeHops([hop(40_000, pausing), hop(1_000)], { nowMs, expectedMs })
        .sentence,
    ).toBe('Readings flow through every hop.');
  });
});
