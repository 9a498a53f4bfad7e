import { setTimeout as delay } from 'node:timers/promises';
import type { MqttConnection } from './mqtt-connection.ts';

const pollMs = 20;
/** A ping response follows everything the broker has written; the second ping is for brokers that write later. */
const quietPingsWanted = 2;

/**
 * Drains an MQTT session for good: removes its filters, waits until everything the broker held
 * for it has arrived and is acknowledged, and has the broker discard it. Rejects when the
 * connection ends first; unacknowledged messages are then redelivered.
 */
export async function retireSession(deps: {
  connection: Pick<MqttConnection, 'unsubscribe' | 'ping' | 'endSession'>;
  /** Messages accepted and not yet acknowledged. */
  pendingCount: () => number;
  /** Messages accepted since the start of the process. */
  receivedCount: () => number;
}): Promise<void> {
  const { connection, pendingCount, receivedCount } = deps;
  await connection.unsubscribe();
  for (let quietPings = 0; quietPings < quietPingsWanted;) {
    const before = receivedCount();
    while (pendingCount() > 0) await delay(pollMs);
    // With room in its window, the broker sends what it holds before it answers.
    await connection.ping();
    const isQuiet = receivedCount() === before && pendingCount() === 0;
    quietPings = isQuiet ? quietPings + 1 : 0;
  }
  await connection.endSession();
}
