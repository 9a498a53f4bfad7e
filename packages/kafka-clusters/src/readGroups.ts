import type { BrokerVisit } from './brokers';
import { readCommitted } from './committedOffsets';
import type { GroupOffsets } from './committedOffsets';
import { describeGroups } from './describeGroups';
import type { DescribedGroup } from './describeGroups';
import { findCoordinators } from './findCoordinators';
import type { ListedGroup } from './listGroups';
import type { ClusterMap } from './metadata';
import { mayHaveMoved } from './problems';
import type { CommittedOffset, GroupMember, GroupSnapshot } from './types';

interface GroupAnswer {
  readonly described: DescribedGroup;
  readonly offsets: GroupOffsets;
}

/**
 * Reads state, members and committed offsets of groups from their coordinators. Where a
 * coordinator may have moved, looks it up once and retries.
 */
export async function readGroups(
  visit: BrokerVisit,
  deps: {
    map: ClusterMap;
    groups: readonly ListedGroup[];
    now: () => number;
  },
): Promise<ReadonlyMap<string, GroupSnapshot>> {
  const { map, groups, now } = deps;
  const answers = await ask(visit, groups, now);
  const stale = groups.filter(group => isStale(answers.get(group.groupId)));
  if (stale.length > 0) {
    const moved = await findAgain(visit, map, stale);
    for (const [id, answer] of await ask(visit, moved, now))
      answers.set(id, answer);
  }
  return new Map(
    groups.flatMap(group => {
      const answer = answers.get(group.groupId);
      return answer
        ? [[group.groupId, toGroupSnapshot(group, answer, now)]]
        : [];
    }),
  );
}

async function ask(
  visit: BrokerVisit,
  groups: readonly ListedGroup[],
  now: () => number,
): Promise<Map<string, GroupAnswer>> {
  const [described, offsets] = await Promise.all([
    describeGroups(visit, groups),
    readCommitted(visit, groups, now),
  ]);
  return new Map(
    groups.map(({ groupId }) => [
      groupId,
      { described: described.get(groupId)!, offsets: offsets.get(groupId)! },
    ]),
  );
}

function isStale(answer: GroupAnswer | undefined): boolean {
  return [answer?.described.problem, answer?.offsets.problem].some(
    problem => problem !== undefined && mayHaveMoved(problem),
  );
}

/** Looks up the current coordinators; leaves out groups without one. */
async function findAgain(
  visit: BrokerVisit,
  map: ClusterMap,
  groups: readonly ListedGroup[],
): Promise<ListedGroup[]> {
  const found = await findCoordinators(
    visit,
    groups.map(group => group.groupId),
  );
  return groups.flatMap(group => {
    const now = found.get(group.groupId);
    if (now === undefined || now.problem) return [];
    const coordinator = map.brokers.get(now.nodeId);
    return coordinator ? [{ ...group, coordinator }] : [];
  });
}

function toGroupSnapshot(
  listed: ListedGroup,
  { described, offsets }: GroupAnswer,
  now: () => number,
): GroupSnapshot {
  const isDescribed = described.problem === undefined;
  const members = isDescribed ? described.members : [];
  const problem = offsets.problem ?? described.problem;
  return {
    groupId: listed.groupId,
    protocolType:
      (isDescribed && described.protocolType) || listed.protocolType,
    state: isDescribed ? described.state : listed.state,
    assignor: isDescribed ? described.assignor : null,
    members,
    committed: offsets.problem ? [] : withAssigned(offsets.committed, members),
    readAtMs: offsets.problem ? now() : offsets.readAtMs,
    ...(problem && { problem }),
    ...(offsets.problem && { offsetsProblem: offsets.problem }),
  };
}

/** Adds partitions that a member reads and nobody has committed, which brokers leave out. */
export function withAssigned(
  committed: readonly CommittedOffset[],
  members: readonly GroupMember[],
): readonly CommittedOffset[] {
  const nameOf = (topic: string, partition: number) => `${topic}/${partition}`;
  const known = new Set(
    committed.map(({ topic, partition }) => nameOf(topic, partition)),
  );
  const missing: CommittedOffset[] = [];
  for (const { assigned } of members)
    for (const { topic, partitions } of assigned)
      for (const partition of partitions)
        if (!known.has(nameOf(topic, partition)))
          missing.push({ topic, partition, offset: null });
  return missing.length === 0 ? committed : [...committed, ...missing];
}
