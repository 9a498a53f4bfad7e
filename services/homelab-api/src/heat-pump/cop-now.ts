import { heatOutputKw, minCopPowerKw } from '@homelab/heat-pump';
import type { Database } from '../database/database.ts';

const windowMs = 30 * 60_000;

const statement = {
  name: 'heatpump-now',
  text: `
    select heat_output_kw, flow_rate_lpm, supply_temp, return_temp, power_consumption_kw
    from heatpump_status
    where device_id = $1 and time >= $2 and time <= $3
    order by time desc limit 2000`,
};

interface Row {
  heat_output_kw: number | null;
  flow_rate_lpm: number | null;
  supply_temp: number | null;
  return_temp: number | null;
  power_consumption_kw: number | null;
  [column: string]: number | null;
}

/** Heat and electric power of the last half hour, kW, over the readings that know both. */
export interface PowerNow {
  readonly heatKw: number;
  readonly electricKw: number;
  /** Their ratio; `null` while the machine takes too little to tell. */
  readonly cop: number | null;
}

/** Reads the last half hour; undefined without a reading that knows both powers. */
export async function readPowerNow(
  database: Database,
  deviceId: string,
  nowMs: number,
): Promise<PowerNow | undefined> {
  const rows = await database.rows<Row>(statement, [
    deviceId,
    new Date(nowMs - windowMs),
    new Date(nowMs),
  ]);
  let [heat, electric, count] = [0, 0, 0];
  for (const row of rows) {
    const heatKw =
      row.heat_output_kw ??
      heatOutputKw({
        flowLpm: row.flow_rate_lpm,
        supplyC: row.supply_temp,
        returnC: row.return_temp,
      });
    if (heatKw === null || row.power_consumption_kw === null) continue;
    heat += heatKw;
    electric += row.power_consumption_kw;
    count += 1;
  }
  if (count === 0) return undefined;
  const [heatKw, electricKw] = [heat / count, electric / count];
  const isTold = heatKw > minCopPowerKw && electricKw > minCopPowerKw;
  return { heatKw, electricKw, cop: isTold ? heatKw / electricKw : null };
}
