import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from './support/chaos-random.ts';
import { clean } from './support/ledger.ts';
import { bridgeSums, sinkSums } from './support/metric-sums.ts';
import { poison } from './support/numbered-readings.ts';
import { createPipeline } from './support/pipeline.ts';

const ratePerSecond = 800;
const seed = chaosSeed();

test(`poison in one of a hundred messages is kept byte for byte and affects no other (seed ${seed})`, async () => {
  const pipeline = await createPipeline({ onTestFinished }, 'poison');
  const { publisher, random, devices, startMs } = pipeline;
  const [bridge, sink] = await Promise.all([
    pipeline.startBridge(),
    pipeline.startSink(),
  ]);
  const next = () =>
    random.next() < 0.01
      ? poison(random.pick(devices), { startMs, number: pipeline.nextNumber() })
      : pipeline.nextReading();
  publisher.stream(next, ratePerSecond);
  await publisher.untilAcknowledged(4_000);
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);

  const { entries } = publisher;
  const poisoned = entries.filter(({ fate }) => fate === 'dead-lettered');
  expect(poisoned.length).toBeGreaterThan(15);
  const readings = entries.length - poisoned.length;
  expect(await bridgeSums(bridge)).toEqual({
    received: entries.length,
    rejected: poisoned.length,
    ignored: 0,
    readings,
    letters: poisoned.length,
  });
  expect(await sinkSums(sink)).toEqual({
    consumed: readings,
    written: readings,
    duplicates: 0,
    merged: 0,
    deadLettered: 0,
  });
  await pipeline.stop();
});
