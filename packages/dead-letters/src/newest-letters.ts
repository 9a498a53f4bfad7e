import type { KafkaAdmin, KafkaClient } from '@homelab/service-kit';
import { parseLetter } from './letter.ts';
import type { Letter } from './letter.ts';
import { isEmptyFilter, matches } from './letter-filter.ts';
import type { LetterFilter } from './letter-filter.ts';

/** The newest letters of a dead-letter topic that a filter selects, the newest first. */
export async function newestLetters(options: {
  readonly kafka: KafkaClient;
  /** Started. */
  readonly admin: KafkaAdmin;
  readonly topic: string;
  readonly filter: LetterFilter;
  readonly limit: number;
}): Promise<Letter[]> {
  const { kafka, topic, filter, limit } = options;
  let kept: Letter[] = [];
  await kafka.read({
    topics: [topic],
    from: await startOf(options),
    onRecords: async records => {
      const found = records
        .map(parseLetter)
        .filter(letter => matches(filter, letter));
      kept = newest([...kept, ...found], limit);
      return filter.at && kept.length > 0 ? 'enough' : 'more';
    },
  });
  return kept;
}

function newest(letters: readonly Letter[], limit: number): Letter[] {
  return letters
    .toSorted((a, b) => {
      if (a.failedAtMs !== b.failedAtMs) return b.failedAtMs - a.failedAtMs;
      const [left, right] = [BigInt(a.record.offset), BigInt(b.record.offset)];
      if (left === right) return 0;
      return left < right ? 1 : -1;
    })
    .slice(0, limit);
}

/** Without a filter the end of each partition is enough; one place need not be searched. */
async function startOf(options: {
  admin: KafkaAdmin;
  topic: string;
  filter: LetterFilter;
  limit: number;
}) {
  const { admin, topic, filter, limit } = options;
  if (filter.at) return [{ topic, ...filter.at }];
  if (!isEmptyFilter(filter)) return [];
  const offsets = await admin.topicOffsets(topic);
  return offsets.map(({ partition, high }) => {
    const start = BigInt(high) - BigInt(limit);
    return { topic, partition, offset: String(start > 0n ? start : 0n) };
  });
}
