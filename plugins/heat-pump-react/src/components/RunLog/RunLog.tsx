import type { HeatPumpRuns } from '@homelab/homelab-api-client';
import {
  Choices,
  Notice,
  Panel,
  PanelTitle,
  Quantity,
  formatDayTime,
  reasonOf,
  useSiteClock,
  whenNarrow,
} from '@homelab/portal-react/ui';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import type { Figure } from '../../figure';
import { lengthWords } from '../EventList';
import { runWords } from './runWords';

/** More would crowd out the rest of the page. */
const maxRuns = 8;

const Table = styled('table')(({ theme }) => ({
  width: '100%',
  margin: theme.spacing(1, 0, 0),
  borderCollapse: 'collapse',
  fontSize: '0.875rem',
  lineHeight: 1.4,
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
  '& th, & td': {
    padding: theme.spacing(0.75, 0, 0.75, 2),
    textAlign: 'right',
    verticalAlign: 'baseline',
    fontWeight: 400,
    whiteSpace: 'nowrap',
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  '& thead th': {
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
  },
  '& tr > th:first-of-type': {
    paddingLeft: 0,
    textAlign: 'left',
    whiteSpace: 'normal',
  },
  '& tbody tr:last-of-type > *': { borderBottom: 0 },
  [whenNarrow]: {
    // The COP says what both are for.
    '& .energy': { display: 'none' },
    // A length may be a sentence: "on at the last reading, 12:28".
    '& td': { whiteSpace: 'normal' },

    '& th, & td': { paddingLeft: theme.spacing(1) },
  },
}));

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: theme.spacing(1, 2),
}));

const Words = styled('p')(({ theme }) => ({
  margin: theme.spacing(1, 0, 0),
  maxWidth: '75ch',
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
}));

const Quiet = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
  fontSize: '0.8125rem',
}));

const kinds: readonly { value: HeatPumpRuns['kind']; label: string }[] = [
  { value: 'compressor', label: 'Compressor' },
  { value: 'hot_water', label: 'Hot water' },
  { value: 'defrost', label: 'Defrosts' },
  { value: 'aux_heater', label: 'Heater' },
];

const captions: Record<HeatPumpRuns['kind'], string> = {
  compressor: 'Runs of the compressor, newest first',
  hot_water: 'Runs for hot water, newest first',
  defrost: 'Defrosts, newest first',
  aux_heater: 'Runs of the auxiliary heater, newest first',
  alarm: 'Alarms, newest first',
};

const nothingWords: Record<HeatPumpRuns['kind'], string> = {
  compressor: 'The compressor has not run in the last 3 days.',
  hot_water: 'No hot water was made in the last 3 days.',
  defrost: 'There was no defrost in the last 3 days.',
  aux_heater: 'The auxiliary heater was not needed in the last 3 days.',
  alarm: 'There was no alarm in the last 3 days.',
};

/** A compressor that runs for longer hardly ever stops, so that its runs say little. */
const longMinutes = 24 * 60;

function Runs({ runs, isCurrent }: { runs: HeatPumpRuns; isCurrent: boolean }) {
  const { timeZone } = useSiteClock();
  const [showsAll, setShowsAll] = useState(false);
  const newest = [...runs.data]
    .reverse()
    .slice(0, showsAll ? undefined : maxRuns);
  const hardlyStops =
    runs.kind === 'compressor' &&
    runs.data.some(({ minutes }) => minutes > longMinutes);
  return (
    <>
      <Table aria-label={captions[runs.kind]}>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Length</th>
            <th scope="col" className="energy">
              Electricity, kWh
            </th>
            <th scope="col" className="energy">
              Heat, kWh
            </th>
            <th scope="col">COP</th>
          </tr>
        </thead>
        <tbody>
          {newest.map((run, index) => (
            <tr key={run.from}>
              <th scope="row">
                {runWords(run, runs.kind)}
                <br />
                <Quiet>
                  {run.open_start && 'before '}
                  {formatDayTime(run.from, timeZone)}
                  {run.estimated && ', estimated'}
                </Quiet>
              </th>
              <td>
                {lengthWords(
                  {
                    from: run.from,
                    to: run.to,
                    openStart: run.open_start,
                    openEnd: run.open_end,
                  },
                  { isLast: isCurrent && index === 0, timeZone },
                )}
              </td>
              <td className="energy">
                <Quantity
                  value={run.electric_kwh}
                  decimals={run.estimated ? 0 : 1}
                  unit=""
                />
              </td>
              <td className="energy">
                <Quantity
                  value={run.heat_kwh}
                  decimals={run.estimated ? 0 : 1}
                  unit=""
                />
              </td>
              <td>
                <Quantity value={run.cop} decimals={1} unit="" />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {hardlyStops && (
        <Words>
          A compressor with a variable speed hardly stops. What it did meanwhile
          is under hot water and defrosts.
        </Words>
      )}
      {runs.data.length > maxRuns && (
        <Button size="small" onClick={() => setShowsAll(!showsAll)}>
          {showsAll ? 'Show fewer' : `Show all ${runs.data.length}`}
        </Button>
      )}
      {runs.truncated && (
        <Words>
          There were more changes than are read at once, so the list ends early.
        </Words>
      )}
    </>
  );
}

/** The runs of the last three days: start, length, kind and COP. */
export function RunLog(props: {
  runs: Figure<HeatPumpRuns>;
  /** Which runs are listed; those of the compressor if absent. */
  kind?: HeatPumpRuns['kind'];
  /** Offers the other kinds. */
  onKind?(kind: HeatPumpRuns['kind']): void;
  /** The heat pump still sends readings: what has not ended goes on. */
  isCurrent?: boolean;
}) {
  const { kind = 'compressor', onKind, isCurrent = false } = props;
  const { value, error } = props.runs;
  // Runs of another kind stay until those that were asked for arrive.
  const runs = value?.kind === kind ? value : undefined;
  return (
    <Panel aria-label="Runs">
      <Head>
        <PanelTitle>Runs of the last 3 days</PanelTitle>
        {onKind && (
          <Choices
            label="Kind of run"
            value={kind}
            options={kinds}
            onChoose={onKind}
          />
        )}
      </Head>
      {error && (
        <Notice isInside title="Newer runs cannot be read.">
          {reasonOf(error)}
        </Notice>
      )}
      {runs && runs.data.length > 0 && (
        <Runs runs={runs} isCurrent={isCurrent} />
      )}
      {runs?.data.length === 0 && <Quiet>{nothingWords[runs.kind]}</Quiet>}
      {!runs && !error && (
        <Skeleton
          variant="rounded"
          height={240}
          sx={{ marginTop: 2 }}
          role="status"
          aria-label="Loading the runs"
        />
      )}
    </Panel>
  );
}
