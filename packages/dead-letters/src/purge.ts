import type { KafkaAdmin, KafkaClient, PartitionOffsets } from '@homelab/kafka';
import type { Ledger } from './ledger.ts';
import type { LetterFormat } from './letter-format.ts';
import { parseLetter } from './letter.ts';
import { createSummary } from './summarise-letters.ts';
import type { LetterSummary } from './summarise-letters.ts';

/** Where deletion stops: Kafka deletes only from the front of a partition. */
export type PurgeCut =
  | { readonly kind: 'all' }
  /** Up to the first letter that failed at this time or later. */
  | { readonly kind: 'before'; readonly timeMs: number }
  /** Up to and including this letter. */
  | {
      readonly kind: 'through';
      readonly partition: number;
      readonly offset: string;
    };

/** What a purge would delete. */
export interface PurgePlan {
  readonly topic: string;
  /** For each partition, the offset before which everything is deleted. */
  readonly before: readonly { partition: number; offset: string }[];
  readonly lost: LetterSummary;
  /** Letters older than the time that stay, because they come after a newer one. */
  readonly stuck: number;
}

/** Returns what a purge would delete now; letters that arrive later are never touched. */
export async function planPurge(options: {
  readonly kafka: KafkaClient;
  /** Started. */
  readonly admin: KafkaAdmin;
  readonly topic: string;
  readonly cut: PurgeCut;
  readonly ledger: Ledger;
  readonly format: LetterFormat;
}): Promise<PurgePlan> {
  const { kafka, topic, cut, ledger, format } = options;
  const ends = endsOf(await options.admin.topicOffsets(topic), cut);
  const summary = createSummary(topic);
  /** Partitions with a letter that must stay. */
  const closed = new Set<number>();
  let stuck = 0;
  await kafka.read({
    topics: [topic],
    onRecords: async records => {
      for (const record of records) {
        const { partition } = record;
        const offset = BigInt(record.offset);
        const letter = parseLetter(record, format);
        const isNew = cut.kind === 'before' && letter.failedAtMs >= cut.timeMs;
        if (closed.has(partition)) {
          if (!isNew) stuck += 1;
        } else if (offset < (ends.get(partition) ?? 0n)) {
          if (isNew) {
            closed.add(partition);
            ends.set(partition, offset);
          } else summary.add(letter, ledger.entryOf(record) !== undefined);
        }
      }
      return 'more';
    },
  });
  const before = [...ends].map(([partition, end]) => ({
    partition,
    offset: String(end),
  }));
  return { topic, before, lost: summary.result(), stuck };
}

/** Deletes what the plan names. */
export async function purge(admin: KafkaAdmin, plan: PurgePlan): Promise<void> {
  if (plan.lost.letters > 0) await admin.deleteRecords(plan.topic, plan.before);
}

/** For each selected partition, the offset before which everything may be deleted. */
function endsOf(
  offsets: readonly PartitionOffsets[],
  cut: PurgeCut,
): Map<number, bigint> {
  if (cut.kind === 'through') {
    const end = BigInt(cut.offset) + 1n;
    const found = offsets.find(({ partition }) => partition === cut.partition);
    // Beyond the end are letters that do not exist yet.
    return found === undefined || end > BigInt(found.high)
      ? new Map()
      : new Map([[cut.partition, end]]);
  }
  return new Map(
    offsets.map(({ partition, high }) => [partition, BigInt(high)]),
  );
}
