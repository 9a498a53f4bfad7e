import type { PartitionOffsets, ReadRecord } from '@homelab/kafka';
import type { RecordReader } from '../src/index.ts';

/** A Kafka topic in memory that is read like a real one. */
export function createMemoryTopic(records: readonly ReadRecord[]): {
  kafka: RecordReader;
  admin: { topicOffsets(topic: string): Promise<PartitionOffsets[]> };
} {
  const partitions = new Map<number, ReadRecord[]>();
  for (const record of records) {
    const all = partitions.get(record.partition);
    if (all === undefined) partitions.set(record.partition, [record]);
    else all.push(record);
  }
  const offsets = [...partitions].map(([partition, all]) => ({
    partition,
    low: all[0]?.offset ?? '0',
    high: String(BigInt(all.at(-1)?.offset ?? '-1') + 1n),
  }));
  return {
    admin: { topicOffsets: async () => offsets },
    kafka: {
      async read({ from = [], to = [], onlyNamed, onRecords }) {
        for (const [partition, all] of partitions) {
          const start = from.find(one => one.partition === partition);
          const end = to.find(one => one.partition === partition);
          if (onlyNamed && start === undefined) continue;
          const part = all.filter(
            ({ offset }) =>
              BigInt(offset) >= BigInt(start?.offset ?? '0') &&
              (end === undefined || BigInt(offset) < BigInt(end.offset)),
          );
          for (let at = 0; at < part.length; at += 100)
            if ((await onRecords(part.slice(at, at + 100))) === 'enough')
              return;
        }
      },
    },
  };
}
