import type { Band, Gap } from '@homelab/plugin-heat-pump-common';
import type { ChartBand, TimeRange } from '@homelab/portal-react';
import { measurementColours } from '@homelab/telemetry';
import type { ColourToken } from '@homelab/telemetry';

/** What a band means, in words, and the colour it has. */
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

/** The bands of a history as a chart draws them, the gravest kind first. */
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

/** A stretch of time of a history as charts count it. */
export function rangeOf({ from, to }: Gap): TimeRange {
  return { fromMs: Date.parse(from), toMs: Date.parse(to) };
}
