import { adviseGroup } from './advice';
import type { AdvisedGroup } from './advice';
import { lagStatuses } from './status';

function group(overrides: Partial<AdvisedGroup>): AdvisedGroup {
  return {
    status: 'WARN',
    memberCount: 2,
    partitionCount: 12,
    protocolType: 'consumer',
    skew: null,
    problem: null,
    partitions: [],
    ...overrides,
  };
}

const stalled: AdvisedGroup['partitions'][number] = {
  topic: 'orders',
  partition: 3,
  status: 'STALL',
  evidence: '',
  low: '0',
  committed: '177520',
  end: '177521',
  lag: '1',
  timeLag: { kind: 'unknown', ms: null },
  producedPerSecond: null,
  consumedPerSecond: null,
  eta: { kind: 'not-moving' },
  headroomMs: null,
  lost: null,
  inOpenTransaction: null,
  movedAt: null,
  memberId: 'm1',
};

it.each<[Partial<AdvisedGroup>, RegExp]>([
  [{ status: 'LOSS' }, /^Raise the retention/],
  [{ status: 'LOSS', memberCount: 0 }, /^Start its consumer, and raise/],
  [
    { status: 'LOSS', memberCount: 0, protocolType: '' },
    /^Raise the retention/,
  ],
  [{ status: 'STOP', memberCount: 0 }, /^Start its consumer: it continues/],
  [
    { status: 'STALL', partitions: [stalled] },
    /for orders-3, offset 177520\. .* move its offset past it\.$/,
  ],
  [{}, /^Start more members: 2 read 12 partitions/],
  [{ memberCount: 12 }, /^Make its consumer faster/],
  [
    {
      skew: { topic: 'orders', partition: 3, share: 0.5, timesFairShare: 6 },
    },
    /^Check the keys of orders-3 .* 50 % of the lag/,
  ],
  [
    {
      status: 'UNREADABLE',
      problem: { code: 'GROUP_AUTHORIZATION_FAILED', message: 'Denied.' },
    },
    /permission DESCRIBE/,
  ],
])('%#: says what to do', (overrides, advice) => {
  expect(adviseGroup(group(overrides))).toMatch(advice);
});

it('has advice for every status but OK', () => {
  const silent = lagStatuses.filter(
    status => adviseGroup(group({ status })) === null,
  );
  expect(silent).toEqual(['OK']);
});
