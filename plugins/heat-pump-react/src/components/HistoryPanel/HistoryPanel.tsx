import type { History } from '@homelab/plugin-heat-pump-common/messages';
import {
  Choices,
  Notice,
  Panel,
  PanelTitle,
  reasonOf,
} from '@homelab/portal-react/ui';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { lazy, Suspense } from 'react';
import { rangeNames, ranges } from '../../ranges';
import type { HeatPumpHistory } from './heatPumpHistory';

// The charts are most of the page's code, and the last that is looked at.
const HistoryCharts = lazy(() =>
  import('./HistoryCharts').then(m => ({ default: m.HistoryCharts })),
);

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

function Loading() {
  return (
    <Skeleton variant="rounded" height={480} aria-label="Loading the history" />
  );
}

/** Power and temperatures over the selected range. */
export function HistoryPanel(props: { history: HeatPumpHistory }) {
  const { range, setRange, shown, zoom, setZoom, pump, meter, energy } =
    props.history;
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
      {!history && !error && <Loading />}
      {isEmpty && !error && (
        <Quiet sx={{ padding: '48px 0', textAlign: 'center' }}>
          No readings were stored in the {ranges[range].words}. Choose a longer
          range, or wait for the first ones.
        </Quiet>
      )}
      {drawn && (
        <Suspense fallback={<Loading />}>
          <HistoryCharts
            pumpHistory={history}
            meterHistory={meter.history}
            energy={energy}
            range={shown}
            onZoom={setZoom}
          />
        </Suspense>
      )}
    </Panel>
  );
}
