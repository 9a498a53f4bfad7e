import { LagMemory } from './LagMemory';
import { partitionAt, snapshotAt } from './test-snapshots';

/** Remembers so many polls of a topic of so many partitions, each of which grows at each poll. */
function remember(partitions: number, polls: number): LagMemory {
  const memory = new LagMemory({ minSamples: 3 });
  for (let poll = 1; poll <= polls; poll += 1)
    memory.observe(
      snapshotAt(
        poll * 1_000,
        Array.from({ length: partitions }, (_, partition) =>
          partitionAt(BigInt(poll * 10), { partition }),
        ),
        [],
      ),
    );
  return memory;
}

it('remembers less of each partition the more there are, to bound the total', () => {
  expect(remember(1, 1_500).partition('readings', 0).ring.size).toBeGreaterThan(
    500,
  );
  const { ring } = remember(10_000, 150).partition('readings', 9_999);
  expect(ring.size).toBeLessThanOrEqual(100);
  // What is recent stays exact.
  expect(ring.timeLag(1_495n, 150_000)).toEqual({ kind: 'estimated', ms: 500 });
});
