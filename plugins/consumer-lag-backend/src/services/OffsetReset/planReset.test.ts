import type { GroupSnapshot, TopicSnapshot } from '@homelab/kafka-clusters';
import { planReset, topicsOf } from './planReset';
import type { ChosenTopics } from './planReset';
import type { ResetTarget } from '@homelab/plugin-consumer-lag-common';

const big = 9_007_199_254_740_993n;

function group(committed: Record<string, bigint | null>): GroupSnapshot {
  return {
    groupId: 'billing',
    protocolType: 'consumer',
    state: 'Empty',
    assignor: null,
    members: [],
    readAtMs: 0,
    committed: Object.entries(committed).map(([name, offset]) => {
      const [own, partition] = name.split('/');
      return { topic: own, partition: Number(partition), offset };
    }),
  };
}

function topic(
  name: string,
  partitions: readonly Partial<TopicSnapshot['partitions'][number]>[],
): [string, TopicSnapshot] {
  return [
    name,
    {
      name,
      id: null,
      isInternal: false,
      partitions: partitions.map((one, partition) => ({
        partition,
        leader: 1,
        low: 0n,
        high: 100n,
        stable: 100n,
        readAtMs: 0,
        ...one,
      })),
    },
  ];
}

const plan = (
  target: ResetTarget,
  committed: Record<string, bigint | null>,
  partitions: Parameters<typeof topic>[1] = [{}],
  chosen: ChosenTopics = [{ topic: 'orders' }],
) =>
  planReset({
    target,
    group: group(committed),
    topics: new Map([topic('orders', partitions)]),
    chosen,
    atTime: () => ({ offset: null }),
  });

it('counts beyond the range of a number', () => {
  const at = { low: big - 10n, high: big + 10n, stable: big + 10n };
  expect(
    plan({ kind: 'shift', by: 1 }, { 'orders/0': big }, [at]).partitions,
  ).toMatchObject([
    { from: String(big), to: String(big + 1n), skipped: '1', replayed: '0' },
  ]);
});

it('does not skip what an open transaction may yet commit', () => {
  const { partitions } = plan({ kind: 'latest' }, { 'orders/0': 10n }, [
    { stable: 60n },
  ]);
  expect(partitions).toMatchObject([{ to: '60', skipped: '50' }]);
});

it('does not move a reader of uncommitted records back with "latest"', () => {
  const { partitions } = plan({ kind: 'latest' }, { 'orders/0': 80n }, [
    { stable: 60n },
  ]);
  expect(partitions).toMatchObject([{ to: '80', skipped: '0', replayed: '0' }]);
});

it('counts an offset beyond the end of a recreated topic from its end', () => {
  const { partitions } = plan({ kind: 'earliest' }, { 'orders/0': 5_000n });
  expect(partitions).toMatchObject([{ to: '0', replayed: '100' }]);
});

it('reports an unreadable partition as its own problem', () => {
  const problem = { code: 'LEADER_NOT_AVAILABLE', message: 'no leader' };
  const { partitions, problems } = plan(
    { kind: 'earliest' },
    { 'orders/0': 1n, 'orders/1': 1n },
    [{ problem, low: null, high: null }, {}],
  );
  expect(partitions).toMatchObject([{ partition: 1 }]);
  expect(problems).toEqual([{ topic: 'orders', partition: 0, ...problem }]);
});

it('selects every committed topic by default', () => {
  const committed = { 'b/0': 1n, 'a/0': 1n, 'a/1': 2n, 'c/0': null };
  expect(topicsOf(group(committed), undefined)).toEqual([
    { topic: 'a' },
    { topic: 'b' },
  ]);
});
