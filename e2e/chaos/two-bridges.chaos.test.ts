import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from './support/chaos-random.ts';
import { clean } from './support/ledger.ts';
import { createPipeline } from './support/pipeline.ts';

const ratePerSecond = 600;
const seed = chaosSeed();

test(`of two bridges with filters of their own one is killed, and the other does not notice (seed ${seed})`, async () => {
  const pipeline = await createPipeline({ onTestFinished }, 'two bridges');
  const { publisher, random, scenario } = pipeline;
  const startFirst = () =>
    pipeline.startBridge({
      BRIDGE_CLIENT_ID: `${scenario}-first`,
      BRIDGE_MQTT_FILTERS: 'homelab/energy/+',
    });
  let first = await startFirst();
  const second = await pipeline.startBridge({
    BRIDGE_CLIENT_ID: `${scenario}-second`,
    BRIDGE_MQTT_FILTERS: 'homelab/heatpump/+,homelab/temperature/+',
  });
  await pipeline.startSink();
  publisher.stream(pipeline.nextReading, ratePerSecond);
  for (let round = 0; round < 2; round += 1) {
    await publisher.untilAcknowledged(random.integer(100, 900));
    await first.kill();
    await publisher.untilAcknowledged(random.integer(1, 500));
    first = await startFirst();
  }
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  const others = publisher.entries.filter(
    ({ reading }) => reading?.stream !== 'energy',
  );
  expect(await second.metric('homelab_bridge_received_total')).toBe(
    others.length,
  );
  await pipeline.stop();
});
