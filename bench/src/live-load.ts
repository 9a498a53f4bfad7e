import { setTimeout as delay } from 'node:timers/promises';
import type { RecordProducer } from '@homelab/kafka';
import { kafkaTopics, recordHeaders } from '@homelab/telemetry';

/** Readings written to Kafka as the bridge does, each with the time it was sent. */
export interface LiveLoad {
  readonly stream: 'energy' | 'heatpump';
  readonly devices: number;
  readonly perSecond: number;
  readonly seconds: number;
  /** Further fields of each reading. */
  readonly fields: object;
}

const stepMs = 20;

/** The name of a device of a load. */
export const loadDevice = (index: number) => `load-${index}`;

/** Sends readings of devices in turns, evenly over the time; returns how many. */
export async function sendReadings(
  producer: RecordProducer,
  load: LiveLoad,
): Promise<number> {
  const { stream, devices, perSecond, seconds, fields } = load;
  const startMs = performance.now();
  const total = perSecond * seconds;
  const sends: Promise<void>[] = [];
  let sent = 0;
  while (sent < total) {
    const due = Math.min(
      total,
      Math.floor(((performance.now() - startMs) / 1_000) * perSecond),
    );
    const timestamp = new Date().toISOString();
    const from = sent;
    const records = Array.from({ length: due - from }, (_, index) => {
      const deviceId = loadDevice((from + index) % devices);
      return {
        topic: kafkaTopics[stream],
        key: deviceId,
        value: JSON.stringify({ timestamp, device_id: deviceId, ...fields }),
        headers: { [recordHeaders.receivedAt]: timestamp },
      };
    });
    sent = due;
    if (records.length > 0) sends.push(producer.send(records));
    await delay(stepMs);
  }
  await Promise.all(sends);
  return total;
}

/** An electricity meter with three phases, as in most houses. */
export const meterFields = {
  power_kw: 1.66,
  total_energy_kwh: 100_000.668,
  voltage: 230,
  current: 7.9,
  power_l1_kw: 1.11,
  power_l2_kw: 0.22,
  power_l3_kw: 0.33,
  voltage_l1: 229,
  voltage_l2: 230,
  voltage_l3: 231,
};

/** A heat pump that has much to say. */
export const largeFields = {
  supply_temp: 38.5,
  alarm_codes: Array.from({ length: 10 }, () => 'x'.repeat(100)),
};
