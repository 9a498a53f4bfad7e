import {
  kafkaTopics,
  measurementsOf,
  recordHeaders,
  schemaVersion,
} from '@homelab/telemetry';
import type { RecordProducer } from '@homelab/kafka';

/** The load of the sink: meter readings of 200 bytes each. */
export interface SinkLoad {
  readonly count: number;
  /** Time of the first reading of every device; the next follow a second apart. */
  readonly firstMs: number;
}

const stream = 'energy';
const devices = 50;
const recordsPerSend = 5_000;

/** The columns of the table that the sink fills, the key first. */
export const loadColumns: readonly string[] = [
  'device_id',
  'time',
  ...measurementsOf(stream).map(([name]) => name),
  'received_at',
  'record_offset',
];

interface LoadReading {
  readonly deviceId: string;
  readonly measuredMs: number;
  readonly numbers: Readonly<Record<string, number>>;
}

/** Sends the records to the Kafka topic as the bridge does. */
export async function sendRecords(
  producer: Pick<RecordProducer, 'send'>,
  load: SinkLoad,
): Promise<void> {
  for (let from = 0; from < load.count; from += recordsPerSend) {
    const until = Math.min(load.count, from + recordsPerSend);
    const records = [];
    for (let index = from; index < until; index += 1)
      records.push(recordOf(readingOf(load, index)));
    await producer.send(records);
  }
}

/** The rows of the records in the text format of COPY, with every column. */
export function* copyText(load: SinkLoad): Generator<Buffer> {
  for (let from = 0; from < load.count; from += recordsPerSend) {
    let lines = '';
    const until = Math.min(load.count, from + recordsPerSend);
    for (let index = from; index < until; index += 1)
      lines += `${cellsOf(readingOf(load, index)).join('\t')}\n`;
    yield Buffer.from(lines);
  }
}

/** The same rows in the binary format of COPY. */
export function* copyBinary(load: SinkLoad): Generator<Buffer> {
  yield Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
  for (let index = 0; index < load.count; index += 1)
    yield binaryRow(readingOf(load, index));
  yield Buffer.from([0xff, 0xff]);
}

function readingOf({ firstMs }: SinkLoad, index: number): LoadReading {
  const step = Math.floor(index / devices);
  const device = String(index % devices).padStart(2, '0');
  // Digits that vary but are the same in every run.
  const share = ((index * 7_919) % 10_007) / 10_007;
  const rounded = (value: number, digits: number) =>
    Number(value.toFixed(digits));
  return {
    deviceId: `load-meter-${device}`,
    measuredMs: firstMs + step * 1_000,
    numbers: {
      total_energy_kwh: rounded(5_000 + step / 1_000, 3),
      power_kw: rounded(share * 9, 3),
      voltage: rounded(226 + share * 8, 1),
      current: rounded(share * 39, 2),
      power_l1_kw: rounded(share * 3, 3),
      power_l2_kw: rounded(share * 2.5, 3),
      power_l3_kw: rounded(share * 3.5, 3),
    },
  };
}

function recordOf({ deviceId, measuredMs, numbers }: LoadReading) {
  const timestamp = new Date(measuredMs).toISOString();
  return {
    topic: kafkaTopics[stream],
    key: deviceId,
    value: JSON.stringify({ timestamp, device_id: deviceId, ...numbers }),
    headers: {
      [recordHeaders.mqttTopic]: `homelab/${stream}/${deviceId}`,
      [recordHeaders.receivedAt]: timestamp,
      [recordHeaders.schemaVersion]: schemaVersion,
    },
  };
}

function cellsOf({ deviceId, measuredMs, numbers }: LoadReading): string[] {
  const time = new Date(measuredMs).toISOString();
  const measured = measurementsOf(stream).map(([name]) =>
    String(numbers[name] ?? '\\N'),
  );
  return [deviceId, time, ...measured, time, '0'];
}

const postgresEpochMs = Date.UTC(2000, 0, 1);

function binaryRow({ deviceId, measuredMs, numbers }: LoadReading): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(loadColumns.length);
  const time = Buffer.alloc(8);
  time.writeBigInt64BE(BigInt(measuredMs - postgresEpochMs) * 1_000n);
  const measured = measurementsOf(stream).map(([name]) => {
    const number = numbers[name];
    if (number === undefined) return null;
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(number);
    return bytes;
  });
  const cells = [
    Buffer.from(deviceId),
    time,
    ...measured,
    time,
    Buffer.alloc(8),
  ];
  return Buffer.concat([
    count,
    ...cells.flatMap(cell => {
      const length = Buffer.alloc(4);
      length.writeInt32BE(cell?.length ?? -1);
      return cell === null ? [length] : [length, cell];
    }),
  ]);
}
