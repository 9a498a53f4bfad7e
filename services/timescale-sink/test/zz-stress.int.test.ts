import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { chaosSeed } from '../../../e2e/chaos/support/chaos-random.ts';
import { clean } from '../../../e2e/chaos/support/ledger.ts';
import { createPipeline } from '../../../e2e/chaos/support/pipeline.ts';
import { freezeServer } from '../../../e2e/chaos/support/servers.ts';

const seed = chaosSeed();
const t = { onTestFinished };

for (const name of (process.env.STRESS ?? 'short,mid,long,sink').split(','))
  test(`stress ${name} (seed ${seed})`, async () => {
    const pipeline = await createPipeline(t, `stress ${name}`);
    const { publisher, random } = pipeline;
    const [, sink] = await Promise.all([
      pipeline.startBridge(),
      pipeline.startSink(),
    ]);
    publisher.stream(pipeline.nextReading, 500);
    const ranges: Record<string, [number, number, number]> = {
      short: [1_500, 5_500, 5],
      mid: [5_500, 11_000, 3],
      long: [14_000, 22_000, 1],
      sink: [1_000, 9_000, 3],
    };
    const [low, high, rounds] = ranges[name] ?? [1_000, 2_000, 1];
    for (let round = 0; round < rounds; round += 1)
      for (const server of ['kafka', 'postgres'] as const) {
        await delay(random.integer(200, 1_500));
        if (name === 'sink') sink.signal('SIGSTOP');
        const frozen = await freezeServer(t, server);
        await delay(random.integer(low, high));
        frozen.thaw();
        if (name === 'sink') {
          await delay(random.integer(1, 3_000));
          sink.signal('SIGCONT');
        }
      }
    await pipeline.drain();
    console.log(`${name}: ${publisher.acknowledgedCount()} acknowledged`);
    expect(await pipeline.verdict()).toEqual(clean);
    await pipeline.stop();
  }, 240_000);
