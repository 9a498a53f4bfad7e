import { setTimeout as delay } from 'node:timers/promises';
import { connect, connectAsync } from 'mqtt';
import type { MqttClient } from 'mqtt';
import type { Bench, BenchContext } from './bench-context.ts';
import { prepareBroker } from './broker-to-kill.ts';
import type { BrokerToKill } from './broker-to-kill.ts';
import type { Figure } from './figures.ts';

/** How the broker saves what it holds. */
const configurations = {
  'saved each second': (text: string) => text,
  'saved at each change': (text: string) => `${text}autosave_on_changes true\n`,
};

const ratesPerSecond = [1, 50, 500];
/** Whether who holds the session is there while messages come, or the broker must keep them. */
const sessions = ['bridge running', 'bridge stopped'] as const;

const mqttTopic = 'homelab/energy/broker-loss';
/** The broker saves each second or two, not more often: what changed before that is saved. */
const saveMs = 2_200;
const tickMs = 5;

/**
 * How many messages are lost that the broker had acknowledged to their publisher when it was
 * killed with SIGKILL and started again. The session is one like the bridge's, whose holder
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
  // Until the session itself is saved: one that begins just before the kill may be forgotten as a whole.
  await delay(saveMs);
  const lost: number[] = [];
  for (let round = 1; round <= context.rounds; round += 1) {
    context.report(`  ${what}: round ${round} of ${context.rounds}`);
    if (session === 'bridge stopped') await holder.endAsync();
    // Spread evenly, so that the kill falls before, between and behind the broker's saves.
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

/** How many messages a second the broker takes for a session whose holder is away: what saving costs. */
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

/** Ends a session with what waits in it. */
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

/** Takes a lasting session up, as a bridge does, and notes the numbers that come. */
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
  // Before it is connected: what waits in the session comes at once.
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

/** Never used twice, so that a message of an earlier round counts for nothing. */
let nextNumber = 0;

/** Publishes numbers at the rate and kills the broker in the midst of it. */
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

/** Resolves once nothing has come for a while. */
async function untilQuiet(received: ReadonlySet<number>): Promise<void> {
  const quietMs = 500;
  for (let before = -1; before !== received.size;) {
    before = received.size;
    await delay(quietMs);
  }
}
