import type { GroupsAnswer } from './answers';
import { listGroupsApi } from './apis';
import { nameOf } from './brokers';
import type { BrokerVisit } from './brokers';
import type { ClusterMap, KnownBroker } from './metadata';
import { problemOf, problemOfFailure } from './problems';
import type { Problem } from './types';

/** A consumer group as its coordinator lists it. */
export interface ListedGroup {
  readonly groupId: string;
  readonly protocolType: string;
  /** Null from brokers older than 2.6. */
  readonly state: string | null;
  /** `classic`, `consumer`, `share`, `streams`; null from brokers older than 3.8. */
  readonly type: string | null;
  readonly coordinator: KnownBroker;
}

export interface GroupListing {
  readonly groups: ReadonlyMap<string, ListedGroup>;
  /** Node ids of the brokers that listed all their groups. */
  readonly complete: ReadonlySet<number>;
  /** Why the others did not, by node id. */
  readonly problems: ReadonlyMap<number, Problem>;
}

/** Asks every broker for the groups it coordinates. */
export async function listGroups(
  visit: BrokerVisit,
  map: ClusterMap,
): Promise<GroupListing> {
  const groups = new Map<string, ListedGroup>();
  const complete = new Set<number>();
  const problems = new Map<number, Problem>();
  const ask = async (broker: KnownBroker) => {
    const subject = `The list of groups of ${nameOf(broker)}`;
    try {
      const answer = await visit.send(broker, listGroupsApi, () => [[], []]);
      for (const group of answer.groups)
        groups.set(group.groupId, toListed(group, broker));
      // A broker that is still loading some groups lists the others.
      const problem = problemOf(answer.errorCode, subject);
      if (problem) problems.set(broker.nodeId, problem);
      else complete.add(broker.nodeId);
    } catch (error) {
      problems.set(broker.nodeId, problemOfFailure(error, subject));
    }
  };
  await Promise.all([...map.brokers.values()].map(ask));
  return { groups, complete, problems };
}

function toListed(
  group: GroupsAnswer['groups'][number],
  coordinator: KnownBroker,
): ListedGroup {
  return {
    groupId: group.groupId,
    protocolType: group.protocolType,
    state: group.groupState || null,
    // Some versions spell it `Classic` and `Consumer`.
    type: group.groupType?.toLowerCase() || null,
    coordinator,
  };
}
