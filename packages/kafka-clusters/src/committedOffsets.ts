import type { OffsetFetchAnswer } from './answers';
import { offsetFetchApi } from './apis';
import type { BrokerVisit } from './brokers';
import { chunks, groupBy } from '@homelab/portal-node';
import { groupName, groupsPerRequest } from './describeGroups';
import type { ListedGroup } from './listGroups';
import type { KnownBroker } from './metadata';
import { partitionName } from './metadata';
import { leftOut, problemCodes, problemOf, problemOfFailure } from './problems';
import type { CommittedOffset, Problem } from './types';

/** What a group has committed, or why that could not be read. */
export type GroupOffsets =
  | {
      readonly committed: readonly CommittedOffset[];
      readonly readAtMs: number;
      readonly problem?: undefined;
    }
  | { readonly problem: Problem };

/** The version from which one OffsetFetch request covers many groups. */
const manyGroupsVersion = 8;

/** Asks the coordinators of groups for everything the groups have committed. */
export async function readCommitted(
  visit: BrokerVisit,
  groups: readonly ListedGroup[],
  now: () => number,
): Promise<Map<string, GroupOffsets>> {
  const offsets = new Map<string, GroupOffsets>();
  const [shared, others] = splitShared(groups);
  for (const { groupId } of shared)
    offsets.set(groupId, { problem: ofShareGroup(groupId) });
  const byBroker = groupBy(others, group => group.coordinator);
  await Promise.all(
    [...byBroker].map(async ([broker, own]) => {
      const ids = own.map(group => group.groupId);
      try {
        const version = await visit.versionOf(broker, offsetFetchApi);
        const size = version < manyGroupsVersion ? 1 : groupsPerRequest;
        await Promise.all(
          chunks(ids, size).map(chunk =>
            fill({ visit, broker, offsets, now }, chunk),
          ),
        );
      } catch (error) {
        fail(offsets, ids, error);
      }
    }),
  );
  return offsets;
}

/** Members of a share group acknowledge records one by one and commit no offsets. */
function splitShared(
  groups: readonly ListedGroup[],
): [shared: ListedGroup[], others: ListedGroup[]] {
  const isShared = ({ type }: ListedGroup) => type === 'share';
  return [groups.filter(isShared), groups.filter(group => !isShared(group))];
}

/** Fills in the offsets or a problem for every group that was asked for. */
async function fill(
  deps: {
    visit: BrokerVisit;
    broker: KnownBroker;
    offsets: Map<string, GroupOffsets>;
    now: () => number;
  },
  ids: readonly string[],
): Promise<void> {
  const { visit, broker, offsets, now } = deps;
  try {
    const answer = await visit.send(broker, offsetFetchApi, () => [
      ids.map(groupId => ({
        groupId,
        memberId: null,
        memberEpoch: -1,
        topics: null,
      })),
      // Offsets of an open transaction do not count yet: the ones before it hold.
      false,
    ]);
    const read = toGroupOffsets(answer, { ids, readAtMs: now() });
    for (const id of ids)
      offsets.set(id, read.get(id) ?? { problem: leftOut(groupName(id)) });
  } catch (error) {
    fail(offsets, ids, error);
  }
}

function fail(
  offsets: Map<string, GroupOffsets>,
  ids: readonly string[],
  error: unknown,
): void {
  for (const id of ids)
    if (!offsets.has(id))
      offsets.set(id, { problem: problemOfFailure(error, groupName(id)) });
}

/** Reads the committed offsets of one or many groups. */
export function toGroupOffsets(
  answer: OffsetFetchAnswer,
  { ids, readAtMs }: { ids: readonly string[]; readAtMs: number },
): Map<string, GroupOffsets> {
  const { topics = [], errorCode = 0 } = answer;
  // Below version 8 a response covers the one group that was asked for, without naming it.
  const groups =
    answer.groups.length > 0
      ? answer.groups
      : ids.slice(0, 1).map(groupId => ({ groupId, errorCode, topics }));
  return new Map(
    groups.map((group): [string, GroupOffsets] => {
      const problem = problemOf(group.errorCode, groupName(group.groupId));
      if (problem) return [group.groupId, { problem }];
      return [group.groupId, { committed: toCommitted(group), readAtMs }];
    }),
  );
}

function toCommitted({
  topics,
}: OffsetFetchAnswer['groups'][number]): CommittedOffset[] {
  return topics.flatMap(({ name, partitions }) =>
    partitions.map(({ partitionIndex, committedOffset, errorCode }) => {
      const problem = problemOf(errorCode, partitionName(name, partitionIndex));
      const isKnown = !problem && committedOffset >= 0n;
      return {
        topic: name,
        partition: partitionIndex,
        offset: isKnown ? committedOffset : null,
        ...(problem && { problem }),
      };
    }),
  );
}

function ofShareGroup(groupId: string): Problem {
  return {
    code: problemCodes.unsupportedType,
    message: `${groupName(groupId)} is a share group, which commits no offsets.`,
  };
}
