import type { BrokerVisit } from './brokers';
import { groupBy } from '@homelab/portal-node';
import { askLeader, earliest, latest, OffsetTable } from './listOffsets';
import { readClusterMap, updateMap } from './metadata';
import type {
  ClusterMap,
  KnownBroker,
  MappedPartition,
  MappedTopic,
} from './metadata';
import { mayHaveMoved } from './problems';
import type { PartitionSnapshot, TopicSnapshot } from './types';

/** Above this many topics, asking for all is cheaper than asking by name. */
const namedTopicsLimit = 500;

/**
 * Reads the offsets of topics from the leaders of their partitions. Where a leader may
 * have moved, looks it up once and retries. Deleted topics are left out.
 */
export async function readTopics(
  visit: BrokerVisit,
  deps: { map: ClusterMap; names: readonly string[]; now: () => number },
): Promise<ReadonlyMap<string, TopicSnapshot>> {
  const { map, names, now } = deps;
  const topics = new Map<string, TopicSnapshot>();
  const fill = async (from: ClusterMap, some: readonly string[]) => {
    for (const topic of await askLeaders(visit, { map: from, some, now }))
      topics.set(topic.name, topic);
  };
  await fill(map, names);
  const stale = [...topics.values()].filter(isStale).map(topic => topic.name);
  if (stale.length === 0) return topics;
  const fresh = await refresh(visit, map, stale);
  if (fresh === undefined) return topics;
  for (const name of stale) if (!fresh.topics.has(name)) topics.delete(name);
  await fill(
    fresh,
    stale.filter(name => fresh.topics.has(name)),
  );
  return topics;
}

async function refresh(
  visit: BrokerVisit,
  map: ClusterMap,
  names: readonly string[],
): Promise<ClusterMap | undefined> {
  try {
    const later = await readClusterMap(
      visit,
      names.length > namedTopicsLimit ? null : names,
    );
    return updateMap(map, names, later);
  } catch {
    // No broker is reachable; the earlier failure already says why.
    return undefined;
  }
}

/** A partition without a leader in the map has no broker to ask. */
function isStale({ partitions }: TopicSnapshot): boolean {
  return partitions.some(
    ({ leader, problem }) =>
      leader !== null && problem !== undefined && mayHaveMoved(problem),
  );
}

interface Wanted {
  readonly topic: string;
  readonly partition: number;
  readonly broker: KnownBroker;
}

interface Tables {
  readonly low: OffsetTable;
  readonly stable: OffsetTable;
  readonly high: OffsetTable;
  readonly readAtMs: ReadonlyMap<number, number>;
}

async function askLeaders(
  visit: BrokerVisit,
  deps: { map: ClusterMap; some: readonly string[]; now: () => number },
): Promise<TopicSnapshot[]> {
  const { map, some, now } = deps;
  const topics = some.flatMap(name => map.topics.get(name) ?? []);
  const wanted = topics.flatMap(topic => withLeaders(topic, map));
  const low = new OffsetTable();
  const stable = new OffsetTable();
  const high = new OffsetTable();
  const readAtMs = new Map<number, number>();
  await Promise.all(
    [...groupBy(wanted, one => one.broker)].map(
      async ([broker, partitions]) => {
        const ask = (
          into: OffsetTable,
          timestamp: bigint,
          isCommitted = false,
        ) =>
          askLeader(visit, {
            broker,
            partitions,
            timestampOf: () => timestamp,
            isolation: isCommitted ? 'committed' : 'uncommitted',
            into,
          });
        await Promise.all([
          ask(low, earliest),
          // Before `high` on the same connection, so that it cannot exceed it.
          ask(stable, latest, true),
          ask(high, latest).then(() => readAtMs.set(broker.nodeId, now())),
        ]);
      },
    ),
  );
  const tables = { low, stable, high, readAtMs };
  return topics.map(topic => toTopicSnapshot(topic, { map, tables, now }));
}

function withLeaders(topic: MappedTopic, map: ClusterMap): Wanted[] {
  return topic.partitions.flatMap(({ partition, leader }) => {
    const broker = leader === null ? undefined : map.brokers.get(leader);
    return broker ? [{ topic: topic.name, partition, broker }] : [];
  });
}

function toTopicSnapshot(
  topic: MappedTopic,
  deps: { map: ClusterMap; tables: Tables; now: () => number },
): TopicSnapshot {
  const { name, id, isInternal, problem } = topic;
  return {
    name,
    id,
    isInternal,
    partitions: topic.partitions.map(partition =>
      toPartitionSnapshot(name, partition, deps),
    ),
    ...(problem && { problem }),
  };
}

function toPartitionSnapshot(
  topic: string,
  { partition, leader, problem: mapped }: MappedPartition,
  { tables, now }: { tables: Tables; now: () => number },
): PartitionSnapshot {
  const of = (table: OffsetTable) => table.get({ topic, partition });
  const [low, stable, high] = [tables.low, tables.stable, tables.high].map(of);
  const offsetOf = (found: typeof low) =>
    found && !found.problem ? found.offset : null;
  const ends = [offsetOf(high), offsetOf(stable)];
  const problem = mapped ?? high?.problem ?? low?.problem ?? stable?.problem;
  return {
    partition,
    leader,
    low: offsetOf(low),
    high:
      ends[0] !== null && ends[1] !== null && ends[1] > ends[0]
        ? ends[1]
        : ends[0],
    stable: ends[1],
    readAtMs:
      (leader === null ? undefined : tables.readAtMs.get(leader)) ?? now(),
    ...(problem && { problem }),
  };
}
