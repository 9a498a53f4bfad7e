import type { LogDirsAnswer } from './answers';
import type { BrokerAddress, BrokerVisit } from './brokers';
import { readPartitionSizes } from './partitionSizes';
import { KafkaClusterError } from './problems';

const snapshot = {
  brokers: [1, 2].map(nodeId => ({ nodeId, host: 'b', port: nodeId })),
  topics: new Map([
    [
      'a',
      {
        name: 'a',
        id: null,
        isInternal: false,
        partitions: [1, 2].map((leader, partition) => ({
          partition,
          leader,
          low: 0n,
          high: 1n,
          stable: 1n,
          readAtMs: 0,
        })),
      },
    ],
  ]),
};

const answerOf = (partitionIndex: number): LogDirsAnswer => ({
  results: [
    {
      errorCode: 0,
      topics: [
        {
          name: 'a',
          partitions: [
            { partitionIndex, partitionSize: 70n, isFutureKey: false },
            { partitionIndex, partitionSize: 5n, isFutureKey: true },
          ],
        },
      ],
    },
  ],
});

/** Only the method that is used. */
const visitOf = (send: (broker: BrokerAddress) => Promise<LogDirsAnswer>) =>
  ({ send }) as unknown as BrokerVisit;

it('leaves out the broker that denies sizes and keeps the others', async () => {
  const visit = visitOf(async ({ nodeId }) => {
    if (nodeId === 1) return answerOf(0);
    throw new KafkaClusterError({
      code: 'UNSUPPORTED_VERSION',
      message: 'No.',
    });
  });
  expect(await readPartitionSizes(visit, snapshot)).toEqual(
    new Map([['a', new Map([[0, 70]])]]),
  );
});

it('is empty when the login is not permitted to see sizes', async () => {
  const visit = visitOf(async () => ({ results: [] }));
  expect(await readPartitionSizes(visit, snapshot)).toEqual(new Map());
});
