import type { HeatPumpRun, HeatPumpRuns } from '@homelab/homelab-api-client';
import { formatNumber } from '@homelab/portal-react/ui';

/** What a run was, in the words of its kind. */
export function runWords(run: HeatPumpRun, kind: HeatPumpRuns['kind']): string {
  if (kind === 'defrost') return withOutdoor('Defrost', run);
  if (kind === 'aux_heater') return withOutdoor('Auxiliary heater', run);
  if (kind !== 'hot_water') return purposeOf(run);
  const { tank_start_temp: startC, tank_end_temp: endC } = run;
  if (startC === null || endC === null) return 'Hot water';
  return `Hot water, ${formatNumber(startC, 0)} to ${formatNumber(endC, 0)} °C`;
}

function withOutdoor(words: string, { outdoor_temp: outdoorC }: HeatPumpRun) {
  return outdoorC === null
    ? words
    : `${words} at ${formatNumber(outdoorC, 0)} °C outside`;
}

/** What a run was for: most of it, or both where neither is small. */
function purposeOf(run: HeatPumpRun): string {
  const share = run.minutes === 0 ? 0 : run.hot_water_minutes / run.minutes;
  const extras = [
    run.defrosts > 0 &&
      `${run.defrosts} ${run.defrosts === 1 ? 'defrost' : 'defrosts'}`,
    run.aux_heater_minutes > 0 && 'auxiliary heater',
  ].filter(Boolean);
  return [mainKind(share), ...extras].join(', ');
}

function mainKind(hotWaterShare: number): string {
  if (hotWaterShare > 0.9) return 'Hot water';
  return hotWaterShare < 0.1 ? 'Heating' : 'Heating, hot water';
}
