import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from './support/chaos-random.ts';
import { countLetters, readLetters } from './support/dead-letters.ts';
import { fuzzMessages } from './support/fuzz-messages.ts';
import type { LedgerEntry } from './support/ledger.ts';
import { bridgeSums, sinkSums } from './support/metric-sums.ts';
import { createPipeline } from './support/pipeline.ts';
import { readRows } from './support/stored-rows.ts';

const seed = chaosSeed();
const t = { onTestFinished };
const count = 5_000;

test(`none of ${count} messages of every kind stops the bridge; each is stored, dead-lettered or counted as ignored (seed ${seed})`, async () => {
  const lettersBefore = await countLetters();
  const pipeline = await createPipeline(t, 'fuzz');
  const { publisher, scenario } = pipeline;
  const [bridge, sink] = await Promise.all([
    pipeline.startBridge(),
    pipeline.startSink(),
  ]);
  const messages = fuzzMessages(seed, count).map((message): LedgerEntry => ({
    ...message,
    number: pipeline.nextNumber(),
    fate: 'dead-lettered',
    acknowledged: false,
  }));
  await publisher.publish(messages);
  await pipeline.drain();
  expect([bridge.isRunning(), sink.isRunning()]).toEqual([true, true]);

  const published = publisher.acknowledgedCount();
  const of = await bridgeSums(bridge);
  const stored = await sinkSums(sink);
  // Each readable message is one reading.
  expect(of.readings + of.rejected + of.ignored).toBe(published);
  expect(of).toMatchObject({ received: published, letters: of.rejected });
  expect(stored.consumed).toBe(of.readings);
  expect(
    stored.written + stored.duplicates + stored.merged + stored.deadLettered,
  ).toBe(of.readings);
  const rows = await readRows(pipeline.database, scenario);
  expect(rows).toHaveLength(stored.written);

  // Dead letters contain the bytes of messages, none more often than it was published.
  const letters = await readLetters(t, lettersBefore, scenario);
  expect(letters).toHaveLength(of.rejected + stored.deadLettered);
  const left = new Map<string, number>();
  const add = (bytes: Buffer, change: number) => {
    const key = bytes.toString('latin1');
    left.set(key, (left.get(key) ?? 0) + change);
  };
  for (const { payload } of messages) add(payload, 1);
  for (const { stage, value } of letters)
    if (stage === 'bridge') add(value, -1);
  expect([...left.values()].filter(each => each < 0)).toEqual([]);

  // The seed must produce some of each.
  expect(of.rejected).toBeGreaterThan(500);
  expect(of.ignored).toBeGreaterThan(10);
  expect(stored.written).toBeGreaterThan(100);
  await pipeline.stop();
});
