import { fetchApi } from './apis';
import type { BrokerVisit } from './brokers';
import { askLeader, earliest, leaderOf, OffsetTable } from './listOffsets';
import { partitionName, readClusterMap } from './metadata';
import type { KnownBroker } from './metadata';
import {
  errorName,
  KafkaClusterError,
  leftOut,
  mayHaveMoved,
  problemCodes,
  sentenceOf,
} from './problems';
import { selectRecords } from './selectRecords';
import type { PeekedRecord } from './types';

interface ReadOptions {
  readonly topic: string;
  readonly partition: number;
  readonly fromOffset: bigint;
  readonly maxRecords: number;
  readonly maxBytes?: number;
}

const defaultMaxBytes = 1024 * 1024;
/** Most bytes of aborted records and transaction markers skipped before giving up. */
const maxPassedBytes = 64 * 1024 * 1024;
/** The version from which Fetch names topics by id. */
const topicIdVersion = 13;
const readCommitted = 1;

/** Where a partition is read: its leader, and the topic id that newer versions need. */
interface Place {
  readonly broker: KnownBroker;
  readonly topicId: string | null;
}

/**
 * Reads records of a partition without a consumer group, from an offset up to the current
 * last stable offset. Skips what retention has deleted meanwhile and aborted records: an empty
 * list means that none are left before the end.
 */
export async function readRecords(
  visit: BrokerVisit,
  options: ReadOptions,
): Promise<readonly PeekedRecord[]> {
  const { maxRecords, maxBytes = defaultMaxBytes } = options;
  let place = await findPlace(visit, options);
  let from = options.fromOffset;
  let end: bigint | undefined;
  let bytesLeft = maxBytes;
  let passedBytes = 0;
  let hasRetried = false;
  const records: PeekedRecord[] = [];
  while (records.length < maxRecords && bytesLeft > 0) {
    const fetched = await fetchOnce(visit, {
      ...options,
      place,
      from,
      bytesLeft,
    });
    if (fetched.errorCode !== 0) {
      const code = errorName(fetched.errorCode);
      const name = partitionName(options.topic, options.partition);
      const problem = { code, message: sentenceOf(code, name) };
      if (hasRetried) throw new KafkaClusterError(problem);
      hasRetried = true;
      if (code === 'OFFSET_OUT_OF_RANGE') {
        const low = await findLow(visit, options, place);
        // The offset is past the end.
        if (from >= low) return records;
        from = low;
      } else if (mayHaveMoved(problem)) {
        place = await findPlace(visit, options);
      } else {
        throw new KafkaClusterError(problem);
      }
      continue;
    }
    end ??= fetched.lastStableOffset;
    const {
      records: some,
      nextOffset,
      bytes,
    } = selectRecords(fetched.records ?? [], {
      fromOffset: from,
      endOffset: end,
      aborted: fetched.abortedTransactions ?? [],
    });
    records.push(...some);
    if (records.length > 0) bytesLeft -= bytes;
    else passedBytes += bytes;
    if (passedBytes > maxPassedBytes) throw tooMuchAborted(options, from);
    if (nextOffset === null || nextOffset <= from || nextOffset >= end) break;
    from = nextOffset;
  }
  return records.slice(0, maxRecords);
}

function tooMuchAborted(
  { topic, partition }: ReadOptions,
  from: bigint,
): KafkaClusterError {
  return new KafkaClusterError({
    code: problemCodes.tooMuchAborted,
    message: `${partitionName(topic, partition)} holds more than ${maxPassedBytes / 1024 / 1024} MiB of aborted records around offset ${from}: records after them are not searched.`,
  });
}

async function findPlace(
  visit: BrokerVisit,
  { topic, partition }: ReadOptions,
): Promise<Place> {
  const map = await readClusterMap(visit, [topic]);
  const leader = leaderOf(map, { topic, partition });
  if ('problem' in leader) throw new KafkaClusterError(leader.problem);
  return { broker: leader, topicId: map.topics.get(topic)?.id ?? null };
}

async function findLow(
  visit: BrokerVisit,
  wanted: ReadOptions,
  { broker }: Place,
): Promise<bigint> {
  const into = new OffsetTable();
  await askLeader(visit, {
    broker,
    partitions: [wanted],
    timestampOf: () => earliest,
    isolation: 'uncommitted',
    into,
  });
  const found = into.get(wanted);
  if (found?.problem) throw new KafkaClusterError(found.problem);
  return found?.offset ?? 0n;
}

async function fetchOnce(
  visit: BrokerVisit,
  what: ReadOptions & { place: Place; from: bigint; bytesLeft: number },
) {
  const { topic, partition, place, from, bytesLeft } = what;
  const answer = await visit.send(place.broker, fetchApi, version => [
    0,
    0,
    bytesLeft,
    readCommitted,
    0,
    -1,
    [
      {
        topicId: version < topicIdVersion ? topic : (place.topicId ?? topic),
        partitions: [
          {
            partition,
            currentLeaderEpoch: -1,
            fetchOffset: from,
            lastFetchedEpoch: -1,
            partitionMaxBytes: bytesLeft,
          },
        ],
      },
    ],
    [],
    '',
  ]);
  const fetched = answer.responses
    .flatMap(({ partitions }) => partitions)
    .find(({ partitionIndex }) => partitionIndex === partition);
  if (fetched) return fetched;
  const problem = leftOut(partitionName(topic, partition));
  throw new KafkaClusterError(
    answer.errorCode === 0
      ? problem
      : { ...problem, code: errorName(answer.errorCode) },
  );
}
