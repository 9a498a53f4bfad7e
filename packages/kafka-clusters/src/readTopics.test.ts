import type { MetadataAnswer, OffsetsAnswer } from './answers';
import { listOffsetsApi, metadataApi } from './apis';
import type { BrokerVisit } from './brokers';
import { toClusterMap } from './metadata';
import { KafkaClusterError } from './problems';
import { readTopics } from './readTopics';

const notLeader = 6;
const unknownTopic = 3;

function metadata(
  leaders: number[],
  options: { id?: number; errorCode?: number } = {},
): MetadataAnswer {
  const { id = 1, errorCode = 0 } = options;
  return {
    brokers: [1, 2].map(nodeId => ({ nodeId, host: 'b', port: nodeId })),
    topics: [
      {
        errorCode,
        name: 'a',
        topicId: `00000000-0000-0000-0000-00000000000${id}`,
        isInternal: false,
        partitions: leaders.map((leaderId, partitionIndex) => ({
          errorCode: 0,
          partitionIndex,
          leaderId,
        })),
      },
    ],
  };
}

/**
 * Brokers of which each says for every partition that it is asked for: an offset, or an
 * error number. A real one cannot be made to move a leader between two of our requests.
 */
function brokers(
  offsets: Record<number, number | KafkaClusterError>,
  later: MetadataAnswer,
) {
  const asked: string[] = [];
  const send: BrokerVisit['send'] = async (broker, api, args) => {
    expect(api.name).toBe(listOffsetsApi.name);
    const [, , topics] = args(9) as unknown as [
      number,
      number,
      { partitions: { partitionIndex: number }[] }[],
    ];
    const partitions = topics[0].partitions.map(one => one.partitionIndex);
    asked.push(`${broker.nodeId}: ${partitions.join()}`);
    const said = offsets[broker.nodeId!];
    if (said instanceof KafkaClusterError) throw said;
    const answer: OffsetsAnswer = {
      topics: [
        {
          name: 'a',
          partitions: partitions.map(partitionIndex => ({
            partitionIndex,
            errorCode: said < 0 ? -said : 0,
            timestamp: -1n,
            offset: said < 0 ? -1n : BigInt(said),
          })),
        },
      ],
    };
    return answer as never;
  };
  const visit: BrokerVisit = {
    send,
    sendToAny: async api => {
      expect(api.name).toBe(metadataApi.name);
      asked.push('where');
      return later as never;
    },
    versionOf: async () => 9,
    requestCount: () => asked.length,
    throwIfOver: () => {},
  };
  return { visit, asked };
}

function read(visit: BrokerVisit, first: MetadataAnswer) {
  return readTopics(visit, {
    map: toClusterMap(first),
    names: ['a'],
    now: () => 5,
  });
}

it('retries when a leader has moved', async () => {
  const { visit, asked } = brokers({ 1: 10, 2: -notLeader }, metadata([1, 1]));
  const topics = await read(visit, metadata([1, 2]));
  expect(topics.get('a')?.partitions).toEqual([
    { partition: 0, leader: 1, low: 10n, stable: 10n, high: 10n, readAtMs: 5 },
    { partition: 1, leader: 1, low: 10n, stable: 10n, high: 10n, readAtMs: 5 },
  ]);
  expect(asked.filter(one => one === 'where')).toHaveLength(1);
});

it('retries only once', async () => {
  const { visit, asked } = brokers({ 1: 10, 2: -notLeader }, metadata([1, 2]));
  const topics = await read(visit, metadata([1, 2]));
  expect(topics.get('a')?.partitions).toMatchObject([
    { high: 10n },
    { high: null, problem: { code: 'NOT_LEADER_OR_FOLLOWER' } },
  ]);
  expect(asked.filter(one => one.startsWith('2:'))).toHaveLength(6);
});

it('finds the new leader when the old one is gone', async () => {
  const gone = new KafkaClusterError({
    code: 'BROKER_UNREACHABLE',
    message: 'gone',
  });
  const { visit } = brokers({ 1: 10, 2: gone }, metadata([1, 1]));
  const topics = await read(visit, metadata([1, 2]));
  expect(topics.get('a')?.partitions).toMatchObject([
    { high: 10n },
    { leader: 1, high: 10n },
  ]);
});

it('leaves out a topic that was deleted meanwhile', async () => {
  const { visit } = brokers(
    { 1: -unknownTopic, 2: -unknownTopic },
    metadata([], { errorCode: unknownTopic }),
  );
  expect([...(await read(visit, metadata([1, 2]))).keys()]).toEqual([]);
});

it('keeps nothing of the old topic when it was recreated meanwhile', async () => {
  const { visit } = brokers(
    { 1: 10, 2: -unknownTopic },
    metadata([1], { id: 2 }),
  );
  const topic = (await read(visit, metadata([1, 2]))).get('a');
  expect(topic?.id).toMatch(/2$/);
  expect(topic?.partitions).toHaveLength(1);
});

it('sends no request for a partition without a leader', async () => {
  const { visit, asked } = brokers({ 1: 10 }, metadata([]));
  const topics = await read(visit, metadata([1, -1]));
  expect(topics.get('a')?.partitions).toMatchObject([
    { high: 10n },
    { leader: null, low: null, problem: { code: 'LEADER_NOT_AVAILABLE' } },
  ]);
  expect(asked).toEqual(['1: 0', '1: 0', '1: 0']);
});
