import { findCoordinatorApi, offsetFetchApi } from './apis';
import type { BrokerVisit } from './brokers';
import type { ListedGroup } from './listGroups';
import { toClusterMap } from './metadata';
import { readGroups, withAssigned } from './readGroups';

const notCoordinator = 16;
const denied = 30;
const map = toClusterMap({
  brokers: [1, 2].map(nodeId => ({ nodeId, host: 'b', port: nodeId })),
  topics: [],
});

function listed(
  groupId: string,
  nodeId: number,
  type = 'classic',
): ListedGroup {
  const coordinator = map.brokers.get(nodeId)!;
  return {
    groupId,
    protocolType: 'consumer',
    state: 'Stable',
    type,
    coordinator,
  };
}

/** Brokers that answer each group with an error number, 0 for none. */
function brokers(errors: Record<number, number>, movedTo: number) {
  const asked: string[] = [];
  const visit: BrokerVisit = {
    async send(broker, api, args) {
      const [groups] = args(9) as unknown as [(string | { groupId: string })[]];
      const ids = groups.map(one =>
        typeof one === 'string' ? one : one.groupId,
      );
      asked.push(`${api.name} ${broker.nodeId}: ${ids.join()}`);
      return {
        groups: ids.map(groupId => ({
          groupId,
          errorCode: errors[broker.nodeId!],
          groupState: 'Stable',
          protocolType: 'consumer',
          protocolData: 'range',
          members: [],
          topics: [
            {
              name: 'a',
              partitions: [
                { partitionIndex: 0, committedOffset: 4n, errorCode: 0 },
                { partitionIndex: 1, committedOffset: -1n, errorCode: 0 },
                { partitionIndex: 2, committedOffset: -1n, errorCode: 29 },
              ],
            },
          ],
        })),
      } as never;
    },
    async sendToAny(api, args) {
      expect(api.name).toBe(findCoordinatorApi.name);
      const [, keys] = args(6) as unknown as [number, string[]];
      asked.push(`${api.name}: ${keys.join()}`);
      return {
        coordinators: keys.map(key => ({ key, errorCode: 0, nodeId: movedTo })),
      } as never;
    },
    versionOf: async () => 9,
    requestCount: () => asked.length,
    throwIfOver: () => {},
  };
  return { visit, asked };
}

it('retries when a coordinator has moved', async () => {
  const { visit, asked } = brokers({ 1: 0, 2: notCoordinator }, 1);
  const groups = await readGroups(visit, {
    map,
    groups: [listed('x', 1), listed('y', 2)],
    now: () => 5,
  });
  expect(groups.get('y')).toEqual({
    groupId: 'y',
    protocolType: 'consumer',
    state: 'Stable',
    assignor: 'range',
    members: [],
    committed: [
      { topic: 'a', partition: 0, offset: 4n },
      { topic: 'a', partition: 1, offset: null },
      {
        topic: 'a',
        partition: 2,
        offset: null,
        problem: expect.objectContaining({
          code: 'TOPIC_AUTHORIZATION_FAILED',
        }),
      },
    ],
    readAtMs: 5,
  });
  expect(asked).toContain('FindCoordinator: y');
  expect(asked.filter(one => one.startsWith(offsetFetchApi.name))).toEqual([
    'OffsetFetch 1: x',
    'OffsetFetch 2: y',
    'OffsetFetch 1: y',
  ]);
});

it('keeps the listed details of a denied group and sends no more requests', async () => {
  const { visit, asked } = brokers({ 1: denied }, 1);
  const groups = await readGroups(visit, {
    map,
    groups: [listed('x', 1)],
    now: () => 5,
  });
  expect(groups.get('x')).toMatchObject({
    state: 'Stable',
    committed: [],
    problem: { code: 'GROUP_AUTHORIZATION_FAILED' },
    offsetsProblem: { code: 'GROUP_AUTHORIZATION_FAILED' },
  });
  expect(asked).toEqual(['DescribeGroups 1: x', 'OffsetFetch 1: x']);
});

it('reads the offsets of a group whose members it cannot read', async () => {
  const { visit } = brokers({ 1: 0 }, 1);
  const groups = await readGroups(visit, {
    map,
    groups: [listed('x', 1, 'streams')],
    now: () => 5,
  });
  expect(groups.get('x')).toMatchObject({
    state: 'Stable',
    members: [],
    committed: [{ offset: 4n }, {}, {}],
    problem: { code: 'UNSUPPORTED_GROUP_TYPE' },
  });
  expect(groups.get('x')?.offsetsProblem).toBeUndefined();
});

it('sends no request for a share group, which commits no offsets', async () => {
  const { visit, asked } = brokers({ 1: 0 }, 1);
  const groups = await readGroups(visit, {
    map,
    groups: [listed('x', 1, 'share')],
    now: () => 5,
  });
  expect(groups.get('x')).toMatchObject({
    state: 'Stable',
    committed: [],
    offsetsProblem: {
      code: 'UNSUPPORTED_GROUP_TYPE',
      message:
        'The consumer group x is a share group, which commits no offsets.',
    },
  });
  expect(asked).toEqual([]);
});

it('splits many groups into batches', async () => {
  const { visit, asked } = brokers({ 1: 0 }, 1);
  const groups = Array.from({ length: 1_000 }, (_, index) =>
    listed(`g${index}`, 1),
  );
  const read = await readGroups(visit, { map, groups, now: () => 5 });
  expect(read.size).toBe(1_000);
  expect(asked).toHaveLength(10);
});

it('lists partitions that a member reads without a commit', () => {
  const member = { memberId: 'm', instanceId: null, clientId: 'c', host: 'h' };
  const known = { topic: 'a', partition: 0, offset: 3n };
  expect(
    withAssigned(
      [known],
      [{ ...member, assigned: [{ topic: 'a', partitions: [0, 1] }] }],
    ),
  ).toEqual([known, { topic: 'a', partition: 1, offset: null }]);
});
