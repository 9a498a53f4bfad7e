import type { Stream } from '@homelab/telemetry';
import { createCuttingProxy, eventually, testServers } from '@homelab/test-kit';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mutantEnv } from './mutants/mutant-env.ts';
import type { MutantName } from './mutants/mutants.ts';
import { clean } from './support/ledger.ts';
import type { Verdict } from './support/ledger.ts';
import { createPipeline, takeSessionOver } from './support/pipeline.ts';
import type { Pipeline } from './support/pipeline.ts';
import { refuseRecords } from './support/refuse-records.ts';
import { freezeServer } from './support/servers.ts';
import type { ServiceProcess } from './support/service-process.ts';
import { requireRows, withDatabase } from './support/stored-rows.ts';

/*
 * Tests of the test: scenarios that the real code passes, and in which the ledger must detect
 * the same code with one place broken. Nothing here is random.
 */
const t = { onTestFinished };
const count = 10;

/** Runs a scenario with the real code, or with this mutant of it. */
type Scenario = (mutant?: MutantName) => Promise<Verdict>;

function readingsOf(pipeline: Pipeline, stream: Stream) {
  const device = pipeline.devices.find(each => each.stream === stream);
  return Array.from({ length: count }, () => pipeline.nextReading({ device }));
}

function untilInFlight(bridge: ServiceProcess, wanted: number): Promise<void> {
  return eventually(
    async () =>
      expect(await bridge.metric('homelab_bridge_in_flight')).toBe(wanted),
    { timeoutMs: 20_000, intervalMs: 20 },
  );
}

/**
 * A session is lost while its messages wait for Kafka; when Kafka acknowledges them, their ids
 * belong to other messages of the next session.
 */
const lostSession: Scenario = async mutant => {
  const pipeline = await createPipeline(t, 'lost session');
  const { publisher, database, scenario } = pipeline;
  // One by one, so that Kafka accepts the older ones and refuses the others.
  const startBridge = () =>
    pipeline.startBridge({ BRIDGE_BATCH_RECORDS: '1', ...mutantEnv(mutant) });
  const [bridge] = await Promise.all([startBridge(), pipeline.startSink()]);
  const allow = await refuseRecords(t, 'heatpump');
  const kafka = await freezeServer(t, 'kafka');
  const older = readingsOf(pipeline, 'energy');
  await publisher.publish(older);
  await untilInFlight(bridge, count);
  await takeSessionOver(scenario);
  const [first, ...others] = readingsOf(pipeline, 'heatpump');
  if (first) await publisher.publishUntilHeard(first);
  await publisher.publish(others);
  await untilInFlight(bridge, 2 * count);
  kafka.thaw();
  await untilInFlight(bridge, count);
  await bridge.kill();
  await allow();
  await startBridge();
  await eventually(() => requireRows(database, older));
  await pipeline.drain();
  return pipeline.verdict({ lossIsMeant: true });
};

/** A bridge dies while Kafka refuses its records. */
const killedBeforeKafka: Scenario = async mutant => {
  const pipeline = await createPipeline(t, 'killed before kafka');
  const { publisher } = pipeline;
  const startBridge = () => pipeline.startBridge(mutantEnv(mutant));
  const [bridge] = await Promise.all([startBridge(), pipeline.startSink()]);
  const allow = await refuseRecords(t, 'energy');
  await publisher.publish(readingsOf(pipeline, 'energy'));
  await eventually(async () => {
    const received = await bridge.metric('homelab_bridge_received_total');
    expect(received).toBe(count);
  });
  // Enough time for an acknowledgement that must not happen.
  await eventually(
    async () => expect(await bridge.metric('homelab_bridge_in_flight')).toBe(0),
    { timeoutMs: 1_000 },
  ).catch(() => {});
  await bridge.kill();
  await allow();
  await startBridge();
  await pipeline.drain();
  return pipeline.verdict({ lossIsMeant: true });
};

/** Rows are committed, but the response is lost. */
const lostCommitAnswer: Scenario = async mutant => {
  const { host, port } = testServers().postgres;
  const link = await createCuttingProxy(t, `tcp://${host}:${port}`);
  const pipeline = await createPipeline(t, 'lost commit answer');
  const { publisher, database } = pipeline;
  if (mutant === 'no-unique-key') await dropKeys(pipeline);
  await Promise.all([
    pipeline.startBridge(),
    pipeline.startSink({ PGPORT: String(link.port), ...mutantEnv(mutant) }),
  ]);
  const stored = readingsOf(pipeline, 'energy');
  await publisher.publish(stored);
  await eventually(() => requireRows(database, stored));
  link.swallow('answers');
  const unanswered = readingsOf(pipeline, 'energy');
  await publisher.publish(unanswered);
  // The others wait behind it.
  await eventually(() => requireRows(database, unanswered.slice(0, 1)));
  link.cut();
  await pipeline.drain();
  return pipeline.verdict({ lossIsMeant: true });
};

/** A sink dies while the database refuses its rows. */
const killedBeforeDatabase: Scenario = async mutant => {
  const pipeline = await createPipeline(t, 'killed before database');
  const { publisher, database } = pipeline;
  const asOwner = (statement: string) =>
    withDatabase(database, 'homelab_owner', owner => owner.query(statement));
  const startSink = () => pipeline.startSink(mutantEnv(mutant));
  const [sink] = await Promise.all([startSink(), pipeline.startBridge()]);
  await asOwner('REVOKE INSERT ON energy_readings FROM homelab_sink');
  await publisher.publish(readingsOf(pipeline, 'energy'));
  await eventually(async () =>
    expect(
      await sink.metric('homelab_sink_retries_total', { reason: 'schema' }),
    ).toBeGreaterThan(0),
  );
  await sink.kill();
  await asOwner('GRANT INSERT ON energy_readings TO homelab_sink');
  await startSink();
  await pipeline.drain();
  return pipeline.verdict({ lossIsMeant: true });
};

function dropKeys({ database }: Pipeline): Promise<unknown> {
  return withDatabase(database, 'homelab_owner', owner =>
    owner.query(
      'ALTER TABLE energy_readings DROP CONSTRAINT energy_readings_pkey',
    ),
  );
}

describe.each([
  ['no-connection-guard', 'lost', lostSession],
  ['acknowledge-before-kafka', 'lost', killedBeforeKafka],
  ['commit-before-database', 'lost', killedBeforeDatabase],
  ['no-unique-key', 'doubled', lostCommitAnswer],
] as const)('%s', (mutant, kind, scenario) => {
  test('is not in the real code: the scenario leaves nothing to find', async () => {
    expect(await scenario()).toEqual(clean);
  });

  test(`is found out: messages are ${kind}`, async () => {
    const verdict = await scenario(mutant);
    expect(verdict[kind].length).toBeGreaterThan(0);
    expect({ ...verdict, [kind]: [] }).toEqual(clean);
  });
});
