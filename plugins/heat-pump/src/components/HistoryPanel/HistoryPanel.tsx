import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import type { History } from '@homelab/plugin-heat-pump-common';
import {
  BandLegend,
  Choices,
  Notice,
  Panel,
  PanelTitle,
  TimeSeriesChart,
  reasonOf,
  useSiteClock,
} from '@homelab/portal-react';
import type { TimeRange } from '@homelab/portal-react';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useId, useMemo } from 'react';
import { rangeNames, ranges } from '../../hooks/useRange';
import { chartBandsOf, rangeOf } from './bandLooks';
import { powerChart, temperatureChart } from './heatPumpCharts';
import type { HeatPumpHistory } from './useHeatPumpHistory';

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1, 2),
  marginBottom: theme.spacing(2),
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}));

const Charts = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(3),
}));

const rangeChoices = rangeNames.map(value => ({ value, ...ranges[value] }));

function Drawn(props: {
  heatPump: History;
  meter: History | undefined;
  range: TimeRange;
  onZoom(range: TimeRange | null): void;
}) {
  const { heatPump, meter, range, onZoom } = props;
  const { timeZone } = useSiteClock();
  const syncKey = useId();
  const temperatures = useMemo(() => temperatureChart(heatPump), [heatPump]);
  const powers = useMemo(() => powerChart(heatPump, meter), [heatPump, meter]);
  const bands = useMemo(() => chartBandsOf(heatPump.bands), [heatPump]);
  const pumpGaps = useMemo(() => heatPump.gaps.map(rangeOf), [heatPump]);
  const meterGaps = useMemo(() => (meter?.gaps ?? []).map(rangeOf), [meter]);
  const common = {
    range,
    onZoom,
    syncKey,
    timeZone,
    bands,
  };
  return (
    <Charts>
      {powers.lines.length > 0 && (
        <TimeSeriesChart
          {...common}
          title="Power"
          chart={powers}
          gaps={meter ? meterGaps : pumpGaps}
          unit="kW"
          decimals={2}
          zeroBased
          height={170}
        />
      )}
      <TimeSeriesChart
        {...common}
        title="Temperatures"
        chart={temperatures}
        gaps={pumpGaps}
        unit="°C"
        decimals={1}
        height={280}
      />
      <BandLegend bands={bands} />
    </Charts>
  );
}

function summary(history: History | undefined, bucketMs: number | undefined) {
  if (history === undefined || bucketMs === undefined) return '';
  const percent = Math.floor(history.coverage * 100);
  const minutes = bucketMs / 60_000;
  const width = minutes < 1 ? `${bucketMs / 1000} s` : `${minutes} min`;
  const covered =
    percent === 100 ? 'complete' : `readings for ${percent} % of the time`;
  return `${covered}, one point per ${width}`;
}

/** Power and temperatures over the selected range. */
export function HistoryPanel(props: {
  heatPump: HeatpumpDeviceReading;
  meter: EnergyDeviceReading | null;
  history: HeatPumpHistory;
}) {
  const { range, setRange, shown, zoom, setZoom, pump, meter } = props.history;
  const { history, error, loading } = pump;
  const isEmpty = history !== undefined && history.time.length === 0;
  const drawn = history !== undefined && !isEmpty;
  return (
    <Panel aria-label="History" aria-busy={loading}>
      <Head>
        <PanelTitle>
          {zoom ? 'Zoomed in' : `The ${ranges[range].words}`}
        </PanelTitle>
        <Quiet sx={{ flex: 1, minWidth: 180 }}>
          {summary(history, history?.bucketMs)}
        </Quiet>
        {zoom && (
          <Button size="small" onClick={() => setZoom(null)}>
            Show all
          </Button>
        )}
        <Choices
          label="Range"
          value={range}
          options={rangeChoices}
          onChoose={setRange}
        />
      </Head>
      {error && (
        <Notice title="The history cannot be shown.">{reasonOf(error)}</Notice>
      )}
      {!error && meter.error && (
        <Notice title="The power of the house is missing.">
          {reasonOf(meter.error)}
        </Notice>
      )}
      {!history && !error && (
        <Skeleton
          variant="rounded"
          height={480}
          aria-label="Loading the history"
        />
      )}
      {isEmpty && !error && (
        <Quiet sx={{ padding: '48px 0', textAlign: 'center' }}>
          No readings were stored in the {ranges[range].words}. Choose a longer
          range, or wait for the first ones.
        </Quiet>
      )}
      {drawn && (
        <Drawn
          heatPump={history}
          meter={meter.history}
          range={shown}
          onZoom={setZoom}
        />
      )}
    </Panel>
  );
}
