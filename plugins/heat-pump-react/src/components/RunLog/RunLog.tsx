import type { HeatPumpRun, HeatPumpRuns } from '@homelab/homelab-api-client';
import {
  Notice,
  Panel,
  PanelTitle,
  Quantity,
  formatDayTime,
  formatDuration,
  reasonOf,
  useSiteClock,
  whenNarrow,
} from '@homelab/portal-react/ui';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import type { Figure } from '../../figure';
import { runKind } from './runKind';

/** More would crowd out the rest of the page. */
const maxRuns = 12;

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
  '& tr > :first-of-type': {
    paddingLeft: 0,
    textAlign: 'left',
    whiteSpace: 'normal',
  },
  '& tbody tr:last-of-type > *': { borderBottom: 0 },
  [whenNarrow]: {
    // The COP says what both are for.
    '& .energy': { display: 'none' },
    '& th, & td': { paddingLeft: theme.spacing(1) },
  },
}));

const Quiet = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
  fontSize: '0.8125rem',
}));

/** How long a run took, and whether that is known. */
function lengthWords(run: HeatPumpRun, isNewest: boolean): string {
  const length = formatDuration(run.minutes * 60_000);
  if (run.open_end && isNewest) return `for ${length} now`;
  return run.open_start || run.open_end ? `at least ${length}` : length;
}

function Runs({ runs }: { runs: readonly HeatPumpRun[] }) {
  const { timeZone } = useSiteClock();
  const newest = [...runs].reverse().slice(0, maxRuns);
  const cut = runs.length - newest.length;
  return (
    <>
      <Table aria-label="Runs of the compressor, newest first">
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
                {runKind(run)}
                <br />
                <Quiet>
                  {run.open_start && 'before '}
                  {formatDayTime(run.from, timeZone)}
                </Quiet>
              </th>
              <td>{lengthWords(run, index === 0)}</td>
              <td className="energy">
                <Quantity value={run.electric_kwh} decimals={1} unit="" />
              </td>
              <td className="energy">
                <Quantity value={run.heat_kwh} decimals={1} unit="" />
              </td>
              <td>
                <Quantity value={run.cop} decimals={1} unit="" />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {cut > 0 && (
        <Quiet>
          {cut} older {cut === 1 ? 'run is' : 'runs are'} not listed.
        </Quiet>
      )}
    </>
  );
}

/** The runs of the compressor in the last three days: start, length, kind and COP. */
export function RunLog(props: { runs: Figure<HeatPumpRuns> }) {
  const { value, error } = props.runs;
  return (
    <Panel aria-label="Runs">
      <PanelTitle>Runs of the last 3 days</PanelTitle>
      {error && (
        <Notice isInside title="Newer runs cannot be read.">
          {reasonOf(error)}
        </Notice>
      )}
      {value && value.data.length > 0 && <Runs runs={value.data} />}
      {value?.data.length === 0 && (
        <Quiet>The compressor has not run in the last 3 days.</Quiet>
      )}
      {!value && !error && (
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
