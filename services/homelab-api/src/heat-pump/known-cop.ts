import { rounded } from '../series/points.ts';

/** Below this coverage a COP says more of the gaps than of the machine. */
const minCoverage = 0.9;
const minElectricKwh = 0.05;

/** Heat divided by electricity, both in kWh; null where too little is known or was taken. */
export function knownCop(
  heatKwh: number,
  electricKwh: number,
  coverage: number,
): number | null {
  return coverage >= minCoverage && electricKwh >= minElectricKwh
    ? rounded(heatKwh / electricKwh)
    : null;
}
