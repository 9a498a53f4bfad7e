import type { GroupSnapshot } from '@homelab/kafka-clusters';
import { at, describeAfter, start } from './test-describe';
import type { Poll } from './test-describe';
import { groupOf, memberOf, partitionAt } from './test-snapshots';

describe('who reads', () => {
  // themoah/klag 92: offsets of a topic that was taken out of the subscription.
  it('reports an abandoned topic, and leaves it out of the lag', () => {
    const detail = describeAfter(12, () => ({
      partitions: [partitionAt(500n)],
      group: groupOf([at(10n)], {
        members: [
          {
            ...memberOf('m1'),
            assigned: [{ topic: 'other', partitions: [0] }],
          },
        ],
      }),
    }));
    expect(detail).toMatchObject({
      status: 'ABANDONED',
      severity: 'watch',
      lag: null,
      lost: null,
      eta: { kind: 'unknown' },
    });
    expect(
      detail.partitions.find(({ topic }) => topic === 'readings')?.evidence,
    ).toBe(
      'No member of the group reads this topic any more; 490 records have arrived since.',
    );
  });

  it.each<[string, Partial<GroupSnapshot>]>([
    ['while a rebalance goes on', { state: 'CompletingRebalance' }],
    ['of another protocol', { protocolType: 'connect' }],
    [
      'when no assignment can be read',
      { members: [{ ...memberOf('m1'), assigned: [] }] },
    ],
    [
      'when Kafka does not say who the members are',
      {
        members: [],
        problem: { code: 'REQUEST_TIMEOUT', message: 'It did not answer.' },
      },
    ],
  ])('does not claim to know the reader %s', (_, overrides) => {
    const detail = describeAfter(12, () => ({
      partitions: [partitionAt(20n)],
      group: groupOf([at(10n)], {
        members: [
          {
            ...memberOf('m1'),
            assigned: [{ topic: 'other', partitions: [0] }],
          },
        ],
        ...overrides,
      }),
    }));
    expect(detail.status).toBe('STALL');
    expect(detail.sentence).not.toMatch(/a record it cannot handle|no member/);
    expect(
      detail.partitions.find(({ topic }) => topic === 'readings')?.evidence,
    ).toContain('it is unknown which member reads this partition');
  });

  it('distinguishes partitions that members skip from those they read', () => {
    const detail = describeAfter(12, () => ({
      partitions: [partitionAt(20n), partitionAt(20n, { partition: 1 })],
      group: groupOf([at(20n), at(10n, 1)]),
    }));
    expect(detail).toMatchObject({ status: 'STOP', memberCount: 1 });
    expect(detail.sentence).toMatch(/no member reads/);
  });

  describe('without members', () => {
    const nobody = (committed: bigint, overrides?: Partial<GroupSnapshot>) => {
      const poll: Poll = () => ({
        partitions: [partitionAt(10n)],
        group: groupOf([at(committed)], {
          members: [],
          state: 'Empty',
          ...overrides,
        }),
      });
      return poll;
    };
    const before = {
      status: 'NO_READER' as const,
      sinceMs: start,
      memberlessSinceMs: start - 9 * 60_000,
    };

    it('is not well when an entity says that it reads', () => {
      expect(describeAfter(12, nobody(10n), { before })).toMatchObject({
        status: 'NO_READER',
        severity: 'watch',
        lag: '0',
        memberlessSince: new Date(before.memberlessSinceMs).toISOString(),
        sentence: 'Nobody is reading sink (for 12 min): nothing is unread yet.',
      });
    });

    it('is not well before it is watched long enough to be judged', () => {
      expect(describeAfter(1, nobody(10n))).toMatchObject({
        status: 'NO_READER',
        memberlessSince: new Date(start).toISOString(),
      });
    });

    it('has stopped once records wait and nothing moves', () => {
      expect(describeAfter(12, nobody(5n)).status).toBe('STOP');
    });

    it('rests when no entity needs it, such as a job between two runs', () => {
      expect(describeAfter(12, nobody(10n), { entityRefs: [] })).toMatchObject({
        status: 'IDLE',
        severity: 'ok',
        sentence: 'sink has read everything, and nobody is reading it now.',
      });
    });

    it('is as it was when this poll could not see its members', () => {
      const problem = { code: 'REQUEST_TIMEOUT', message: 'No answer.' };
      expect(
        describeAfter(12, nobody(10n, { state: null, problem }), { before }),
      ).toMatchObject({
        status: 'OK',
        memberlessSince: new Date(before.memberlessSinceMs).toISOString(),
      });
    });

    it('keeps up when it is a simple consumer, which never has any', () => {
      expect(
        describeAfter(12, nobody(10n, { protocolType: '' })),
      ).toMatchObject({ status: 'OK', memberlessSince: null });
    });
  });
});
