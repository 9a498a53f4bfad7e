import { setTimeout as delay } from 'node:timers/promises';
import { connect, connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { Bench, BenchContext } from './bench-context.ts';
import { prepareBroker } from './broker-to-kill.ts';
import type { BrokerToKill } from './broker-to-kill.ts';
import type { Figure } from './figures.ts';

/** How the broker saves its state. */
const configurations = {
  'saved each second': (text: string) => text,
  'saved at each change': (text: string) => `${text}autosave_on_changes true\n`,
};

const ratesPerSecond = [1, 50, 500];
/** Whether the session's client is connected while messages arrive, or the broker must queue them. */
const sessions = ['bridge running', 'bridge stopped'] as const;

const mqttTopic = 'homelab/energy/broker-loss';
/** The broker saves every second or two; changes from before that are saved. */
const saveMs = 2_200;
const tickMs = 5;

/**
 * How many messages that the broker had acknowledged to their publisher are lost when it is
 * killed with SIGKILL and restarted. The session is like the bridge's, with a client that
 * acknowledges at once.
 */
export const benchBrokerLoss: Bench = async context => {
  const figures: Figure[] = [];
  for (const [name, configure] of Object.entries(configurations)) {
    const folder = `broker ${name}`.replaceAll(' ', '-');
    const broker = await prepareBroker(context.stack, folder, configure);
    await broker.start();
    try {
      for (const session of sessions)
        for (const rate of ratesPerSecond)
          figures.push(
            await measureLoss(context, { broker, name, session, rate }),
          );
      figures.push(await measureIntake(context, broker, name));
    } finally {
      await broker.kill();
    }
  }
  return figures;
};

interface Setting {
  readonly broker: BrokerToKill;
  readonly name: string;
  readonly session: (typeof sessions)[number];
  readonly rate: number;
}

async function measureLoss(
  context: BenchContext,
  setting: Setting,
): Promise<Figure> {
  const { name, session, rate, broker } = setting;
  const what = `${name}, ${session}, ${rate}/s`;
  const received = new Set<number>();
  const openSession = () => openBridgeSession(context, broker, what, received);
  let holder = await openSession();
  // Until the session itself is saved: one created just before the kill may be lost entirely.
  await delay(saveMs);
  const lost: number[] = [];
  for (let round = 1; round <= context.rounds; round += 1) {
    context.report(`  ${what}: round ${round} of ${context.rounds}`);
    if (session === 'bridge stopped') await holder.endAsync();
    // Spread evenly, so that kills happen before, between and after the broker's saves.
    const lastsMs = saveMs * (1 + (round - 0.5) / context.rounds);
    const acknowledged = await publishUntilKilled(context, setting, lastsMs);
    await holder.endAsync(true);
    await broker.start();
    holder = await openSession();
    await untilQuiet(received);
    lost.push(acknowledged.filter(one => !received.has(one)).length);
  }
  await forget(holder);
  return { name: `lost: ${what}`, unit: 'messages', rounds: lost };
}

const intakeMs = 5_000;
const intakeWindow = 200;

/** How many messages a second the broker accepts for a session whose client is away: the cost of saving. */
async function measureIntake(
  context: BenchContext,
  broker: BrokerToKill,
  name: string,
): Promise<Figure> {
  const what = `taken: ${name}, bridge stopped`;
  const rates: number[] = [];
  for (let round = 1; round <= context.rounds; round += 1) {
    context.report(`  ${what}: round ${round} of ${context.rounds}`);
    const open = () => openBridgeSession(context, broker, what, new Set());
    await (await open()).endAsync();
    const publisher = await openPublisher(context, broker);
    let acknowledged = 0;
    const endMs = performance.now() + intakeMs;
    const publishOn = async () => {
      while (performance.now() < endMs) {
        await publisher.publishAsync(mqttTopic, 'intake', { qos: 1 });
        acknowledged += 1;
      }
    };
    await Promise.all(Array.from({ length: intakeWindow }, publishOn));
    rates.push((acknowledged * 1_000) / intakeMs);
    await publisher.endAsync();
    await forget(await open());
  }
  return { name: what, unit: 'msg/s', rounds: rates };
}

/** Ends a session and discards its queue. */
async function forget(holder: MqttClient): Promise<void> {
  await holder.endAsync(false, { properties: { sessionExpiryInterval: 0 } });
}

function login(username: 'bridge' | 'devices', password: string) {
  return {
    protocolVersion: 5 as const,
    username,
    password,
    reconnectPeriod: 0,
  };
}

/** Resumes a lasting session, as a bridge does, and records the numbers that arrive. */
async function openBridgeSession(
  { stack }: BenchContext,
  { port }: BrokerToKill,
  clientId: string,
  received: Set<number>,
): Promise<MqttClient> {
  const client = connect(`mqtt://127.0.0.1:${port}`, {
    ...login('bridge', stack.secrets.mqtt.bridge),
    clientId,
    clean: false,
    properties: { sessionExpiryInterval: 3_600, receiveMaximum: 2_000 },
  });
  client.on('error', () => {});
  // Before it connects: queued messages arrive at once.
  client.on('message', (_topic, payload) => {
    received.add(Number(String(payload)));
  });
  await new Promise(resolve => {
    client.once('connect', resolve);
  });
  await client.subscribeAsync(mqttTopic, { qos: 1 });
  return client;
}

async function openPublisher(
  { stack }: BenchContext,
  { port }: BrokerToKill,
): Promise<MqttClient> {
  const publisher = await connectAsync(`mqtt://127.0.0.1:${port}`, {
    ...login('devices', stack.secrets.mqtt.devices),
    clean: true,
  });
  publisher.on('error', () => {});
  return publisher;
}

/** Never reused, so that messages of earlier rounds do not count. */
let nextNumber = 0;

/** Publishes numbers at the rate and kills the broker in the middle. */
async function publishUntilKilled(
  context: BenchContext,
  { broker, rate }: Setting,
  lastsMs: number,
): Promise<readonly number[]> {
  const publisher = await openPublisher(context, broker);
  const acknowledged: number[] = [];
  const beganMs = performance.now();
  let published = 0;
  for (let pastMs = 0; pastMs < lastsMs; pastMs = performance.now() - beganMs) {
    while (published < (pastMs * rate) / 1_000) {
      const number = nextNumber;
      nextNumber += 1;
      published += 1;
      publisher.publish(mqttTopic, String(number), { qos: 1 }, error => {
        if (!error) acknowledged.push(number);
      });
    }
    await delay(tickMs, undefined, { signal: context.signal });
  }
  await broker.kill();
  await publisher.endAsync(true);
  return acknowledged;
}

/** Resolves once nothing has arrived for a while. */
async function untilQuiet(received: ReadonlySet<number>): Promise<void> {
  const quietMs = 500;
  for (let before = -1; before !== received.size;) {
    before = received.size;
    await delay(quietMs);
  }
}
