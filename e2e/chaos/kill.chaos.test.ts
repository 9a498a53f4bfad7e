import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from './support/chaos-random.ts';
import { clean } from './support/ledger.ts';
import { createPipeline } from './support/pipeline.ts';
import { killServer } from './support/servers.ts';

const ratePerSecond = 400;
const seed = chaosSeed();

test(`repeated kill -9 of the bridge loses and duplicates nothing (seed ${seed})`, async t => {
  const pipeline = await createPipeline(t, 'kill bridge');
  const { publisher, random } = pipeline;
  let [bridge] = await Promise.all([
    pipeline.startBridge(),
    pipeline.startSink(),
  ]);
  publisher.stream(pipeline.nextReading, ratePerSecond);
  for (let round = 0; round < 3; round += 1) {
    await publisher.untilAcknowledged(random.integer(1, 600));
    await bridge.kill();
    await publisher.untilAcknowledged(random.integer(1, 200));
    bridge = await pipeline.startBridge();
  }
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  await pipeline.stop();
});

test(`kill -9 of the sink loses and duplicates nothing (seed ${seed})`, async t => {
  const pipeline = await createPipeline(t, 'kill sink');
  const { publisher, random } = pipeline;
  const [sink] = await Promise.all([
    pipeline.startSink(),
    pipeline.startBridge(),
  ]);
  publisher.stream(pipeline.nextReading, ratePerSecond);
  await publisher.untilAcknowledged(random.integer(100, 900));
  await sink.kill();
  await publisher.untilAcknowledged(random.integer(1, 300));
  await pipeline.startSink();
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  await pipeline.stop();
});

test.each(['kafka', 'postgres'] as const)(
  `kill -9 of %s loses and duplicates nothing (seed ${seed})`,
  async name => {
    const pipeline = await createPipeline({ onTestFinished }, `kill ${name}`);
    const { publisher, random } = pipeline;
    await Promise.all([pipeline.startBridge(), pipeline.startSink()]);
    publisher.stream(pipeline.nextReading, ratePerSecond);
    await publisher.untilAcknowledged(random.integer(100, 900));
    const killed = await killServer(name);
    await killed.untilBack();
    await publisher.untilAcknowledged(random.integer(1, 300));
    await pipeline.drain();
    expect(await pipeline.verdict()).toEqual(clean);
    await pipeline.stop();
  },
);
