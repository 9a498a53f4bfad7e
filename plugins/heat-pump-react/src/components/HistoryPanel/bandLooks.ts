import type { Band } from '@homelab/heat-pump';
import type { Gap } from '@homelab/plugin-heat-pump-common/messages';
import type { ChartBand, TimeRange } from '@homelab/portal-react/charts';
import { measurementColours } from '@homelab/telemetry';
import type { ColourToken } from '@homelab/telemetry';

/** Label and colour of each kind of band. */
export const bandLooks: Record<
  Band['kind'],
  { label: string; colour: ColourToken; strip: boolean }
> = {
  alarm: { label: 'Alarm', colour: 'supply', strip: false },
  defrost: { label: 'Defrost', colour: 'outdoor', strip: false },
  aux_heater: { label: 'Auxiliary heater', colour: 'heat', strip: false },
  hot_water: { label: 'Hot water', colour: 'hotWater', strip: false },
  compressor: { label: 'Compressor', colour: 'neutral', strip: true },
};

/** Periods with an estimated value, for a chart. */
export function estimatedBandsOf(periods: readonly Gap[]): ChartBand[] {
  return periods.map(period => ({
    ...rangeOf(period),
    ...{ label: 'Estimated', colour: measurementColours.electricity },
  }));
}

/** The bands of a history for a chart, most severe first. */
export function chartBandsOf(bands: readonly Band[]): ChartBand[] {
  const order = Object.keys(bandLooks);
  return [...bands]
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .map(({ kind, from, to }) => {
      const { label, colour, strip } = bandLooks[kind];
      return {
        ...rangeOf({ from, to }),
        label,
        colour: measurementColours[colour],
        strip,
      };
    });
}

/** A time range of a history in milliseconds. */
export function rangeOf({ from, to }: Gap): TimeRange {
  return { fromMs: Date.parse(from), toMs: Date.parse(to) };
}
