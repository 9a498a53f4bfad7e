import { setTimeout as delay } from 'node:timers/promises';
import type { BenchContext } from './bench-context.ts';
import { connectRawMqtt, mqttLogin } from './raw-mqtt.ts';

/** The MQTT topic filter of the load's readings, from ordinary meters. */
export const loadFilter = 'homelab/energy/+';

/** The number of publishing devices, which take turns. */
export const loadDevices = 50;

/** The id of one of them. */
export function loadDeviceId(device: number): string {
  return `load-meter-${String(device).padStart(2, '0')}`;
}

/** What is published, and how fast. */
export interface ReadingLoad {
  readonly count: number;
  /**
   * Readings per second, each with the time it is published; absent: as fast as the broker
   * acknowledges, with times a millisecond apart from `firstMs` on.
   */
  readonly ratePerSecond?: number;
  /** Default now. */
  readonly firstMs?: number;
}

const timeText = '2026-01-01T00:00:00.000Z';
/** Publishes awaiting their acknowledgement: more than a house has, to create a load. */
const windowSize = 1_000;
const packetsPerWrite = 50;

/**
 * Publishes readings of 200 bytes with QoS 1; no device measures twice in a millisecond. Resolves once
 * all are acknowledged, with the times of the first publish and the last acknowledgement.
 */
export async function publishReadings(
  { stack, signal }: Pick<BenchContext, 'stack' | 'signal'>,
  load: ReadingLoad,
): Promise<{ firstPublishMs: number; lastAckMs: number }> {
  let acknowledged = 0;
  let wake = () => {};
  const client = await connectRawMqtt(
    {
      ...mqttLogin(stack, 'devices'),
      clientId: `load-${process.pid}-${Date.now()}`,
    },
    {
      onPuback: count => {
        acknowledged += count;
      },
      onChunkEnd: () => wake(),
    },
  );
  const acks = () =>
    new Promise<void>(resolve => {
      wake = resolve;
    });
  const packets = createPackets();
  const firstPublishMs = Date.now();
  const { firstMs = firstPublishMs } = load;
  let sent = 0;
  while (sent < load.count && !signal.aborted) {
    const due = dueNow(load, firstPublishMs, sent);
    const room = windowSize - (sent - acknowledged);
    const now = Math.min(due, room, packetsPerWrite, load.count - sent);
    if (now <= 0) {
      await (room <= 0 ? acks() : delay(1));
      continue;
    }
    const nowMs = Date.now();
    const batch: Buffer[] = [];
    for (let index = sent; index < sent + now; index += 1) {
      const measuredMs =
        load.ratePerSecond === undefined
          ? firstMs + Math.floor(index / loadDevices)
          : nowMs;
      batch.push(
        packets(index % loadDevices, measuredMs, (index % 65_535) + 1),
      );
    }
    sent += now;
    client.write(Buffer.concat(batch));
    await client.drained();
  }
  while (acknowledged < sent) await acks();
  const lastAckMs = Date.now();
  await client.end();
  return { firstPublishMs, lastAckMs };
}

function dueNow(
  { ratePerSecond }: ReadingLoad,
  startedMs: number,
  sent: number,
): number {
  if (ratePerSecond === undefined) return packetsPerWrite;
  return Math.floor(((Date.now() - startedMs) / 1_000) * ratePerSecond) - sent;
}

/** The JSON of a reading, 200 bytes long. */
function readingJson(deviceId: string): string {
  return JSON.stringify({
    timestamp: timeText,
    device_id: deviceId,
    total_energy_kwh: 5_345.6,
    power_kw: 1.23,
    voltage: 231.4,
    current: 5.37,
    power_l1_kw: 0.41,
    power_l2_kw: 0.411,
    power_l3_kw: 0.411,
  });
}

/** PUBLISH packets built once per device; time and message id are overwritten. */
function createPackets(): (
  device: number,
  measuredMs: number,
  messageId: number,
) => Buffer {
  const made = Array.from({ length: loadDevices }, (_, device) => {
    const deviceId = loadDeviceId(device);
    const topic = Buffer.from(`homelab/energy/${deviceId}`);
    const payload = Buffer.from(readingJson(deviceId));
    const body = Buffer.concat([
      Buffer.from([topic.length >> 8, topic.length & 0xff]),
      topic,
      Buffer.from([0, 0, 0]),
      payload,
    ]);
    const head = [0x32, (body.length & 0x7f) | 0x80, body.length >> 7];
    const packet = Buffer.concat([Buffer.from(head), body]);
    return {
      packet,
      idAt: head.length + 2 + topic.length,
      timeAt: packet.indexOf(timeText),
    };
  });
  return (device, measuredMs, messageId) => {
    const template = made[device];
    if (template === undefined) throw new RangeError('No such device.');
    const packet = Buffer.from(template.packet);
    packet.writeUInt16BE(messageId, template.idAt);
    packet.write(new Date(measuredMs).toISOString(), template.timeAt, 'latin1');
    return packet;
  };
}
