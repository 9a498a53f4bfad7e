import { groupOf, partitionAt, snapshotAt } from './test-snapshots';
import { LagMemory } from './LagMemory';
import recorded from './recorded-offsets.json';

/*
 * Offsets of a real Kafka, recorded with `yarn record-offsets`: records came in rests, trickles,
 * streams and bursts, and a group read them steadily, so that it fell behind and caught up. Each
 * record's own time is the truth that the estimate is held against.
 */
const { pollIntervalMs, recordAtMs, polls } = recorded;

/** Estimates at each poll, and how far they are from the truth. */
function replay(memory: LagMemory, from = 0) {
  return polls.slice(from).flatMap(({ atMs, committed, end }) => {
    const offset = BigInt(committed);
    const high = BigInt(end);
    memory.observe(
      snapshotAt(
        atMs,
        [partitionAt(high)],
        [groupOf([{ topic: 'readings', partition: 0, offset }])],
      ),
    );
    const { ring } = memory.partition('readings', 0);
    const timeLag = ring.timeLag(offset, atMs);
    if (offset >= high) {
      expect(timeLag).toEqual({ kind: 'caught-up', ms: 0 });
      return [];
    }
    const truthMs = atMs - recordAtMs[Number(offset)];
    return [{ timeLag, truthMs }];
  });
}

const limits = { minSamples: 10 };

describe('time lag on a replay of recorded offsets', () => {
  it('is within one poll interval of the truth', () => {
    const seen = replay(new LagMemory(limits));
    const estimated = seen.filter(
      ({ timeLag }) => timeLag.kind === 'estimated',
    );
    // Enough of it, and old enough, to be worth the name.
    expect(estimated.length).toBeGreaterThan(40);
    expect(Math.max(...estimated.map(one => one.truthMs))).toBeGreaterThan(
      10 * pollIntervalMs,
    );
    for (const { timeLag, truthMs } of estimated)
      expect(Math.abs((timeLag.ms ?? NaN) - truthMs)).toBeLessThanOrEqual(
        // Polls are not on the dot: the longest time between two of them counts.
        longestPollMs(),
      );
  });

  it('gives a lower bound when it starts with the group far behind', () => {
    const seen = replay(new LagMemory(limits), indexOfGreatestLag());
    const bounds = seen.filter(({ timeLag }) => timeLag.kind === 'at-least');
    expect(bounds.length).toBeGreaterThan(0);
    for (const { timeLag, truthMs } of bounds)
      expect(timeLag.ms).toBeLessThanOrEqual(truthMs + longestPollMs());
  });

  it('is the same after a restart, from stored polls', () => {
    const middle = Math.floor(polls.length / 2);
    const restarted = new LagMemory(limits);
    restarted.replay(
      polls.slice(0, middle).map(({ atMs, end }) => ({
        topic: 'readings',
        atMs,
        ends: [BigInt(end)],
      })),
      [],
    );
    const whole = replay(new LagMemory(limits));
    const after = replay(restarted, middle);
    expect(after).toEqual(whole.slice(-after.length));
  });
});

/** Of the first half, so that polls follow. */
function indexOfGreatestLag(): number {
  const lags = polls
    .slice(0, polls.length / 2)
    .map(({ committed, end }) => Number(end) - Number(committed));
  return lags.indexOf(Math.max(...lags));
}

function longestPollMs(): number {
  return polls
    .slice(1)
    .reduce(
      (longest, { atMs }, index) => Math.max(longest, atMs - polls[index].atMs),
      pollIntervalMs,
    );
}
