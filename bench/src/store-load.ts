import { hypertables } from '@homelab/telemetry';
import type pg from 'pg';

const dayMs = 86_400_000;
const connections = 2;

/** Meters of the load, each of which sends every {@link storeStepMs}. */
export const storeDevices: readonly string[] = Array.from(
  { length: 10 },
  (_, index) => `store-meter-${index}`,
);
export const storeStepMs = 5_000;

/** Fills whole days with readings of all meters, day by day over two connections. */
export async function fillStore(
  connect: () => Promise<pg.Client>,
  { fromMs, untilMs }: { fromMs: number; untilMs: number },
): Promise<void> {
  const days: number[] = [];
  for (let ms = fromMs; ms < untilMs; ms += dayMs) days.push(ms);
  const fill = async () => {
    const client = await connect();
    try {
      for (let day = days.pop(); day !== undefined; day = days.pop())
        await client.query(fillDaySql, [storeDevices, new Date(day)]);
    } finally {
      await client.end();
    }
  };
  await Promise.all(Array.from({ length: connections }, fill));
}

/** A counter that rises by a kWh an hour, and power that varies and is the same in every run. */
const fillDaySql = `INSERT INTO ${hypertables.energy}
  (device_id, time, total_energy_kwh, power_kw, voltage, current, power_l1_kw, power_l2_kw, power_l3_kw, received_at, record_offset)
  SELECT device, at, extract(epoch FROM at) / 3600 - 400000, load, 230, load * 4.3, load / 3, load / 3, load / 3, at, 0
  FROM unnest($1::text[]) AS device
  CROSS JOIN generate_series(0, ${dayMs / storeStepMs - 1}) AS step
  CROSS JOIN LATERAL (SELECT $2::timestamptz + step * INTERVAL '${storeStepMs / 1_000} seconds' AS at,
    ((step * 7919) % 10007) / 1000.0 AS load) AS reading`;
