import { hypertables, streams } from '@homelab/telemetry';
import { createTestKafka } from '@homelab/test-kit';
import type { PostgresRole, TestDatabase } from '@homelab/test-kit';
import { kafkaTopics, sinkGroups } from '@homelab/telemetry';
import { Client } from 'pg';
import type { LedgerEntry, StoredRow } from './ledger.ts';
import { devicePrefix, numberField } from './numbered-readings.ts';

/** Lends a connection that is closed afterwards; the server may have been killed before. */
export async function withDatabase<T>(
  database: TestDatabase,
  role: PostgresRole,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    ...database.connection(role),
    connectionTimeoutMillis: 5_000,
    query_timeout: 20_000,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every row of every table, except those of other scenarios. */
export function readRows(
  database: TestDatabase,
  scenario: string,
): Promise<StoredRow[]> {
  return withDatabase(database, 'homelab_owner', async client => {
    const rows: StoredRow[] = [];
    for (const stream of streams) {
      const answer = await client.query<{
        device: string;
        time: Date;
        number: number | string | null;
      }>(
        `SELECT device_id AS device, time, ${numberField[stream]} AS number
         FROM ${hypertables[stream]}`,
      );
      for (const { device, time, number } of answer.rows) {
        if (device.startsWith(devicePrefix) && !device.startsWith(scenario))
          continue;
        rows.push({
          stream,
          deviceId: device,
          measuredAtMs: time.getTime(),
          number: number === null ? undefined : Number(number),
        });
      }
    }
    return rows;
  });
}

/** Throws unless each of these messages has its row. */
export function requireRows(
  database: TestDatabase,
  entries: readonly LedgerEntry[],
): Promise<void> {
  return withDatabase(database, 'homelab_owner', async client => {
    for (const { reading, mqttTopic } of entries) {
      if (reading === undefined) continue;
      const { stream, deviceId, measuredAtMs } = reading;
      const { rowCount } = await client.query(
        `SELECT FROM ${hypertables[stream]} WHERE device_id = $1 AND time = $2`,
        [deviceId, new Date(measuredAtMs)],
      );
      if (!rowCount)
        throw new Error(`the last reading of ${mqttTopic} is not stored`);
    }
  });
}

/** Throws unless the groups of the sink have committed every record of their Kafka topics. */
export async function requireNoLag(): Promise<void> {
  const admin = createTestKafka().admin();
  await admin.start();
  try {
    for (const stream of streams) {
      const topic = kafkaTopics[stream];
      const committed = await admin.groupOffsets(sinkGroups[stream], [topic]);
      for (const { partition, low, high } of await admin.topicOffsets(topic)) {
        const offset =
          committed.find(each => each.partition === partition)?.offset ?? low;
        if (BigInt(offset) < BigInt(high))
          throw new Error(
            `${topic} partition ${partition} is committed up to ${offset} of ${high}`,
          );
      }
    }
  } finally {
    await admin.stop();
  }
}
