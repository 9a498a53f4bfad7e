import { setTimeout as delay } from 'node:timers/promises';
import { mqttSources } from '@homelab/telemetry';
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
/** When the broker is killed, after the publishing began. */
const killAfterMs = { min: 3_000, max: 5_000 };
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
            ...(await measureLoss(context, { broker, name, session, rate })),
          );
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
): Promise<Figure[]> {
  const { name, session, rate } = setting;
  const lost: number[] = [];
  const served: number[] = [];
  for (let round = 1; round <= context.rounds; round += 1) {
    context.report(
      `  ${name}, ${session}, ${rate}/s: round ${round} of ${context.rounds}`,
    );
    // Spread evenly, so that the kill falls before, between and behind the broker's saves.
    const moment = (round - 0.5) / context.rounds;
    const counts = await killOnce(context, setting, moment);
    lost.push(counts.lost);
    served.push(counts.acknowledged / counts.published);
  }
  const what = `${name}, ${session}, ${rate}/s`;
  return [
    { name: `lost: ${what}`, unit: 'messages', rounds: lost },
    { name: `acknowledged in time: ${what}`, unit: 'x', rounds: served },
  ];
}

let sessionCount = 0;

/** One kill: who published and was acknowledged, and what of it came before or after. */
async function killOnce(
  { stack, signal }: BenchContext,
  { broker, session, rate }: Setting,
  moment: number,
): Promise<{ published: number; acknowledged: number; lost: number }> {
  sessionCount += 1;
  const clientId = `broker-loss-${sessionCount}`;
  const { bridge, devices } = stack.secrets.mqtt;
  const url = `mqtt://127.0.0.1:${broker.port}`;
  const received = new Set<number>();
  const openSession = () =>
    takeUp({ url, clientId, password: bridge, received });
  let holder = await openSession();
  // Saved once: a session that begins just before the kill may be forgotten as a whole.
  await delay(killAfterMs.min);
  if (session === 'bridge stopped') await holder.endAsync();
  const publisher = await connectAsync(url, {
    ...login('devices', devices),
    clean: true,
  });
  publisher.on('error', () => {});
  const acknowledged: number[] = [];
  const { min, max } = killAfterMs;
  const published = await publishUntil({
    publisher,
    rate,
    acknowledged,
    endMs: performance.now() + min + moment * (max - min),
    signal,
  });
  const acknowledgedAtKill = [...acknowledged];
  await broker.kill();
  await publisher.endAsync(true);
  await holder.endAsync(true);
  await broker.start();
  holder = await openSession();
  await untilQuiet(received);
  await holder.endAsync(false, { properties: { sessionExpiryInterval: 0 } });
  const lost = acknowledgedAtKill.filter(number => !received.has(number));
  return {
    published,
    acknowledged: acknowledgedAtKill.length,
    lost: lost.length,
  };
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
async function takeUp(options: {
  url: string;
  clientId: string;
  password: string;
  received: Set<number>;
}): Promise<MqttClient> {
  const { url, clientId, password, received } = options;
  const client = connect(url, {
    ...login('bridge', password),
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
  await client.subscribeAsync(
    mqttSources.flatMap(({ filters }) => filters),
    { qos: 1 },
  );
  return client;
}

/** Publishes numbers at the rate; gives how many. */
async function publishUntil(options: {
  publisher: MqttClient;
  rate: number;
  acknowledged: number[];
  endMs: number;
  signal: AbortSignal;
}): Promise<number> {
  const { publisher, rate, acknowledged, endMs, signal } = options;
  const beganMs = performance.now();
  let published = 0;
  while (performance.now() < endMs) {
    const due = ((performance.now() - beganMs) * rate) / 1_000;
    while (published < due) {
      const number = published;
      published += 1;
      publisher.publish(mqttTopic, String(number), { qos: 1 }, error => {
        if (!error) acknowledged.push(number);
      });
    }
    await delay(tickMs, undefined, { signal });
  }
  return published;
}

/** Resolves once nothing has come for a while. */
async function untilQuiet(received: ReadonlySet<number>): Promise<void> {
  const quietMs = 500;
  for (let before = -1; before !== received.size;) {
    before = received.size;
    await delay(quietMs);
  }
}
