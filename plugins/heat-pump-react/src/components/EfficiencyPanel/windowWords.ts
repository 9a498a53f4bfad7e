import { minCoverage } from '@homelab/heat-pump';
import type { HeatPumpWindow } from '@homelab/homelab-api-client';
import { formatNumber } from '@homelab/portal-react/ui';

/** What stands below the COP of a window: what it is made of, or why there is none. */
export function windowWords(window: HeatPumpWindow | null): string[] {
  if (window === null) return ['no readings'];
  const { cop, coverage, heat_kwh: heat, electric_kwh: electric } = window;
  const percent = Math.floor(coverage * 100);
  if (cop === null && coverage < minCoverage) {
    return [`power and heat known for ${percent} %, 90 % are needed`];
  }
  if (cop === null) return ['too little electricity to tell'];
  const energy = `${kwh(heat)} heat from ${kwh(electric)}`;
  return percent === 100 ? [energy] : [energy, `known for ${percent} %`];
}

function kwh(value: number | null): string {
  const decimals = value !== null && value < 100 ? 1 : 0;
  return `${formatNumber(value, decimals)} kWh`;
}
