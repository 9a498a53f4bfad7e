import { hourMs, minCopPowerKw } from '@homelab/heat-pump';
import type { PowerEstimate } from '@homelab/heat-pump';
import type { Database } from '../database/database.ts';
import { followHeatPump } from './follow-heat-pump.ts';

const windowMs = hourMs / 2;

/** Heat and electric power of the last half hour, kW, over the time in which both are known. */
export interface PowerNow {
  readonly heatKw: number;
  readonly electricKw: number;
  /** Their ratio; `null` while the machine takes too little to tell. */
  readonly cop: number | null;
  readonly isEstimated: boolean;
}

/** Reads the last half hour; undefined if both powers are never known. Rejects like a query. */
export async function readPowerNow(
  database: Database,
  asked: {
    readonly deviceId: string;
    readonly nowMs: number;
    readonly estimate: PowerEstimate | null;
  },
): Promise<PowerNow | undefined> {
  const { nowMs } = asked;
  const range = { fromMs: nowMs - windowMs, toMs: nowMs + 1 };
  const { sums } = await followHeatPump(database, { ...asked, range });
  if (sums.pairedMs === 0) return undefined;
  const hours = sums.pairedMs / hourMs;
  const [heatKw, electricKw] = [sums.heatKwh / hours, sums.electricKwh / hours];
  const isTold = heatKw > minCopPowerKw && electricKw > minCopPowerKw;
  return {
    heatKw,
    electricKw,
    cop: isTold ? heatKw / electricKw : null,
    isEstimated: sums.estimatedMs > 0,
  };
}
