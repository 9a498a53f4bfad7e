import { eventually } from '@homelab/test-kit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mutantEnv } from './mutants/mutant-env.ts';
import type { MutantName } from './mutants/mutants.ts';
import { chaosSeed } from './support/chaos-random.ts';
import { createPipeline } from './support/pipeline.ts';
import { refuseRecords } from './support/refuse-records.ts';
import {
  cleanStates,
  judgeStates,
  nextValue,
  untilInRow,
} from './support/state-ledger.ts';

const ratePerSecond = 200;
const intervalMs = 1_000;
const seed = chaosSeed();

test(`two bridges, killed and frozen while heat pumps send value after value, lose and duplicate nothing (seed ${seed})`, async () => {
  const pipeline = await createPipeline({ onTestFinished }, 'states');
  const { publisher, random, scenario } = pipeline;
  const pumps = [0, 1, 2, 3].map(index => `${scenario}-${index}`);
  const startBridge = (half: number) =>
    pipeline.startBridge({
      BRIDGE_CLIENT_ID: `${scenario}-bridge-${half}`,
      BRIDGE_MQTT_FILTERS: pumps
        .filter((_, index) => index % 2 === half)
        .flatMap(pump => [`${pump}/main/+`, `${pump}/s0/+/+`])
        .join(','),
      BRIDGE_STATE_INTERVAL: `${intervalMs}ms`,
      BRIDGE_STATE_SESSION_TIMEOUT: '6s',
    });
  const bridges = await Promise.all([startBridge(0), startBridge(1)]);
  await pipeline.startSink();
  publisher.stream(() => nextValue(pipeline, pumps), ratePerSecond);
  for (const half of [random.integer(0, 1), random.integer(0, 1)]) {
    await publisher.untilAcknowledged(random.integer(100, 600));
    await bridges[half]?.kill();
    await publisher.untilAcknowledged(random.integer(1, 300));
    bridges[half] = await startBridge(half);
  }
  // Longer than its session: the other bridge takes over its heat pumps meanwhile.
  const frozen = bridges[random.integer(0, 1)];
  frozen?.signal('SIGSTOP');
  await publisher.untilAcknowledged(8 * ratePerSecond);
  frozen?.signal('SIGCONT');
  await publisher.untilAcknowledged(random.integer(100, 300));
  await publisher.stop();
  await eventually(
    async () =>
      expect(await judgeStates(pipeline, intervalMs)).toEqual(cleanStates),
    { timeoutMs: 60_000, intervalMs: 500 },
  );
  await pipeline.stop();
});

/** A bridge dies while Kafka refuses its readings. */
async function killedBeforeReading(mutant?: MutantName) {
  const pipeline = await createPipeline({ onTestFinished }, 'before reading');
  const { publisher, scenario } = pipeline;
  const startBridge = () =>
    pipeline.startBridge({
      BRIDGE_MQTT_FILTERS: `${scenario}/main/+,${scenario}/s0/+/+`,
      BRIDGE_STATE_INTERVAL: `${intervalMs}ms`,
      BRIDGE_STATE_SESSION_TIMEOUT: '6s',
      ...mutantEnv(mutant),
    });
  const [bridge] = await Promise.all([startBridge(), pipeline.startSink()]);
  const allow = await refuseRecords({ onTestFinished }, 'heatpump');
  const values = Array.from({ length: 10 }, () =>
    nextValue(pipeline, [scenario]),
  );
  await publisher.publish(values);
  await eventually(
    async () =>
      expect(
        await bridge.metric('homelab_bridge_observations_total'),
      ).toBeGreaterThanOrEqual(values.length),
    { timeoutMs: 30_000 },
  );
  // Readings are refused by now; enough time for a commit that must not happen.
  await eventually(async () => expect(await bridge.isReady()).toBe(false), {
    timeoutMs: 20_000,
  });
  await bridge.kill();
  await allow();
  await startBridge();
  const last = nextValue(pipeline, [scenario]);
  await publisher.publish([last]);
  // Readings of a device keep their order: no earlier one is pending.
  await untilInRow(pipeline, last);
  return judgeStates(pipeline, intervalMs);
}

describe('commit-before-reading', () => {
  test('is not in the real code: the scenario leaves nothing to find', async () => {
    expect(await killedBeforeReading()).toEqual(cleanStates);
  });

  test('is detected: rows are missing', async () => {
    const verdict = await killedBeforeReading('commit-before-reading');
    expect(verdict.missing.length).toBeGreaterThan(0);
    expect({ ...verdict, missing: [] }).toEqual(cleanStates);
  });
});
