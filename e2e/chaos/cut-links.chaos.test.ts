import { createCuttingProxy, eventually, testServers } from '@homelab/test-kit';
import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from './support/chaos-random.ts';
import { clean } from './support/ledger.ts';
import { createPipeline } from './support/pipeline.ts';

const ratePerSecond = 400;
const seed = chaosSeed();
const t = { onTestFinished };

test(`an MQTT link that is cut, refused and half open loses and duplicates nothing (seed ${seed})`, async () => {
  const link = await createCuttingProxy(t, testServers().mqtt.url);
  const pipeline = await createPipeline(t, 'cut mqtt');
  const { publisher, random } = pipeline;
  const bridge = await pipeline.startBridge({
    MQTT_URL: link.url,
    BRIDGE_KEEP_ALIVE: '1s',
  });
  await pipeline.startSink();
  publisher.stream(pipeline.nextReading, ratePerSecond);
  const connections = () =>
    bridge.metric('homelab_bridge_mqtt_connections_total');
  const untilBack = async (breakIt: () => void) => {
    await publisher.untilAcknowledged(random.integer(1, 500));
    const before = await connections();
    breakIt();
    await eventually(
      async () => expect(await connections()).toBeGreaterThan(before),
      { timeoutMs: 30_000 },
    );
  };
  await untilBack(() => link.cut());
  await untilBack(() => {
    link.cut({ refuse: true });
    link.allow();
  });
  // Both the bridge's acknowledgements and the broker's messages are dropped.
  await untilBack(() => link.swallow('everything'));
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  expect(await bridge.metric('homelab_bridge_mqtt_sessions_lost_total')).toBe(
    0,
  );
  await pipeline.stop();
});

test(`a database link that is cut, and one that loses a commit response, lose and duplicate nothing (seed ${seed})`, async () => {
  const { host, port } = testServers().postgres;
  const link = await createCuttingProxy(t, `tcp://${host}:${port}`);
  const pipeline = await createPipeline(t, 'cut postgres');
  const { publisher, random } = pipeline;
  const [sink] = await Promise.all([
    pipeline.startSink({ PGPORT: String(link.port) }),
    pipeline.startBridge(),
  ]);
  publisher.stream(pipeline.nextReading, ratePerSecond);
  for (const swallow of ['nothing', 'answers', 'everything'] as const) {
    await publisher.untilAcknowledged(random.integer(1, 500));
    if (swallow !== 'nothing') link.swallow(swallow);
    await publisher.untilAcknowledged(random.integer(300, 900));
    const retries = await sink.metric('homelab_sink_retries_total');
    link.cut();
    await eventually(async () =>
      expect(
        await sink.metric('homelab_sink_retries_total'),
      ).toBeGreaterThanOrEqual(retries + Number(swallow !== 'nothing')),
    );
  }
  await pipeline.drain();
  expect(await pipeline.verdict()).toEqual(clean);
  // Rows committed without a response were written again and already existed.
  expect(await sink.metric('homelab_sink_duplicates_total')).toBeGreaterThan(0);
  await pipeline.stop();
});
