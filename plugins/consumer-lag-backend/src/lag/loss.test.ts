import { LagMemory } from './LagMemory';
import { at, describeAfter, limits, pollMs, start } from './test-describe';
import type { Poll } from './test-describe';
import { groupOf, partitionAt } from './test-snapshots';

describe('loss', () => {
  it('says how many records at most were deleted unread', () => {
    const detail = describeAfter(12, () => ({
      partitions: [partitionAt(500n, { low: 400n })],
      group: groupOf([at(10n)]),
    }));
    expect(detail).toMatchObject({
      status: 'LOSS',
      lag: '100',
      lost: '390',
      sentence: expect.stringMatching(/^sink may have lost up to 390 records/),
    });
    expect(detail.partitions[0]).toMatchObject({
      lost: '390',
      evidence: expect.stringContaining('what was in between is unknown'),
    });
  });

  it('knows that a record seen by a probe is lost', () => {
    const memory = new LagMemory(limits);
    memory.read('sink', 'readings', 0).probe = {
      from: 10n,
      record: { offset: 12n, timestampMs: start },
      through: 500n,
    };
    const detail = describeAfter(
      12,
      () => ({
        partitions: [partitionAt(500n, { low: 400n })],
        group: groupOf([at(10n)]),
      }),
      { memory },
    );
    expect(detail).toMatchObject({ status: 'LOSS', lost: '388' });
    expect(detail.partitions[0].evidence).toContain(
      'the one at 12 for certain',
    );
  });

  // redpanda-data/redpanda 30624: retention removed only the end marker of a transaction.
  it('does not count a deleted marker as loss, also after a restart', () => {
    const before = new LagMemory(limits);
    before.read('sink', 'readings', 0).probe = {
      from: 10n,
      record: null,
      through: 11n,
    };
    const deleted: Poll = () => ({
      partitions: [partitionAt(11n, { low: 11n })],
      group: groupOf([at(10n)]),
    });
    const fine = {
      status: 'OK',
      lag: '0',
      lost: null,
      timeLag: { kind: 'caught-up', ms: 0 },
    };
    expect(describeAfter(12, deleted, { memory: before })).toMatchObject(fine);

    const restarted = new LagMemory(limits);
    restarted.replay(
      [],
      [
        {
          groupId: 'sink',
          topic: 'readings',
          atMs: start - pollMs,
          committed: [10n],
          ends: [11n],
          lag: 0n,
        },
      ],
    );
    expect(describeAfter(12, deleted, { memory: restarted })).toMatchObject(
      fine,
    );
  });
});
