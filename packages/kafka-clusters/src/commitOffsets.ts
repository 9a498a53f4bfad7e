import { setTimeout as delay } from 'node:timers/promises';
import { offsetCommitApi } from './apis';
import type { BrokerVisit } from './brokers';
import { groupBy } from '@homelab/portal-node';
import { groupName } from './describeGroups';
import { findCoordinators } from './findCoordinators';
import { partitionName, readClusterMap } from './metadata';
import { errorName, KafkaClusterError, sentenceOf } from './problems';
import type { Problem } from './types';

interface NewOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** A new or restarted broker needs a moment to create or load a group's partition. */
const passing: ReadonlySet<string> = new Set([
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
]);
const pauseMs = 200;

/**
 * Commits offsets as a non-member; the coordinator refuses when the group has members.
 * Waits at most `patienceMs` for a coordinator that is starting.
 */
export async function commitOffsets(
  visit: BrokerVisit,
  what: {
    readonly groupId: string;
    readonly offsets: readonly NewOffset[];
    readonly patienceMs: number;
  },
): Promise<void> {
  const { groupId, offsets, patienceMs } = what;
  if (offsets.length === 0) return;
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    const problem = await tryCommit(visit, groupId, offsets);
    if (problem === undefined) return;
    if (!passing.has(problem.code) || performance.now() + pauseMs > deadlineMs)
      throw new KafkaClusterError(problem);
    await delay(pauseMs);
  }
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
