import type { HeatPumpRun } from '@homelab/homelab-api-client';

/** What a run was for: most of it, or both where neither is small. */
export function runKind(run: HeatPumpRun): string {
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
