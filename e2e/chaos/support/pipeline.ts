import {
  createTestDatabase,
  eventually,
  testServers,
  uniqueName,
} from '@homelab/test-kit';
import type { SeededRandom, TestDatabase, TestScope } from '@homelab/test-kit';
import { connectAsync } from 'mqtt';
import { scenarioRandom } from './chaos-random.ts';
import { countLetters, readLetters } from './dead-letters.ts';
import { judge, nameOf, summarise } from './ledger.ts';
import type { Fate, LedgerEntry, Verdict } from './ledger.ts';
import {
  devicePrefix,
  devicesOf,
  numberedReading,
} from './numbered-readings.ts';
import type { Device } from './numbered-readings.ts';
import { createPublisher } from './publisher.ts';
import type { Publisher } from './publisher.ts';
import { startService } from './service-process.ts';
import type { ServiceEnv, ServiceProcess } from './service-process.ts';
import { readRows, requireNoLag, requireRows } from './stored-rows.ts';
import { traceLost } from './trace-lost.ts';

/** Publisher, bridge and sink of one scenario, with its own database. */
export interface Pipeline {
  /** The prefix of every device id of the scenario. */
  readonly scenario: string;
  readonly random: SeededRandom;
  readonly devices: readonly Device[];
  readonly database: TestDatabase;
  readonly publisher: Publisher;
  /** The message with the next number, of a device chosen at random. */
  nextReading(options?: {
    fate?: Fate;
    extra?: object;
    device?: Device;
  }): LedgerEntry;
  /** Only the next number, for a message that the scenario creates itself. */
  nextNumber(): number;
  readonly startMs: number;
  startBridge(env?: ServiceEnv): Promise<ServiceProcess>;
  startSink(
    env?: ServiceEnv,
    options?: { untilReady: boolean },
  ): Promise<ServiceProcess>;
  /** Resolves once nothing is pending at any hop. */
  drain(): Promise<void>;
  /** Compares the ledger with tables and dead-letter topics. A loss that is not meant is traced in Kafka. */
  verdict(options?: { lossIsMeant: boolean }): Promise<Verdict>;
  /** Stops the services and asserts that each exits with 0. */
  stop(): Promise<void>;
}

/** Two of each stream. */
const deviceCount = 6;

/** Creates the pipeline of a scenario, which ends with the test. */
export async function createPipeline(
  t: TestScope,
  name: string,
): Promise<Pipeline> {
  const scenario = uniqueName(devicePrefix.slice(0, -1));
  const random = scenarioRandom(name);
  const devices = devicesOf(scenario, deviceCount);
  const database = await createTestDatabase(t);
  const lettersBefore = await countLetters();
  const publisher = await createPublisher(t);
  const services: ServiceProcess[] = [];
  const startMs = Date.now();
  let numbers = 0;

  const running = () => services.filter(each => each.isRunning());
  const nextReading: Pipeline['nextReading'] = (given = {}) => {
    const { device = random.pick(devices), fate, extra } = given;
    numbers += 1;
    return numberedReading(device, { startMs, number: numbers, fate, extra });
  };

  async function start(
    service: ServiceProcess['name'],
    env: ServiceEnv,
  ): Promise<ServiceProcess> {
    const process = await startService(t, service, env);
    services.push(process);
    return process;
  }

  return {
    scenario,
    random,
    devices,
    database,
    publisher,
    startMs,
    nextReading,
    nextNumber() {
      numbers += 1;
      return numbers;
    },
    async startBridge(env = {}) {
      const clientId = env.BRIDGE_CLIENT_ID ?? scenario;
      forgetSession(t, clientId);
      const bridge = await start('mqtt-kafka-bridge', {
        ...bridgeEnv(clientId),
        ...env,
      });
      await bridge.untilReady();
      return bridge;
    },
    async startSink(env = {}, { untilReady } = { untilReady: true }) {
      const sink = await start('timescale-sink', {
        ...sinkEnv(database),
        ...env,
      });
      if (untilReady) await sink.untilReady();
      return sink;
    },
    async drain() {
      await publisher.stop();
      // Each hop keeps order: after the last reading of a device, none of it is pending.
      const last = devices.map(device => nextReading({ device }));
      await publisher.publish(last);
      await eventually(
        async () => {
          await requireRows(database, last);
          for (const bridge of running()) {
            if (bridge.name !== 'mqtt-kafka-bridge') continue;
            const inFlight = await bridge.metric('homelab_bridge_in_flight');
            if (inFlight > 0)
              throw new Error(`${inFlight} messages are in flight`);
          }
          await requireNoLag();
        },
        { timeoutMs: 60_000, intervalMs: 200 },
      );
    },
    async verdict({ lossIsMeant } = { lossIsMeant: false }) {
      const [rows, letters] = [
        await readRows(database, scenario),
        await readLetters(t, lettersBefore, scenario),
      ];
      const verdict = judge(publisher.entries, rows, letters);
      const lost = new Set(verdict.lost);
      if (lost.size > 0 && !lossIsMeant)
        await traceLost(
          publisher.entries.filter(entry => lost.has(nameOf(entry))),
        );
      return summarise(verdict);
    },
    async stop() {
      await Promise.all(running().map(each => each.stop()));
    },
  };
}

/** The environment of a bridge as production has it. */
function bridgeEnv(clientId: string): ServiceEnv {
  const { mqtt, kafka } = testServers();
  return {
    MQTT_URL: mqtt.url,
    MQTT_USERNAME: 'bridge',
    MQTT_PASSWORD: mqtt.passwords.bridge,
    KAFKA_BROKERS: kafka.brokers.join(','),
    BRIDGE_CLIENT_ID: clientId,
    SITE_TIME_ZONE: 'Europe/Stockholm',
  };
}

/** The environment of a sink; its session expires sooner than in production, to save time after a kill. */
function sinkEnv(database: TestDatabase): ServiceEnv {
  const {
    host,
    port,
    user,
    password,
    database: name,
  } = database.connection('homelab_sink');
  return {
    KAFKA_BROKERS: testServers().kafka.brokers.join(','),
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: name,
    SINK_SESSION_TIMEOUT: '6s',
  };
}

/** Deletes an MQTT session and its queue when the test ends. */
function forgetSession(t: TestScope, clientId: string): void {
  t.onTestFinished(() => takeSessionOver(clientId));
}

/** Connects with a bridge's client id, discards its session, and disconnects. */
export async function takeSessionOver(clientId: string): Promise<void> {
  const { url, passwords } = testServers().mqtt;
  const client = await connectAsync(url, {
    protocolVersion: 5,
    clientId,
    clean: true,
    username: 'bridge',
    password: passwords.bridge,
  });
  await client.endAsync();
}
