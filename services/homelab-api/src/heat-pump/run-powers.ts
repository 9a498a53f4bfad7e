import { copOfEnergy } from '@homelab/heat-pump';
import { stretchPowersSql } from '@homelab/timescale-schema';
import type { Database } from '../database/database.ts';
import { rounded } from '../series/points.ts';
import type { Run } from './runs.ts';

const statement = { name: 'heatpump-run-powers', text: stretchPowersSql() };

interface Row {
  readings: number;
  paired_n: number;
  heat_kw: number | null;
  electric_kw: number | null;
  [column: string]: number | null;
}

const hourMs = 3_600_000;

/** What a run gave and took, kWh; null where no reading of it knows both powers. */
export interface RunFigures {
  readonly heat_kwh: number | null;
  readonly electric_kwh: number | null;
  readonly cop: number | null;
}

/** Reads the figures of runs, in their order, from the readings within each. */
export async function readRunFigures(
  database: Database,
  deviceId: string,
  runs: readonly Run[],
): Promise<RunFigures[]> {
  if (runs.length === 0) return [];
  const rows = await database.rows<Row>(statement, [
    deviceId,
    runs.map(({ fromMs }) => new Date(fromMs)),
    runs.map(({ toMs }) => new Date(toMs)),
  ]);
  return rows.map((row, place) => {
    const run = runs[place];
    const { heat_kw: heat, electric_kw: electric, paired_n: known } = row;
    if (run === undefined || heat === null || electric === null) {
      return { heat_kwh: null, electric_kwh: null, cop: null };
    }
    const hours = (run.toMs - run.fromMs) / hourMs;
    const heatKwh = (heat / known) * hours;
    const electricKwh = (electric / known) * hours;
    return {
      heat_kwh: rounded(heatKwh),
      electric_kwh: rounded(electricKwh),
      cop: rounded(
        copOfEnergy({ heatKwh, electricKwh, coverage: known / row.readings }),
      ),
    };
  });
}
