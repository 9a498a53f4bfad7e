import { EndRing } from './EndRing';

const second = 1_000;

function ringOf(...points: readonly (readonly [bigint, number])[]): EndRing {
  const ring = new EndRing();
  for (const [end, atSeconds] of points) ring.observe(end, atSeconds * second);
  return ring;
}

describe('EndRing', () => {
  it('knows only a caught-up reader from a single point', () => {
    const ring = ringOf([100n, 10]);
    expect(ring.timeLag(50n, 20 * second)).toEqual({
      kind: 'unknown',
      ms: null,
    });
    expect(ring.timeLag(100n, 20 * second)).toEqual({
      kind: 'caught-up',
      ms: 0,
    });
  });

  it('interpolates arrivals between two polls', () => {
    const ring = ringOf([100n, 10], [200n, 20]);
    expect(ring.timeLag(150n, 25 * second)).toEqual({
      kind: 'estimated',
      ms: 10 * second,
    });
  });

  it('uses the end of a quiet period, because the record arrived after it', () => {
    const ring = ringOf([100n, 10], [100n, 20], [100n, 30], [110n, 40]);
    expect(ring.timeLag(100n, 45 * second).ms).toBe(15 * second);
  });

  it('never extrapolates to before its first point', () => {
    const ring = ringOf([100n, 10], [200n, 20]);
    expect(ring.timeLag(5n, 30 * second)).toEqual({
      kind: 'at-least',
      ms: 20 * second,
    });
  });

  it('ignores an older time and starts over when the end falls', () => {
    const ring = ringOf([100n, 10], [200n, 20], [150n, 15]);
    expect(ring.timeLag(150n, 25 * second).ms).toBe(10 * second);
    ring.observe(5n, 30 * second);
    expect(ring.timeLag(3n, 40 * second).kind).toBe('unknown');
    expect(ring.movedAtMs).toBeUndefined();
  });

  it('knows when the end last moved', () => {
    expect(ringOf([1n, 10], [2n, 20], [2n, 30]).movedAtMs).toBe(20 * second);
  });

  it('keeps recent points when it thins out older ones', () => {
    const ring = new EndRing();
    for (let at = 1; at <= 5_000; at += 1)
      ring.observe(BigInt(at * 10), at * second);
    expect(ring.timeLag(49_905n, 5_000 * second).ms).toBe(9.5 * second);
    // Steady growth stays a line, however few points are left of it.
    expect(ring.timeLag(10_000n, 5_000 * second).ms).toBe(4_000 * second);
  });

  it('keeps every digit of offsets too large for a number', () => {
    const base = 9_000_000_000_000_000_000n;
    const ring = ringOf([base, 10], [base + 10n, 20]);
    expect(ring.timeLag(base + 5n, 20 * second).ms).toBe(5 * second);
  });
});
