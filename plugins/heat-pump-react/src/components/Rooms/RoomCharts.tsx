import type { History } from '@homelab/plugin-heat-pump-common/messages';
import {
  alignLines,
  BandLegend,
  TimeSeriesChart,
} from '@homelab/portal-react/charts';
import type { TimeRange } from '@homelab/portal-react/charts';
import { useSiteClock } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import { useId, useMemo } from 'react';
import { estimatedBandsOf, rangeOf } from '../HistoryPanel/bandLooks';
import { linesOf } from '../HistoryPanel/chartLines';
import { numberMeasurement } from '../measurements';
import { roomFields } from './roomFields';

const dayMs = 86_400_000;

const Charts = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(3),
}));

/** One chart for each field that the sensor has. */
export function RoomCharts(props: {
  history: History;
  pointWords: string;
  range: TimeRange;
  onZoom(range: TimeRange | null): void;
}) {
  const { history, ...common } = props;
  const { timeZone } = useSiteClock();
  const syncKey = useId();
  const gaps = useMemo(() => history.gaps.map(rangeOf), [history]);
  const bands = useMemo(() => estimatedBandsOf(history.estimated), [history]);
  const charts = useMemo(
    () =>
      roomFields.flatMap(field => {
        const { label, colour, unit, decimals } = numberMeasurement(
          'temperature',
          field,
        );
        const line = { field, id: field, label, colour };
        const chart = alignLines(linesOf(history, [line]));
        return chart.lines.length === 0
          ? []
          : [{ field, label, unit, decimals, chart }];
      }),
    [history],
  );
  return (
    <Charts>
      {charts.map(({ field, label, ...look }, index) => (
        <TimeSeriesChart
          key={field}
          {...common}
          {...look}
          title={label}
          bands={bands}
          gaps={gaps}
          perDay={history.bucketMs >= dayMs}
          zeroBased={field === 'battery'}
          height={index === 0 ? 200 : 120}
          timeZone={timeZone}
          syncKey={syncKey}
        />
      ))}
      <BandLegend bands={bands} />
    </Charts>
  );
}
