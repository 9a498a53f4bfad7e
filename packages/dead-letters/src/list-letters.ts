import { sizeOfRecord } from '@homelab/kafka';
import type { KafkaAdmin, PartitionOffsets, ReadRecord } from '@homelab/kafka';
import { createMatcher } from './letter-filter.ts';
import type { LetterFilter, LetterPlace } from './letter-filter.ts';
import type { LetterFormat } from './letter-format.ts';
import { parseLetter } from './letter.ts';
import type { Letter } from './letter.ts';
import { readPlaces } from './read-places.ts';
import type { RecordReader } from './read-places.ts';

export interface ListOptions {
  readonly kafka: RecordReader;
  /** Started. */
  readonly admin: Pick<KafkaAdmin, 'topicOffsets'>;
  readonly topic: string;
  readonly format: LetterFormat;
  readonly filter?: LetterFilter;
  /** Most letters on a page. */
  readonly limit: number;
  /**
   * Bytes of letters after which a page ends, with the last letter whole: letters may be
   * a MiB each. Default 4 MiB. Each partition buffers as much again while it is read.
   */
  readonly maxBytes?: number;
  /** `next` of the previous page; when absent, starts at the newest. */
  readonly before?: readonly LetterPlace[];
  /** Most letters to examine for one page; no limit when absent. */
  readonly maxExamined?: number;
}

/** A page of letters, newest first. */
export interface LetterPage {
  readonly letters: readonly Letter[];
  /** Records examined. */
  readonly examined: number;
  /** For each partition, the offset before which to continue; undefined at the end. */
  readonly next: readonly LetterPlace[] | undefined;
}

/** A partition that is read backwards, block by block. */
interface Tail {
  readonly partition: number;
  readonly low: bigint;
  /** Everything from here on has been read. */
  unread: bigint;
  /** Everything from here on has been returned. */
  ungiven: bigint;
  blockSize: bigint;
  /** Read and selected but not yet returned; newest first. */
  found: Letter[];
}

const defaultMaxBytes = 4 * 1024 * 1024;
const minBlockSize = 10;
const maxBlockSize = 20_000n;
const blockGrowth = 4n;

/**
 * Returns the newest letters that match a filter, page by page. Reads backwards and no
 * more than needed. Partitions are merged by failure time; within a partition the order
 * is that of the topic.
 */
export async function listLetters(options: ListOptions): Promise<LetterPage> {
  const {
    filter = {},
    limit,
    maxExamined = Infinity,
    maxBytes = defaultMaxBytes,
  } = options;
  if (filter.at) return listPlaces(options);
  const tails = await tailsOf(options);
  const letters: Letter[] = [];
  let examined = 0;
  let bytes = 0;
  while (letters.length < limit && bytes < maxBytes) {
    const short = tails.filter(
      ({ found, unread, low }) => found.length === 0 && unread > low,
    );
    if (short.length > 0 && examined < maxExamined) {
      const most = Math.ceil((maxExamined - examined) / short.length);
      examined += await readBlocks(short, most, options);
      continue;
    }
    const newest = newestOf(tails);
    const letter = newest?.found.shift();
    if (newest === undefined || letter === undefined) break;
    newest.ungiven = BigInt(letter.record.offset);
    letters.push(letter);
    bytes += sizeOfRecord(letter.record);
  }
  return { letters, examined, next: nextOf(tails) };
}

async function tailsOf(options: ListOptions): Promise<Tail[]> {
  const { admin, topic, limit, before } = options;
  const offsets = await admin.topicOffsets(topic);
  const starts = new Map(
    before?.map(({ partition, offset }) => [partition, BigInt(offset)]),
  );
  const blockSize = BigInt(
    Math.max(minBlockSize, Math.ceil((2 * limit) / (offsets.length || 1))),
  );
  return offsets.map(one => {
    const start = startOf(one, starts.get(one.partition));
    return {
      partition: one.partition,
      low: BigInt(one.low),
      unread: start,
      ungiven: start,
      blockSize,
      found: [],
    };
  });
}

