import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import type { Bench, BenchContext } from './bench-context.ts';
import { ourBridge } from './bridge-programs.ts';
import { percentile } from './figures.ts';
import { loadDeviceId, loadDevices, publishReadings } from './reading-load.ts';
import { ourSink } from './sink-program.ts';

const ratePerSecond = 1_000;
const secondsPerRound = 10;
const pollMs = 5;

/**
 * How long a reading takes from being published to a row visible to another connection, at
 * 1,000 readings a second through bridge, Kafka and sink.
 */
export const benchPath: Bench = async context => {
  const { stack, rounds, report } = context;
  const sink = await ourSink(stack).start();
  const bridge = await ourBridge(stack).start('bench-path');
  const database = await connectDatabase(context);
  const p50: number[] = [];
  const p99: number[] = [];
  try {
    // Not counted: cold code is slow.
    await measureRound(context, database);
    for (let round = 1; round <= rounds; round += 1) {
      report(`  round ${round} of ${rounds}`);
      const latencies = await measureRound(context, database);
      p50.push(percentile(latencies, 0.5));
      p99.push(percentile(latencies, 0.99));
    }
  } finally {
    await database.end();
    await Promise.all([bridge.stop(), sink.stop()]);
  }
  const name = `publish to visible row at ${ratePerSecond}/s`;
  return [
    { name: `${name}, p50`, unit: 'ms', rounds: p50 },
    { name: `${name}, p99`, unit: 'ms', rounds: p99, goal: { atMost: 250 } },
  ];
};

async function connectDatabase({ stack }: BenchContext): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port: stack.ports.postgres,
    user: 'homelab_reader',
    password: stack.secrets.postgres.homelab_reader,
    database: 'homelab',
  });
  await client.connect();
  return client;
}

/** Milliseconds from the time of a reading until its row was seen, for one of the devices. */
async function measureRound(
  context: BenchContext,
  database: Client,
): Promise<number[]> {
  const count = ratePerSecond * secondsPerRound;
  const awaited = count / loadDevices;
  const latencies: number[] = [];
  const published = publishReadings(context, { count, ratePerSecond });
  let newest = new Date();
  const deadlineMs = Date.now() + (secondsPerRound + 30) * 1_000;
  while (latencies.length < awaited) {
    if (Date.now() > deadlineMs) {
      throw new Error(
        `Only ${latencies.length} of ${awaited} rows of ${loadDeviceId(0)} were seen.`,
      );
    }
    const { rows } = await database.query<{ time: Date }>({
      name: 'newer',
      text: 'SELECT time FROM energy_readings WHERE device_id = $1 AND time > $2 ORDER BY time',
      values: [loadDeviceId(0), newest],
    });
    const nowMs = Date.now();
    for (const { time } of rows) latencies.push(nowMs - time.getTime());
    newest = rows.at(-1)?.time ?? newest;
    await delay(pollMs);
  }
  await published;
  return latencies;
}
