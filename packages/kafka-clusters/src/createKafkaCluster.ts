import type { LoggerService } from '@backstage/backend-plugin-api';
import { createBrokers } from './brokers';
import { commitOffsets } from './commitOffsets';
import { findOffsetsAtTime } from './offsetsAtTime';
import { readPartitionSizes } from './partitionSizes';
import { readRecords } from './readRecords';
import { nothingRemembered, takeSnapshot } from './snapshot';
import { readTopicSettings } from './topicSettings';
import type { ClusterConnection, KafkaCluster } from './types';

/** Creates the connection to a cluster; opens nothing before it is used. */
export function createKafkaCluster(
  connection: ClusterConnection,
  deps: {
    readonly logger: LoggerService;
    readonly now?: () => number;
    /** For tests: the newest version to use for a request type, to simulate an older broker. */
    readonly newestVersion?: (apiKey: number) => number | undefined;
  },
): KafkaCluster {
  const { logger, now = Date.now, newestVersion } = deps;
  const brokers = createBrokers({ connection, logger, newestVersion });
  let remembered = nothingRemembered;
  return {
    async snapshot({ includeGroup, includeTopic = () => true, signal }) {
      const visit = brokers.visit(signal);
      const taken = await takeSnapshot(visit, {
        includeGroup,
        includeTopic,
        remembered,
        now,
      });
      visit.throwIfOver();
      remembered = taken.remembered;
      brokers.learn(taken.snapshot.brokers);
      return taken.snapshot;
    },
    topicSettings: names => readTopicSettings(brokers.visit(), names),
    partitionSizes: snapshot => readPartitionSizes(brokers.visit(), snapshot),
    offsetsAtTime: (topic, partitions) =>
      findOffsetsAtTime(brokers.visit(), topic, partitions),
    readRecords: options => readRecords(brokers.visit(), options),
    commitOffsets: (groupId, offsets) =>
      commitOffsets(brokers.visit(), {
        groupId,
        offsets,
        patienceMs: connection.requestTimeoutMs,
      }),
    requestCount: () => brokers.requestCount(),
    close: () => brokers.close(),
  };
}