function startOf({ high }: PartitionOffsets, start: bigint | undefined) {
  const end = BigInt(high);
  return start === undefined || start > end ? end : start;
}

/**
 * Reads one block of at most this many records of each of these partitions; returns how
 * many were read.
 */
async function readBlocks(
  tails: readonly Tail[],
  most: number,
  options: ListOptions,
): Promise<number> {
  const { kafka, topic, format, filter = {} } = options;
  const matches = createMatcher(filter);
  const tailOf = new Map(tails.map(tail => [tail.partition, tail]));
  const place = (partition: number, offset: bigint) => ({
    topic,
    partition,
    offset: String(offset),
  });
  const to = tails.map(({ partition, unread }) => place(partition, unread));
  for (const tail of tails) {
    const start = tail.unread - smaller(tail.blockSize, most);
    tail.unread = start > tail.low ? start : tail.low;
    const larger = tail.blockSize * blockGrowth;
    tail.blockSize = larger < maxBlockSize ? larger : maxBlockSize;
  }
  let examined = 0;
  await kafka.read({
    topics: [topic],
    onlyNamed: true,
    from: tails.map(({ partition, unread }) => place(partition, unread)),
    to,
    async onRecords(records) {
      examined += records.length;
      const tail = tailOf.get(records[0]?.partition ?? -1);
      if (tail === undefined) return 'more';
      const found = lettersOf(records, format).filter(matches);
      tail.found = newestForPage(
        [...found.toReversed(), ...tail.found],
        options,
      );
      return 'more';
    },
  });
  return examined;
}

/**
 * Keeps the newest letters, as many as fit on a page plus one, which shows that there are
 * more.
 */
function newestForPage(
  letters: readonly Letter[],
  { limit, maxBytes = defaultMaxBytes }: ListOptions,
): Letter[] {
  const kept: Letter[] = [];
  let bytes = 0;
  for (const letter of letters) {
    if (kept.length > limit || bytes > maxBytes) break;
    kept.push(letter);
    bytes += sizeOfRecord(letter.record);
  }
  return kept;
}

function lettersOf(
  records: readonly ReadRecord[],
  format: LetterFormat,
): Letter[] {
  return records.map(record => parseLetter(record, format));
}

function newestOf(tails: readonly Tail[]): Tail | undefined {
  let newest: Tail | undefined;
  for (const tail of tails) {
    const failedAtMs = tail.found[0]?.failedAtMs;
    if (failedAtMs === undefined) continue;
    if (failedAtMs > (newest?.found[0]?.failedAtMs ?? -Infinity)) newest = tail;
  }
  return newest;
}

function nextOf(tails: readonly Tail[]): LetterPlace[] | undefined {
  const places = tails.map(({ partition, found, unread, ungiven }) => ({
    partition,
    // Nothing between the returned letters and the found ones matches.
    offset: String(found.length > 0 ? ungiven : min(unread, ungiven)),
  }));
  const isEnd = tails.every(
    ({ found, unread, low }) => found.length === 0 && unread <= low,
  );
  return isEnd ? undefined : places;
}

const smaller = (size: bigint, most: number) =>
  most < size ? BigInt(most) : size;
const min = (a: bigint, b: bigint) => (a < b ? a : b);

/** Letters selected by place, newest first. */
async function listPlaces(options: ListOptions): Promise<LetterPage> {
  const { kafka, topic, format, filter = {}, limit } = options;
  const matches = createMatcher(filter);
  let letters: Letter[] = [];
  let examined = 0;
  await readPlaces(kafka, topic, filter.at, {
    async onRecords(records) {
      examined += records.length;
      letters = [...letters, ...lettersOf(records, format).filter(matches)]
        .toSorted((a, b) => b.failedAtMs - a.failedAtMs)
        .slice(0, limit);
      return 'more';
    },
  });
  return { letters, examined, next: undefined };
}
