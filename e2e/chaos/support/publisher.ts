import { setTimeout as delay } from 'node:timers/promises';
import { connectMqtt, eventually } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import type { LedgerEntry } from './ledger.ts';

/** Publishes messages and records which ones the broker has acknowledged. */
export interface Publisher {
  /** Every message that was published, acknowledged or not. */
  readonly entries: readonly LedgerEntry[];
  acknowledgedCount(): number;
  /** Publishes these and resolves once each is acknowledged. */
  publish(entries: readonly LedgerEntry[]): Promise<void>;
  /** Publishes this repeatedly until a bridge's session receives it. */
  publishUntilHeard(entry: LedgerEntry): Promise<void>;
  /** Publishes `next()` at this rate until `stop`. */
  stream(next: () => LedgerEntry, ratePerSecond: number): void;
  /** Resolves once `count` more messages were acknowledged. */
  untilAcknowledged(count: number): Promise<void>;
  /** Stops publishing, and resolves once everything is acknowledged. */
  stop(): Promise<void>;
}

const tickMs = 10;
/** Most unacknowledged messages before the publisher waits. */
const maxUnacknowledged = 500;
/** MQTT 5: the broker accepted the message, but no session matched. */
const noMatchingSubscribers = 0x10;

/** Connects a device that publishes with QoS 1, reconnects, and resends unacknowledged messages. */
export async function createPublisher(t: TestScope): Promise<Publisher> {
  const client = await connectMqtt(t, 'devices', { reconnectPeriod: 100 });
  const entries: LedgerEntry[] = [];
  let acknowledged = 0;
  let unacknowledged = 0;
  let failure: Error | undefined;
  let streaming: Promise<void> | undefined;
  let running = false;
  let unheard = 0;
  client.on('packetreceive', packet => {
    if (packet.cmd === 'puback' && packet.reasonCode === noMatchingSubscribers)
      unheard += 1;
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
            `${acknowledged} of ${count} messages are acknowledged`,
          );
      },
      { timeoutMs: 60_000, intervalMs: 5 },
    );
    if (failure) throw failure;
    // They would be missing through no fault of the pipeline.
    if (unheard > 0)
      throw new Error(
        `${unheard} messages were published while no MQTT session of a bridge existed: the scenario is wrong.`,
      );
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
      // After a pause of this process, the backlog must not be published in one burst.
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
      for (let from = 0; from < more.length; from += maxUnacknowledged) {
        const portion = more.slice(from, from + maxUnacknowledged);
        const wanted = acknowledged + unacknowledged + portion.length;
        for (const entry of portion) send(entry);
        await untilCount(wanted);
      }
    },
    async publishUntilHeard(entry) {
      entries.push(entry);
      do {
        unheard = 0;
        await client.publishAsync(entry.mqttTopic, entry.payload, { qos: 1 });
      } while (unheard > 0);
      entry.acknowledged = true;
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
