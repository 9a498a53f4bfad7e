import type { KafkaAdmin, PartitionOffsets } from '@homelab/kafka';
import type { Ledger } from './ledger.ts';
import type { LetterFormat } from './letter-format.ts';
import { parseLetter } from './letter.ts';
import type { Letter } from './letter.ts';
import type { RecordReader } from './read-places.ts';

/** How many letters have a code. */
export interface CodeCount {
  readonly code: string;
  readonly waiting: number;
  readonly redriven: number;
}

/** What a dead-letter topic holds. */
export interface LetterSummary {
  readonly topic: string;
  /** Letters in the topic; an upper bound, counted by offsets, when `isPartial`. */
  readonly letters: number;
  /** True when only the newest `examined` were read: the counts below cover these. */
  readonly isPartial: boolean;
  readonly examined: number;
  /** Not redriven yet. */
  readonly waiting: number;
  readonly redriven: number;
  /** Failure times; absent when there are no letters. */
  readonly oldestFailedAtMs?: number;
  readonly newestFailedAtMs?: number;
  /** The most frequent first, at most {@link maxCodes}. */
  readonly codes: readonly CodeCount[];
  /** All other codes together; absent when there are none. */
  readonly rest?: Omit<CodeCount, 'code'>;
}

/** Most codes listed in a summary. */
export const maxCodes = 50;

/** Most codes counted separately to find the most frequent. */
const maxCounted = 1_000;

interface Counts {
  waiting: number;
  redriven: number;
}

const sizeOf = ({ waiting, redriven }: Counts) => waiting + redriven;

function sumOf(counts: readonly Counts[]): Counts {
  return {
    waiting: counts.reduce((sum, one) => sum + one.waiting, 0),
    redriven: counts.reduce((sum, one) => sum + one.redriven, 0),
  };
}

/** Creates a counter for the letters of a topic. */
export function createSummary(topic: string): {
  add(letter: Letter, isRedriven: boolean): void;
  result(): LetterSummary;
} {
  const codes = new Map<string, Counts>();
  /** Letters with codes beyond those counted separately. */
  const beyond: Counts = { waiting: 0, redriven: 0 };
  let oldestMs = Infinity;
  let newestMs = -Infinity;

  function countsOf(code: string): Counts {
    const known = codes.get(code);
    if (known !== undefined) return known;
    if (codes.size >= maxCounted) return beyond;
    const counts = { waiting: 0, redriven: 0 };
    codes.set(code, counts);
    return counts;
  }

  return {
    add({ code, failedAtMs }, isRedriven) {
      countsOf(code)[isRedriven ? 'redriven' : 'waiting'] += 1;
      oldestMs = Math.min(oldestMs, failedAtMs);
      newestMs = Math.max(newestMs, failedAtMs);
    },
    result() {
      const counted = [...codes]
        .map(([code, counts]) => ({ code, ...counts }))
        .toSorted((a, b) => sizeOf(b) - sizeOf(a));
      const { waiting, redriven } = sumOf([...counted, beyond]);
      const letters = waiting + redriven;
      const rest = sumOf([...counted.slice(maxCodes), beyond]);
      return {
        topic,
        letters,
        isPartial: false,
        examined: letters,
        waiting,
        redriven,
        ...(letters > 0 && {
          oldestFailedAtMs: oldestMs,
          newestFailedAtMs: newestMs,
        }),
        codes: counted.slice(0, maxCodes),
        ...(sizeOf(rest) > 0 && { rest }),
      };
    },
  };
}

/** The extent of a topic, and where examination starts. */
interface Extent {
  readonly topic: string;
  readonly offsets: readonly PartitionOffsets[];
  /** For each partition, the first offset examined. */
  readonly starts: ReadonlyMap<number, bigint>;
  readonly isPartial: boolean;
}

