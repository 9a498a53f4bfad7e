import type { KafkaClient, ReadOptions } from '@homelab/kafka';
import type { LetterPlace } from './letter-filter.ts';

/** Reads Kafka topics. */
export type RecordReader = Pick<KafkaClient, 'read'>;

/** Offsets of a partition from `from` up to, not including, `to`. */
interface Range {
  readonly partition: number;
  readonly from: bigint;
  to: bigint;
}

/** Places closer than this are read in one range. */
const maxGap = 1_000n;

/**
 * Reads a Kafka topic, or only ranges around these places rather than everything between
 * the first and the last.
 */
export async function readPlaces(
  kafka: RecordReader,
  topic: string,
  at: readonly LetterPlace[] | undefined,
  options: Pick<ReadOptions, 'to' | 'onRecords'>,
): Promise<void> {
  if (at === undefined) {
    await kafka.read({ topics: [topic], ...options });
    return;
  }
  for (const ranges of roundsOf(at))
    if (await readRanges(kafka, topic, ranges, options.onRecords)) return;
}

/** @returns true when `onRecords` returned `enough` */
async function readRanges(
  kafka: RecordReader,
  topic: string,
  ranges: readonly Range[],
  onRecords: ReadOptions['onRecords'],
): Promise<boolean> {
  const place = (offset: bigint, partition: number) => ({
    topic,
    partition,
    offset: String(offset),
  });
  let isEnough = false;
  await kafka.read({
    topics: [topic],
    onlyNamed: true,
    from: ranges.map(({ partition, from }) => place(from, partition)),
    to: ranges.map(({ partition, to }) => place(to, partition)),
    async onRecords(records) {
      const answer = await onRecords(records);
      isEnough = answer === 'enough';
      return answer;
    },
  });
  return isEnough;
}

/** Ranges to read together: one per partition. */
function roundsOf(at: readonly LetterPlace[]): Range[][] {
  const rounds: Range[][] = [];
  const roundOf = new Map<number, number>();
  for (const range of rangesOf(at)) {
    const round = roundOf.get(range.partition) ?? 0;
    roundOf.set(range.partition, round + 1);
    (rounds[round] ??= []).push(range);
  }
  return rounds;
}

function compareOffsets(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function rangesOf(at: readonly LetterPlace[]): Range[] {
  const places = at
    .map(({ partition, offset }) => ({ partition, offset: BigInt(offset) }))
    .toSorted(
      (a, b) => a.partition - b.partition || compareOffsets(a.offset, b.offset),
    );
  const ranges: Range[] = [];
  for (const { partition, offset } of places) {
    const last = ranges.at(-1);
    if (last?.partition === partition && offset <= last.to + maxGap)
      last.to = offset + 1n;
    else ranges.push({ partition, from: offset, to: offset + 1n });
  }
  return ranges;
}
