import type { BrokerVisit } from './brokers';
import { coordinatorPartition } from './coordinatorPartition';
import { groupName } from './describeGroups';
import { listGroups } from './listGroups';
import type { GroupListing } from './listGroups';
import { readClusterMap } from './metadata';
import type { ClusterMap } from './metadata';
import { sentenceOf } from './problems';
import { readGroups } from './readGroups';
import { readTopics } from './readTopics';
import type { ClusterSnapshot, GroupSnapshot, Problem } from './types';

/** What the last snapshot saw, so that what cannot be seen now is not taken for gone. */
export interface Remembered {
  /** Groups by name, with the node id of their coordinator. */
  readonly groups: ReadonlyMap<
    string,
    { readonly protocolType: string; readonly coordinator: number }
  >;
  readonly topics: ReadonlySet<string>;
}

export const nothingRemembered: Remembered = {
  groups: new Map(),
  topics: new Set(),
};

const offsetsTopic = '__consumer_offsets';

/** Takes a snapshot. Committed offsets are read before end offsets. */
export async function takeSnapshot(
  visit: BrokerVisit,
  deps: {
    readonly includeGroup: (groupId: string) => boolean;
    readonly includeTopic: (topic: string) => boolean;
    readonly remembered: Remembered;
    readonly now: () => number;
  },
): Promise<{ snapshot: ClusterSnapshot; remembered: Remembered }> {
  const { includeGroup, includeTopic, remembered, now } = deps;
  const takenAtMs = now();
  const map = await readClusterMap(visit, null);
  const listing = await listGroups(visit, map);
  const listed = [...listing.groups.values()].filter(({ groupId }) =>
    includeGroup(groupId),
  );
  const groups = new Map(await readGroups(visit, { map, groups: listed, now }));
  for (const lost of lostGroups({ map, listing, remembered }))
    if (includeGroup(lost.groupId))
      groups.set(lost.groupId, { ...lost, readAtMs: now() });

  const used = topicsOf(groups.values());
  const complete = await addHidden(visit, map, [...used, ...remembered.topics]);
  const names = [...complete.topics.keys()].filter(
    name => used.has(name) || includeTopic(name),
  );
  const topics = await readTopics(visit, { map: complete, names, now });
  return {
    snapshot: {
      takenAtMs,
      brokers: [...map.brokers.values()],
      topics,
      groups: denyHidden(groups, complete),
      problems: [...listing.problems.values(), ...offsetsTopicProblems(map)],
      requestCount: visit.requestCount(),
    },
    remembered: {
      groups: new Map(
        [...groups.values()].map(({ groupId, protocolType }) => [
          groupId,
          {
            protocolType,
            coordinator:
              listing.groups.get(groupId)?.coordinator.nodeId ??
              remembered.groups.get(groupId)!.coordinator,
          },
        ]),
      ),
      topics: new Set(names),
    },
  };
}

/** Every topic that a group has committed to or is reading. */
function topicsOf(groups: Iterable<GroupSnapshot>): Set<string> {
  const names = new Set<string>();
  for (const { committed } of groups)
    for (const { topic } of committed) names.add(topic);
  return names;
}

/**
 * Brokers leave out of the list of all topics those that we may not see. Asked by name they
 * say whether a topic is gone or only hidden.
 */
async function addHidden(
  visit: BrokerVisit,
  map: ClusterMap,
  names: readonly string[],
): Promise<ClusterMap> {
  const missing = [...new Set(names)].filter(name => !map.topics.has(name));
  if (missing.length === 0) return map;
  const named = await readClusterMap(visit, missing);
  const hidden = [...named.topics].filter(
    ([, { problem }]) => problem?.code !== 'UNKNOWN_TOPIC_OR_PARTITION',
  );
  return { ...map, topics: new Map([...map.topics, ...hidden]) };
}

/** A hidden topic's offsets are left out by brokers too, which must not look as if there were none. */
function denyHidden(
  groups: ReadonlyMap<string, GroupSnapshot>,
  map: ClusterMap,
): ReadonlyMap<string, GroupSnapshot> {
  const isHidden = (topic: string) =>
    map.topics.get(topic)?.problem !== undefined;
  return new Map(
    [...groups].map(([id, group]) => {
      if (!group.committed.some(({ topic }) => isHidden(topic)))
        return [id, group];
      const committed = group.committed.map(one => {
        const problem = map.topics.get(one.topic)?.problem;
        return one.offset === null && problem ? { ...one, problem } : one;
      });
      return [id, { ...group, committed }];
    }),
  );
}

/** Groups of the last time that no broker lists now, because the one that would is away. */
export function lostGroups(deps: {
  readonly map: ClusterMap;
  readonly listing: GroupListing;
  readonly remembered: Remembered;
}): Omit<GroupSnapshot, 'readAtMs'>[] {
  const { map, listing, remembered } = deps;
  return [...remembered.groups].flatMap(
    ([groupId, { protocolType, coordinator }]) => {
      const holder = leaderOfGroup(map, groupId) ?? coordinator;
      if (listing.groups.has(groupId) || listing.complete.has(holder))
        return [];
      const code = 'COORDINATOR_NOT_AVAILABLE';
      const problem = listing.problems.get(holder) ?? {
        code,
        message: sentenceOf(code, groupName(groupId)),
      };
      return {
        groupId,
        protocolType,
        state: null,
        assignor: null,
        members: [],
        committed: [],
        problem,
        offsetsProblem: problem,
      };
    },
  );
}

/** The broker that a group belongs to, -1 when there is none; undefined when that may not be seen. */
function leaderOfGroup(map: ClusterMap, groupId: string): number | undefined {
  const partitions = map.topics.get(offsetsTopic)?.partitions ?? [];
  if (partitions.length === 0) return undefined;
  const wanted = coordinatorPartition(groupId, partitions.length);
  return partitions.find(one => one.partition === wanted)?.leader ?? -1;
}

function offsetsTopicProblems(map: ClusterMap): Problem[] {
  const partitions = map.topics.get(offsetsTopic)?.partitions ?? [];
  const without = partitions.filter(({ leader }) => leader === null).length;
  if (without === 0) return [];
  return [
    {
      code: 'COORDINATOR_NOT_AVAILABLE',
      message: `${without} of ${partitions.length} partitions of ${offsetsTopic} have no leader, so the groups in them cannot be read: start the brokers that hold them.`,
    },
  ];
}
