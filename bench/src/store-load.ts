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

/**
 * Inserts the readings of the devices $1 on the day that begins at $2, as meters send them, in
 * watts, watt-hours and tenths of an ampere: a counter that rises by a kWh an hour, and a load
 * that stays for ten minutes but for a few watts on the first phase. They are the same in every run.
 */
export const fillDaySql = `INSERT INTO ${hypertables.energy}
  (device_id, time, total_energy_kwh, power_kw, voltage, current, power_l1_kw, power_l2_kw, power_l3_kw, received_at, record_offset)
  SELECT device, at, floor(extract(epoch FROM at)::double precision / 3.6) / 1000 - 400000,
    watts / 1000, 230, floor(watts * 10 / 230) / 10,
    (watts - 2 * phase) / 1000, phase / 1000, phase / 1000, at, 0
  FROM unnest($1::text[]) WITH ORDINALITY AS devices (device, number)
  CROSS JOIN generate_series(0, ${dayMs / storeStepMs - 1}) AS step
  CROSS JOIN LATERAL (
    SELECT $2::timestamptz + step * INTERVAL '${storeStepMs / 1_000} seconds' AS at,
      (step / 120 * 7919 + number * 1009) % 4001 AS level, step * 7919 % 5 AS noise
  ) AS reading
  CROSS JOIN LATERAL (
    SELECT (level + noise)::double precision AS watts, (level / 3)::double precision AS phase
  ) AS power`;
