import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import type { History } from '@homelab/plugin-heat-pump-common';
import {
  Choices,
  Notice,
  Panel,
  PanelTitle,
  reasonOf,
} from '@homelab/portal-react';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { rangeNames, ranges } from '../../hooks/useRange';
import { HistoryCharts } from './HistoryCharts';
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

const rangeChoices = rangeNames.map(value => ({ value, ...ranges[value] }));

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How wide a point is, in words. */
function widthOf(bucketMs: number): string {
  if (bucketMs >= dayMs) return 'day';
  if (bucketMs === hourMs) return 'hour';
  const minutes = bucketMs / 60_000;
  return minutes < 1 ? `${bucketMs / 1000} s` : `${minutes} min`;
}

function summary(history: History | undefined): string {
  if (history === undefined) return '';
  const { bucketMs, coverage } = history;
  const percent = Math.floor(coverage * 100);
  const covered =
    percent === 100 ? 'complete' : `readings for ${percent} % of the time`;
  const point = `one point per ${widthOf(bucketMs)}`;
  const means =
    bucketMs >= hourMs ? ': the mean between least and greatest' : '';
  return `${covered}, ${point}${means}`;
}

/** Power and temperatures over the selected range. */
export function HistoryPanel(props: {
  heatPump: HeatpumpDeviceReading;
  meter: EnergyDeviceReading | null;
  history: HeatPumpHistory;
}) {
  const { heatPump } = props;
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
        <Quiet sx={{ flex: 1, minWidth: 180 }}>{summary(history)}</Quiet>
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
        <HistoryCharts
          heatPump={heatPump}
          meter={props.meter}
          pumpHistory={history}
          meterHistory={meter.history}
          range={shown}
          onZoom={setZoom}
        />
      )}
    </Panel>
  );
}
