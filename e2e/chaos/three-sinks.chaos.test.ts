import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from './support/chaos-random.ts';
import { clean } from './support/ledger.ts';
import { createPipeline } from './support/pipeline.ts';

const ratePerSecond = 400;
const seed = chaosSeed();

test(`one of three sinks is killed every few seconds, and nothing is lost or duplicated (seed ${seed})`, async () => {
  const pipeline = await createPipeline({ onTestFinished }, 'three sinks');
  const { publisher, random } = pipeline;
  await pipeline.startBridge();
  const startSink = () => pipeline.startSink({}, { untilReady: false });
  const sinks = [await startSink(), await startSink(), await startSink()];
  await Promise.all(sinks.map(sink => sink.untilReady()));
  publisher.stream(pipeline.nextReading, ratePerSecond);
  for (let round = 0; round < 3; round += 1) {
    await publisher.untilAcknowledged(
      random.integer(2 * ratePerSecond, 4 * ratePerSecond),
    );
    const index = random.integer(0, sinks.length - 1);
    await sinks[index]?.kill();
    sinks[index] = await startSink();
  }
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  await pipeline.stop();
});
