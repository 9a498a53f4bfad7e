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
  const kwh = kwhWriter(window.estimated);
  const energy = `${kwh(heat)} heat from ${kwh(electric)}`;
  return [
    energy,
    ...(percent === 100 ? [] : [`known for ${percent} %`]),
    ...(window.estimated ? ['estimated in part'] : []),
  ];
}

/** An estimate is not written more exactly than it is known. */
function kwhWriter(isEstimate: boolean) {
  return (value: number | null) => {
    const isSmall = value !== null && value < 100;
    return `${formatNumber(value, isSmall && !isEstimate ? 1 : 0)} kWh`;
  };
}
