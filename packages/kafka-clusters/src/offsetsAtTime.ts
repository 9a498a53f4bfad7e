import type { BrokerVisit } from './brokers';
import { groupBy } from '@homelab/portal-node';
import { askLeader, leaderOf, OffsetTable } from './listOffsets';
import { readClusterMap } from './metadata';
import type { KnownBroker } from './metadata';
import { mayHaveMoved } from './problems';

interface Wanted {
  readonly topic: string;
  readonly partition: number;
  readonly timeMs: number;
}

/** Finds the first record at or after a time in each partition. */
export async function findOffsetsAtTime(
  visit: BrokerVisit,
  topic: string,
  partitions: readonly { partition: number; timeMs: number }[],
) {
  const wanted = partitions.map(one => ({ ...one, topic }));
  const found = new OffsetTable();
  await askLeaders(visit, wanted, found);
  const stale = wanted.filter(one => {
    const problem = found.get(one)?.problem;
    return problem !== undefined && mayHaveMoved(problem);
  });
  if (stale.length > 0) await askLeaders(visit, stale, found);
  return wanted.map(one => {
    const { partition } = one;
    const offset = found.get(one);
    if (offset === undefined || offset.problem)
      return {
        partition,
        offset: null,
        timestampMs: null,
        problem: offset?.problem,
      };
    return {
      partition,
      offset: offset.offset,
      timestampMs: offset.timestampMs,
    };
  });
}

async function askLeaders(
  visit: BrokerVisit,
  wanted: readonly Wanted[],
  into: OffsetTable,
): Promise<void> {
  const map = await readClusterMap(visit, [
    ...new Set(wanted.map(({ topic }) => topic)),
  ]);
  const reachable: { one: Wanted; broker: KnownBroker }[] = [];
  for (const one of wanted) {
    const leader = leaderOf(map, one);
    if ('problem' in leader) into.set(one, leader);
    else reachable.push({ one, broker: leader });
  }
  await Promise.all(
    [...groupBy(reachable, ({ broker }) => broker)].map(([broker, own]) =>
      askLeader(visit, {
        broker,
        partitions: own.map(({ one }) => one),
        timestampOf: ({ timeMs }) => BigInt(Math.ceil(timeMs)),
        isolation: 'uncommitted',
        into,
      }),
    ),
  );
}
