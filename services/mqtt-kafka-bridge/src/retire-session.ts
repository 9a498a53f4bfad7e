import { setTimeout as delay } from 'node:timers/promises';
import type { MqttConnection } from './mqtt-connection.ts';

const pollMs = 20;
/** A ping overtakes nothing that the broker has written; a second one is for brokers that write later. */
const quietPingsWanted = 2;

/**
 * Empties an MQTT session for good: takes its filters off, waits until everything the broker
 * still held for it has come and was acknowledged, and has the broker forget it. Rejects when the connection
 * ends before; what was not acknowledged then comes again.
 */
export async function retireSession(deps: {
  connection: Pick<MqttConnection, 'unsubscribe' | 'ping' | 'endSession'>;
  /** Messages taken in and not yet acknowledged. */
  pendingCount: () => number;
  /** Messages taken in since the start of the process. */
  receivedCount: () => number;
}): Promise<void> {
  const { connection, pendingCount, receivedCount } = deps;
  await connection.unsubscribe();
  for (let quietPings = 0; quietPings < quietPingsWanted;) {
    const before = receivedCount();
    while (pendingCount() > 0) await delay(pollMs);
    // With room in its window the broker sends what it holds before it answers.
    await connection.ping();
    const isQuiet = receivedCount() === before && pendingCount() === 0;
    quietPings = isQuiet ? quietPings + 1 : 0;
  }
  await connection.endSession();
}
