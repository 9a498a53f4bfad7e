import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from './support/chaos-random.ts';
import { clean } from './support/ledger.ts';
import { createPipeline } from './support/pipeline.ts';
import { killServer } from './support/servers.ts';

const ratePerSecond = 400;
const seed = chaosSeed();

test(`kill -9 of bridge, sink, Kafka and PostgreSQL at once loses and doubles nothing (seed ${seed})`, async () => {
  const pipeline = await createPipeline({ onTestFinished }, 'restart all');
  const { publisher, random } = pipeline;
  const [bridge, sink] = await Promise.all([
    pipeline.startBridge(),
    pipeline.startSink(),
  ]);
  publisher.stream(pipeline.nextReading, ratePerSecond);
  await publisher.untilAcknowledged(random.integer(500, 2_000));
  await Promise.all([
    bridge.kill(),
    sink.kill(),
    killServer('kafka'),
    killServer('postgres'),
  ]);
  // The services come back before the servers do.
  await Promise.all([pipeline.startBridge(), pipeline.startSink()]);
  await publisher.untilAcknowledged(random.integer(100, 500));
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  await pipeline.stop();
});
