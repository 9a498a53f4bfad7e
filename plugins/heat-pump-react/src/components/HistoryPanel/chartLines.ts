import type { History } from '@homelab/plugin-heat-pump-common/messages';
import type { LineSource, LineTimes } from '@homelab/portal-react/charts';
import { measurementColours } from '@homelab/telemetry';
import type { ColourToken } from '@homelab/telemetry';
import { rangeOf } from './bandLooks';

/** A line of a field of a history. */
export interface HistoryLine extends Pick<
  LineSource,
  'id' | 'label' | 'dashed' | 'filled' | 'hiddenAtFirst'
> {
  field: string;
  colour: ColourToken;
}

/** Lines of one history; lines without any value are left out. */
export function linesOf(
  history: History,
  wanted: readonly HistoryLine[],
): LineSource[] {
  const times: LineTimes = {
    time: history.time,
    gaps: history.gaps.map(rangeOf),
  };
  return wanted.flatMap(({ field, colour, ...line }) => {
    const series = history.series.find(one => one.field === field);
    if (series === undefined) return [];
    const { mean, min, max } = series;
    return [
      {
        ...line,
        colour: measurementColours[colour],
        decimals: isWhole(field, min) && isWhole(field, max) ? 0 : undefined,
        times,
        mean,
        min,
        max,
      },
    ];
  });
}

/** Whether a device reports a temperature in whole degrees, judged by minimum and maximum, which are not averaged. */
function isWhole(field: string, extremes: readonly (number | null)[]): boolean {
  return (
    (field.endsWith('_temp') || field === 'temperature') &&
    extremes.every(value => value === null || Number.isInteger(value))
  );
}
