import { setTimeout as delay } from 'node:timers/promises';
import { connectMqtt, eventually } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import type { IClientOptions, MqttClient } from 'mqtt';
import type { LedgerEntry } from './ledger.ts';

/** Publishes messages and keeps the ledger of what the broker has acknowledged. */
export interface Publisher {
  /** Every message that was published, acknowledged or not. */
  readonly entries: readonly LedgerEntry[];
  acknowledgedCount(): number;
  /** Publishes these and resolves once each is acknowledged. */
  publish(entries: readonly LedgerEntry[]): Promise<void>;
  /** Goes on publishing `next()` at this rate until `stop`. */
  stream(next: () => LedgerEntry, ratePerSecond: number): void;
  /** Resolves once `count` more messages were acknowledged. */
  untilAcknowledged(count: number): Promise<void>;
  /** Publishes nothing new, and resolves once nothing is unacknowledged. */
  stop(): Promise<void>;
}

const tickMs = 10;
/** Messages that may be without acknowledgement; then the publisher waits. */
const maxUnacknowledged = 500;
/** MQTT 5: the broker took the message, and there was no session to give it to. */
const noMatchingSubscribers = 0x10;

/** Connects a device that publishes with QoS 1, reconnects, and sends again what is not acknowledged. */
export async function createPublisher(
  t: TestScope,
  options: IClientOptions & { url?: string } = {},
): Promise<Publisher> {
  const client = await connectMqtt(t, 'devices', {
    reconnectPeriod: 100,
    ...options,
  });
  const entries: LedgerEntry[] = [];
  let acknowledged = 0;
  let unacknowledged = 0;
  let failure: Error | undefined;
  let streaming: Promise<void> | undefined;
  let running = false;
  failOnUnheard(client, error => {
    failure ??= error;
  });

  function send(entry: LedgerEntry): void {
    entries.push(entry);
    unacknowledged += 1;
    client.publish(entry.mqttTopic, entry.payload, { qos: 1 }, error => {
      unacknowledged -= 1;
      if (error) {
        failure ??= error;
        return;
      }
      entry.acknowledged = true;
      acknowledged += 1;
    });
  }

  async function untilCount(count: number): Promise<void> {
    await eventually(
      () => {
        if (acknowledged < count)
          throw new Error(
            `${acknowledged} messages are acknowledged, ${count} awaited`,
          );
      },
      { timeoutMs: 60_000, intervalMs: 5 },
    );
    if (failure) throw failure;
  }

  async function streamAll(
    next: () => LedgerEntry,
    ratePerSecond: number,
  ): Promise<void> {
    let owed = 0;
    let lastMs = performance.now();
    while (running) {
      await delay(tickMs);
      const nowMs = performance.now();
      // What a pause of this process has left undone is not made up for in one go.
      owed += (Math.min(nowMs - lastMs, 100) * ratePerSecond) / 1_000;
      lastMs = nowMs;
      for (; owed >= 1; owed -= 1) {
        if (unacknowledged < maxUnacknowledged) send(next());
      }
    }
  }

  return {
    entries,
    acknowledgedCount: () => acknowledged,
    async publish(more) {
      const wanted = acknowledged + unacknowledged + more.length;
      for (const entry of more) send(entry);
      await untilCount(wanted);
    },
    stream(next, ratePerSecond) {
      running = true;
      streaming = streamAll(next, ratePerSecond);
    },
    untilAcknowledged: count => untilCount(acknowledged + count),
    async stop() {
      running = false;
      await streaming;
      await untilCount(acknowledged + unacknowledged);
    },
  };
}

/** A message that no session wanted would be missing for no fault of the pipeline. */
function failOnUnheard(client: MqttClient, fail: (error: Error) => void): void {
  client.on('packetreceive', packet => {
    if (packet.cmd !== 'puback') return;
    if (packet.reasonCode !== noMatchingSubscribers) return;
    fail(
      new Error(
        'A message was published while no MQTT session of a bridge existed: the scenario is wrong.',
      ),
    );
  });
}
