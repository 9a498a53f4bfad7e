import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from './support/chaos-random.ts';
import { clean } from './support/ledger.ts';
import { createPipeline } from './support/pipeline.ts';
import type { Pipeline } from './support/pipeline.ts';
import { freezeServer } from './support/servers.ts';
import type { ServiceProcess } from './support/service-process.ts';

const ratePerSecond = 400;
const seed = chaosSeed();
const t = { onTestFinished };

/** Freezes a service while the publisher continues for `messages`. */
async function freeze(
  service: ServiceProcess,
  { publisher }: Pipeline,
  messages: number,
): Promise<void> {
  service.signal('SIGSTOP');
  await publisher.untilAcknowledged(messages);
  service.signal('SIGCONT');
}

test(`a frozen and resumed bridge and sink lose and duplicate nothing (seed ${seed})`, async () => {
  const pipeline = await createPipeline(t, 'freeze services');
  const { publisher, random } = pipeline;
  const [bridge, sink] = await Promise.all([
    pipeline.startBridge(),
    pipeline.startSink(),
  ]);
  publisher.stream(pipeline.nextReading, ratePerSecond);
  for (const service of [bridge, sink]) {
    await publisher.untilAcknowledged(random.integer(100, 600));
    await freeze(service, pipeline, random.integer(800, 1_600));
  }
  await publisher.untilAcknowledged(random.integer(100, 600));
  // Longer than its session: its partitions belong to another member when it wakes up.
  await freeze(sink, pipeline, 8 * ratePerSecond);
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  expect([bridge.isRunning(), sink.isRunning()]).toEqual([true, true]);
  await pipeline.stop();
});

test(`a frozen and resumed Kafka and PostgreSQL lose and duplicate nothing (seed ${seed})`, async () => {
  const pipeline = await createPipeline(t, 'freeze servers');
  const { publisher, random } = pipeline;
  const [bridge, sink] = await Promise.all([
    pipeline.startBridge(),
    pipeline.startSink(),
  ]);
  publisher.stream(pipeline.nextReading, ratePerSecond);
  for (const name of ['kafka', 'postgres'] as const) {
    await publisher.untilAcknowledged(random.integer(100, 600));
    const frozen = await freezeServer(t, name);
    await publisher.untilAcknowledged(random.integer(1_000, 2_000));
    frozen.thaw();
  }
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  expect([bridge.isRunning(), sink.isRunning()]).toEqual([true, true]);
  await pipeline.stop();
});

test(`a frozen and resumed broker loses nothing (seed ${seed})`, async () => {
  const pipeline = await createPipeline(t, 'freeze mosquitto');
  const { publisher, random } = pipeline;
  await pipeline.startBridge({ BRIDGE_KEEP_ALIVE: '2s' });
  await pipeline.startSink();
  publisher.stream(pipeline.nextReading, ratePerSecond);
  await publisher.untilAcknowledged(random.integer(100, 600));
  const frozen = await freezeServer(t, 'mosquitto');
  // No acknowledgements arrive meanwhile that could be awaited.
  await delay(random.integer(3_500, 4_500));
  frozen.thaw();
  await publisher.untilAcknowledged(random.integer(100, 600));
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  await pipeline.stop();
});