export interface SummaryOptions {
  readonly kafka: RecordReader;
  /** Started. */
  readonly admin: Pick<KafkaAdmin, 'topicOffsets'>;
  readonly topics: readonly string[];
  readonly ledger: Ledger;
  readonly format: LetterFormat;
  /** Most letters to examine per topic, the newest of each partition; all when absent. */
  readonly maxExamined?: number;
}

/** Summarises dead-letter topics, in the order given. */
export async function summariseLetters(
  options: SummaryOptions,
): Promise<LetterSummary[]> {
  const { kafka, topics, ledger, format } = options;
  const summaries = new Map(topics.map(topic => [topic, createSummary(topic)]));
  const extents = await Promise.all(
    topics.map(topic => extentOf(topic, options)),
  );
  if (topics.length > 0)
    await kafka.read({
      topics,
      from: extents.flatMap(({ topic, starts }) =>
        [...starts].map(([partition, start]) => ({
          topic,
          partition,
          offset: String(start),
        })),
      ),
      onRecords: async records => {
        for (const record of records) {
          const isRedriven = ledger.entryOf(record) !== undefined;
          summaries
            .get(record.topic)
            ?.add(parseLetter(record, format), isRedriven);
        }
        return 'more';
      },
    });
  const oldest = await oldestOf(extents, options);
  return extents.map(extent => {
    const result = (
      summaries.get(extent.topic) ?? createSummary(extent.topic)
    ).result();
    if (!extent.isPartial) return result;
    const oldestFailedAtMs =
      oldest.get(extent.topic) ?? result.oldestFailedAtMs;
    return {
      ...result,
      letters: lengthOf(extent),
      isPartial: true,
      ...(oldestFailedAtMs !== undefined && { oldestFailedAtMs }),
    };
  });
}

async function extentOf(
  topic: string,
  { admin, maxExamined = Infinity }: SummaryOptions,
): Promise<Extent> {
  const offsets = await admin.topicOffsets(topic);
  const share = Math.ceil(maxExamined / (offsets.length || 1));
  const starts = new Map<number, bigint>();
  let isPartial = false;
  for (const { partition, low, high } of offsets) {
    const first = BigInt(low);
    const start = Number.isFinite(share) ? BigInt(high) - BigInt(share) : first;
    if (start > first) isPartial = true;
    starts.set(partition, start > first ? start : first);
  }
  return { topic, offsets, starts, isPartial };
}

function lengthOf({ offsets }: Extent): number {
  const length = offsets.reduce(
    (sum, { low, high }) => sum + BigInt(high) - BigInt(low),
    0n,
  );
  return Number(length);
}

/**
 * Range that must contain a partition's oldest letter, allowing for transaction markers
 * before it.
 */
const maxLead = 100n;

/** Failure times of the oldest letters of topics that are not examined from the start. */
async function oldestOf(
  extents: readonly Extent[],
  { kafka, format }: SummaryOptions,
): Promise<Map<string, number>> {
  const oldest = new Map<string, number>();
  const partial = extents.filter(({ isPartial }) => isPartial);
  if (partial.length === 0) return oldest;
  const begins = partial.flatMap(({ topic, offsets }) =>
    offsets.map(({ partition, low }) => ({ topic, partition, offset: low })),
  );
  const seen = new Set<string>();
  await kafka.read({
    topics: partial.map(({ topic }) => topic),
    onlyNamed: true,
    from: begins,
    to: begins.map(begin => ({
      ...begin,
      offset: String(BigInt(begin.offset) + maxLead),
    })),
    async onRecords([record]) {
      if (record === undefined) return 'more';
      const { topic, partition } = record;
      if (seen.has(`${topic}/${partition}`)) return 'more';
      seen.add(`${topic}/${partition}`);
      const { failedAtMs } = parseLetter(record, format);
      oldest.set(topic, Math.min(oldest.get(topic) ?? Infinity, failedAtMs));
      return 'more';
    },
  });
  return oldest;
}
