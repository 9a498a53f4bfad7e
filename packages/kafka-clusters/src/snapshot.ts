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
import type {
  ClusterSnapshot,
  CommittedOffset,
  GroupSnapshot,
  Problem,
} from './types';

/** What the last snapshot saw, so that what is hidden or unreachable now is not taken for deleted. */
export interface Remembered {
  readonly groups: ReadonlyMap<string, RememberedGroup>;
  readonly topics: ReadonlySet<string>;
}

interface RememberedGroup {
  readonly protocolType: string;
  /** Node id. */
  readonly coordinator: number;
  readonly committed: readonly CommittedOffset[];
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
  const shown = showHidden(groups, complete, remembered);
  return {
    snapshot: {
      takenAtMs,
      brokers: [...map.brokers.values()],
      topics,
      groups: shown,
      problems: [...listing.problems.values(), ...offsetsTopicProblems(map)],
      requestCount: visit.requestCount(),
    },
    // A snapshot of one group forgets no others.
    remembered: {
      groups: new Map([
        ...[...remembered.groups].filter(([groupId]) => !includeGroup(groupId)),
        ...rememberGroups(shown, listing, remembered),
      ]),
      topics: new Set([
        ...[...remembered.topics].filter(name => !includeTopic(name)),
        ...names,
      ]),
    },
  };
}

/** A group that could not be read this time is remembered as it was. */
function rememberGroups(
  groups: ReadonlyMap<string, GroupSnapshot>,
  listing: GroupListing,
  before: Remembered,
): Remembered['groups'] {
  const remembered = new Map<string, RememberedGroup>();
  for (const { groupId, protocolType, ...group } of groups.values()) {
    const known = before.groups.get(groupId);
    const listed = listing.groups.get(groupId);
    const coordinator = listed?.coordinator.nodeId ?? known?.coordinator;
    if (coordinator === undefined) continue;
    const committed = group.offsetsProblem
      ? (known?.committed ?? [])
      : group.committed;
    remembered.set(groupId, { protocolType, coordinator, committed });
  }
  return remembered;
}

/** Every topic that a group reads or has committed offsets in. */
function topicsOf(groups: Iterable<GroupSnapshot>): Set<string> {
  const names = new Set<string>();
  for (const { committed } of groups)
    for (const { topic } of committed) names.add(topic);
  return names;
}

/**
 * Adds topics that we are not permitted to see: brokers leave them out of the list of all
 * topics, but asked by name say whether a topic is deleted or only hidden.
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

/**
 * Brokers also leave out offsets in hidden topics, which must not look as if there were none:
 * partitions that a member reads or that had an offset last time get the topic's problem.
 */
export function showHidden(
  groups: ReadonlyMap<string, GroupSnapshot>,
  map: ClusterMap,
  remembered: Remembered,
): ReadonlyMap<string, GroupSnapshot> {
  const problemOf = ({ topic }: CommittedOffset) =>
    map.topics.get(topic)?.problem;
  return new Map(
    [...groups].map(([groupId, group]) => {
      if (group.offsetsProblem) return [groupId, group];
      const hidden = new Map<string, CommittedOffset>();
      const before = remembered.groups.get(groupId)?.committed ?? [];
      const unknown = group.committed.filter(({ offset }) => offset === null);
      for (const { topic, partition } of [...before, ...unknown]) {
        const one = { topic, partition, offset: null };
        const problem = problemOf(one);
        if (problem) hidden.set(`${topic}/${partition}`, { ...one, problem });
      }
      if (hidden.size === 0) return [groupId, group];
      const rest = group.committed.filter(
        ({ topic, partition }) => !hidden.has(`${topic}/${partition}`),
      );
      return [groupId, { ...group, committed: [...rest, ...hidden.values()] }];
    }),
  );
}

/** Groups of the last snapshot that no broker lists now because their broker is down. */
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

/** The broker that a group belongs to; -1 for none, undefined when the partitions are hidden. */
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
      message: `${without} of ${partitions.length} partitions of ${offsetsTopic} have no leader, so their groups cannot be read: start the brokers that hold them.`,
    },
  ];
}
