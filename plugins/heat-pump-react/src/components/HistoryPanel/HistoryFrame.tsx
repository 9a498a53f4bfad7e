import type { History } from '@homelab/plugin-heat-pump-common/messages';
import {
  Choices,
  Notice,
  PanelTitle,
  formatDayTime,
  reasonOf,
  useSiteClock,
} from '@homelab/portal-react/ui';
import type { TimeRange } from '@homelab/portal-react/charts';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { Suspense } from 'react';
import type { ReactNode } from 'react';
import type { HistoryState, RangeView } from '../../figure';
import { rangeNames, ranges } from '../../ranges';

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

/** How complete the history is. */
function coverageWords({ coverage }: History): string {
  const percent = Math.floor(coverage * 100);
  return percent === 100 ? 'complete' : `readings for ${percent} % of the time`;
}

/** What a point stands for: `mean of 5 min`, `mean of the day`. */
function pointWords({ bucketMs }: History): string {
  if (bucketMs >= dayMs) return 'mean of the day';
  if (bucketMs === hourMs) return 'mean of the hour';
  const minutes = bucketMs / 60_000;
  return `mean of ${minutes < 1 ? `${bucketMs / 1000} s` : `${minutes} min`}`;
}

/** `Sun 29 Nov, 08:24 to Mon 30 Nov, 08:24` */
function rangeWords({ fromMs, toMs }: TimeRange, timeZone: string): string {
  return `${formatDayTime(fromMs, timeZone)} to ${formatDayTime(toMs, timeZone)}`;
}

function Loading() {
  return (
    <Skeleton variant="rounded" height={480} aria-label="Loading the history" />
  );
}

/** Around the charts of a device: the range and how complete it is, loading, empty and failed. */
export function HistoryFrame(props: {
  view: RangeView;
  /** What decides whether there is something to draw. */
  main: HistoryState;
  /** Below the range, such as what else is missing. */
  notice?: ReactNode;
  /** Draws the history; its charts may be loaded later. */
  charts(history: History, pointWords: string): ReactNode;
}) {
  const { view, main, notice, charts } = props;
  const { range, setRange, shown, zoom, setZoom } = view;
  const { history, error } = main;
  const { timeZone } = useSiteClock();
  const { words } = ranges[range];
  const isEmpty = history !== undefined && history.time.length === 0;
  return (
    <>
      <Head>
        <PanelTitle>{zoom ? 'Zoomed in' : `The ${words}`}</PanelTitle>
        <Quiet sx={{ flex: 1, minWidth: 180 }}>
          {rangeWords(shown, timeZone)}
          {history && `, ${coverageWords(history)}`}
        </Quiet>
        {zoom && (
          <Button size="small" onClick={() => setZoom(null)}>
            Show the {words}
          </Button>
        )}
        <Choices
          label="Range"
          value={zoom === null ? range : null}
          options={rangeChoices}
          onChoose={setRange}
        />
      </Head>
      {error && (
        <Notice isInside title="The history cannot be shown.">
          {reasonOf(error)}
        </Notice>
      )}
      {!error && notice}
      {!history && !error && <Loading />}
      {isEmpty && !error && (
        <Quiet sx={{ padding: '48px 0', textAlign: 'center' }}>
          No readings were stored in {zoom ? 'this time' : `the ${words}`}.
          Choose a longer range, or wait for the first ones.
        </Quiet>
      )}
      {history !== undefined && !isEmpty && (
        <Suspense fallback={<Loading />}>
          {charts(history, pointWords(history))}
        </Suspense>
      )}
    </>
  );
}
