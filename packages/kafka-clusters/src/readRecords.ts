import { fetchApi } from './apis';
import type { BrokerVisit } from './brokers';
import { askLeader, earliest, leaderOf, OffsetTable } from './listOffsets';
import { partitionName, readClusterMap } from './metadata';
import type { KnownBroker } from './metadata';
import {
  errorName,
  KafkaClusterError,
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
/** So much is passed over that was aborted or is only a mark, before it is given up. */
const maxPassedBytes = 64 * 1024 * 1024;
/** From this version of Fetch on topics are asked for by id. */
const topicIdVersion = 13;
const readCommitted = 1;

/** Where a partition is read: its leader, and the names that the request may need. */
interface Place {
  readonly broker: KnownBroker;
  readonly topicId: string | null;
}

/**
 * Reads records of a partition without a consumer group, from an offset on and up to the
 * last stable offset of this moment. What retention has deleted meanwhile is passed over, and
 * so is what was aborted: no records means that there are none to the end.
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
  let secondTry = false;
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
      if (secondTry) throw new KafkaClusterError(problem);
      secondTry = true;
      if (code === 'OFFSET_OUT_OF_RANGE') {
        const low = await findLow(visit, options, place);
        // Beyond the end there is nothing.
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
    message: `${partitionName(topic, partition)} holds more than ${maxPassedBytes / 1024 / 1024} MiB of aborted records up to offset ${from} and on: what lies behind them is not looked for.`,
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
  throw new KafkaClusterError({
    code:
      answer.errorCode === 0
        ? problemCodes.notAnswered
        : errorName(answer.errorCode),
    message: `${partitionName(topic, partition)} was left out of its leader's answer.`,
  });
}
