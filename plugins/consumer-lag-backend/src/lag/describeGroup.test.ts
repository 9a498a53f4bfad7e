import { LagMemory } from './LagMemory';
import { at, describeAfter, limits, pollMs, start } from './test-describe';
import type { Poll } from './test-describe';
import { groupOf, memberOf, partitionAt, snapshotAt } from './test-snapshots';

describe('describeGroupDetail', () => {
  it('describes a group that keeps up', () => {
    const detail = describeAfter(12, index => ({
      partitions: [partitionAt(BigInt(index * 30))],
      group: groupOf([at(BigInt(index * 30))]),
    }));
    expect(detail).toMatchObject({
      status: 'OK',
      severity: 'ok',
      lag: '0',
      timeLag: { kind: 'caught-up', ms: 0 },
      producedPerSecond: 2,
      consumedPerSecond: 2,
      eta: { kind: 'done' },
      memberCount: 1,
      topics: ['readings'],
      sentence: 'sink has read everything.',
      entityRefs: ['component:default/sink'],
    });
    expect(detail.partitions[0]).toMatchObject({ memberId: 'm1', lost: null });
  });

  it('says how far behind a group is, and when records are lost', () => {
    const detail = describeAfter(
      13,
      index => ({
        partitions: [partitionAt(BigInt(index * 30))],
        group: groupOf([at(BigInt(index * 15))]),
      }),
      { retentionMs: 10 * 60_000 },
    );
    // The record at 180 came with the 6th poll, 90 s ago.
    expect(detail).toMatchObject({
      status: 'WARN',
      lag: '180',
      timeLag: { kind: 'estimated', ms: 90_000 },
      eta: { kind: 'falling-behind', recordsPerSecond: 1 },
      headroomMs: 510_000,
      sentence:
        'sink is 1 min 30 s behind and falling further behind. Records will be lost in 8 min 30 s unless it catches up.',
    });
  });

  it('counts unknown partitions separately, never as zero', () => {
    const detail = describeAfter(12, index => ({
      partitions: [
        partitionAt(BigInt(index * 30)),
        partitionAt(100n, {
          partition: 1,
          leader: null,
          low: null,
          high: null,
          stable: null,
          problem: {
            code: 'LEADER_NOT_AVAILABLE',
            message: 'It has no leader.',
          },
        }),
        partitionAt(50n, { partition: 2 }),
      ],
      group: groupOf([at(BigInt(index * 30)), at(40n, 1), at(null, 2)], {
        members: [memberOf('m1', 0, 1, 2)],
      }),
    }));
    expect(detail).toMatchObject({
      lag: '0',
      unknownPartitions: 2,
      partitionCount: 3,
    });
    expect(detail.partitions.map(({ status, lag }) => [status, lag])).toEqual([
      ['OK', '0'],
      ['UNREADABLE', null],
      ['NO_COMMIT', null],
    ]);
  });

  it('knows that an empty partition has no lag, with or without a commit', () => {
    const detail = describeAfter(12, () => ({
      partitions: [partitionAt(70n, { low: 70n })],
      group: groupOf([at(null)]),
    }));
    expect(detail).toMatchObject({
      status: 'OK',
      lag: '0',
      timeLag: { kind: 'caught-up', ms: 0 },
      unknownPartitions: 0,
    });
  });

  it('leaves deleted partitions out of sums', () => {
    const detail = describeAfter(12, () => ({
      partitions: [partitionAt(10n)],
      group: groupOf([at(10n), { topic: 'deleted', partition: 0, offset: 5n }]),
    }));
    expect(detail).toMatchObject({
      status: 'OK',
      lag: '0',
      unknownPartitions: 0,
    });
    expect(detail.partitions.map(({ status }) => status)).toEqual([
      'ORPHANED',
      'OK',
    ]);
  });

  it('says that a denied group could not be read', () => {
    const detail = describeAfter(12, () => ({
      partitions: [partitionAt(10n)],
      group: groupOf([], {
        members: [],
        state: null,
        problem: {
          code: 'GROUP_AUTHORIZATION_FAILED',
          message: 'Kafka denies it.',
        },
        offsetsProblem: {
          code: 'GROUP_AUTHORIZATION_FAILED',
          message: 'Kafka denies it.',
        },
      }),
    }));
    expect(detail).toMatchObject({
      status: 'UNREADABLE',
      lag: null,
      sentence: 'sink could not be read: Kafka denies it.',
    });
  });

  it('reports an open transaction only when it lasts', () => {
    const poll: Poll = () => ({
      partitions: [partitionAt(60n, { stable: 50n })],
      group: groupOf([at(50n)]),
    });
    const young = describeAfter(12, poll);
    expect(young).toMatchObject({ status: 'OK', lag: '10' });
    expect(young.partitions[0].inOpenTransaction).toBe('10');
    expect(describeAfter(24, poll).partitions[0]).toMatchObject({
      status: 'WARN',
      evidence:
        'A transaction has been open for 5 min 45 s: readers of committed records cannot get past it.',
    });
  });

  it('counts gaps and markers that a probe found as read', () => {
    const memory = new LagMemory(limits);
    const poll: Poll = () => ({
      partitions: [partitionAt(11n)],
      group: groupOf([at(10n)]),
    });
    expect(describeAfter(12, poll, { memory }).status).toBe('STALL');
    memory.read('sink', 'readings', 0).probe = {
      from: 10n,
      record: null,
      through: 11n,
    };
    expect(describeAfter(12, poll, { memory })).toMatchObject({
      status: 'OK',
      lag: '0',
    });
  });

  it('uses the timestamp of the oldest unread record if a probe has read it', () => {
    const memory = new LagMemory(limits);
    const poll: Poll = () => ({
      partitions: [partitionAt(20n)],
      group: groupOf([at(10n)]),
    });
    describeAfter(12, poll, { memory });
    memory.read('sink', 'readings', 0).probe = {
      from: 10n,
      record: { offset: 10n, timestampMs: start - 3_600_000 },
      through: 20n,
    };
    expect(describeAfter(1, poll, { memory }).timeLag).toEqual({
      kind: 'exact',
      ms: 3_600_000,
    });
  });

  it.each([-1, 1.8e15, 1.8e18])(
    'takes no time from a record that holds %d, which is none',
    timestampMs => {
      const memory = new LagMemory(limits);
      const poll: Poll = () => ({
        partitions: [partitionAt(20n)],
        group: groupOf([at(10n)]),
      });
      describeAfter(12, poll, { memory });
      memory.read('sink', 'readings', 0).probe = {
        from: 10n,
        record: { offset: 10n, timestampMs },
        through: 20n,
      };
      const { timeLag } = describeAfter(1, poll, { memory });
      expect(timeLag.kind).toBe('at-least');
    },
  );

  it('draws the lag of the last hour up to this poll', () => {
    const { lag, spark } = describeAfter(3, poll => ({
      partitions: [partitionAt(20n + BigInt(poll) * 5n)],
      group: groupOf([at(10n)]),
    }));
    expect(spark.lag.at(-1)).toBe(Number(lag));
    expect(spark.lag.at(0)).toBeNull();
  });

  it('starts over when the Kafka topic was recreated', () => {
    const memory = new LagMemory(limits);
    const before = snapshotAt(
      start,
      [partitionAt(100n)],
      [groupOf([at(100n)])],
    );
    memory.observe(before);
    memory.observe(
      snapshotAt(start + pollMs, [partitionAt(200n)], [groupOf([at(5n)])], {
        id: 'id-2',
      }),
    );
    const { movements } = memory.read('sink', 'readings', 0).window;
    expect(movements).toHaveLength(1);
  });

  it('names the partition with most of the lag', () => {
    const detail = describeAfter(12, () => ({
      partitions: [partitionAt(100n), partitionAt(20n, { partition: 1 })],
      group: groupOf([at(10n), at(10n, 1)]),
    }));
    expect(detail.skew).toEqual({
      topic: 'readings',
      partition: 0,
      share: 0.9,
      timesFairShare: 1.8,
    });
  });
});
