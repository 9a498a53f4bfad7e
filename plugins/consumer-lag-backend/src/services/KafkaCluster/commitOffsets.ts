import { offsetCommitApi } from './apis';
import type { BrokerVisit } from './brokers';
import { groupBy } from './chunks';
import { groupName } from './describeGroups';
import { findCoordinators } from './findCoordinators';
import { partitionName, readClusterMap } from './metadata';
import {
  errorName,
  KafkaClusterError,
  mayHaveMoved,
  sentenceOf,
} from './problems';
import type { Problem } from './types';

interface NewOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** Commits offsets as a consumer that is no member; the coordinator refuses when there are members. */
export async function commitOffsets(
  visit: BrokerVisit,
  groupId: string,
  offsets: readonly NewOffset[],
): Promise<void> {
  if (offsets.length === 0) return;
  const first = await tryCommit(visit, groupId, offsets);
  if (first === undefined) return;
  const last = mayHaveMoved(first)
    ? await tryCommit(visit, groupId, offsets)
    : first;
  if (last) throw new KafkaClusterError(last);
}

async function tryCommit(
  visit: BrokerVisit,
  groupId: string,
  offsets: readonly NewOffset[],
): Promise<Problem | undefined> {
  const coordinator = (await findCoordinators(visit, [groupId])).get(groupId);
  if (coordinator === undefined || coordinator.problem)
    return coordinator?.problem ?? noCoordinator(groupId);
  const { brokers } = await readClusterMap(visit, []);
  const broker = brokers.get(coordinator.nodeId);
  if (!broker) return noCoordinator(groupId);
  const topics = groupBy(offsets, ({ topic }) => topic);
  const answer = await visit.send(broker, offsetCommitApi, () => [
    groupId,
    -1,
    '',
    null,
    [...topics].map(([name, own]) => ({
      name,
      partitions: own.map(({ partition, offset }) => ({
        partitionIndex: partition,
        committedOffset: offset,
        committedLeaderEpoch: -1,
        committedMetadata: null,
      })),
    })),
  ]);
  const failed = answer.topics.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ errorCode }) => errorCode !== 0)
      .map(({ partitionIndex, errorCode }) => ({
        code: errorName(errorCode),
        partition: partitionName(name, partitionIndex),
      })),
  );
  if (failed.length === 0) return undefined;
  const [{ code, partition }] = failed;
  // Some refusals are of a partition, the rest of the whole group.
  if (ofPartition.has(code))
    return {
      code,
      message: `${sentenceOf(code, partition)} Of ${offsets.length} offsets ${failed.length} were not committed.`,
    };
  return { code, message: sentenceOf(code, groupName(groupId)) };
}

const ofPartition: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'TOPIC_AUTHORIZATION_FAILED',
]);

function noCoordinator(groupId: string): Problem {
  const code = 'COORDINATOR_NOT_AVAILABLE';
  return { code, message: sentenceOf(code, groupName(groupId)) };
}
