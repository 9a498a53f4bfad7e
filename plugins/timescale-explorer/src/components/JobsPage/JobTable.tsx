import type { Job } from '@homelab/plugin-timescale-explorer-common';
import { formatDuration } from '@homelab/portal-common';
import {
  Age,
  ColumnHead,
  dash,
  HeadRow,
  LongList,
  Quiet,
  Row,
  StatusMark,
  TableFrame,
  whenOneColumn,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { SqlBlock } from '../SqlBlock';
import { stateOf, worstFirst } from './describeJobs';
import { DurationTrend } from './DurationTrend';

const grid = 'minmax(0, 1.6fr) 128px 108px 168px 108px 108px';

const Heads = styled(HeadRow)({ gridTemplateColumns: grid });

const Root = styled(Row)(({ theme }) => ({
  gridTemplateColumns: grid,
  rowGap: theme.spacing(0.75),
  '& .number': { textAlign: 'right', whiteSpace: 'nowrap' },
  '& .word': { display: 'none' },
  '& .whole': { gridColumn: '1 / -1', minWidth: 0 },
  '& .failure': {
    color: theme.palette.error.main,
    overflowWrap: 'anywhere',
    maxWidth: '75ch',
  },
  '& time': { fontSize: '0.875rem' },
  '& summary': {
    width: 'fit-content',
    cursor: 'pointer',
    fontSize: '0.8125rem',
    color: theme.palette.text.secondary,
  },
  [whenOneColumn]: {
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    '& .number': { textAlign: 'left' },
    '& .word': { display: 'block', fontSize: '0.75rem' },
    '& .wide': { gridColumn: '1 / -1' },
  },
}));

const Name = styled('span')({ fontWeight: 600, overflowWrap: 'anywhere' });

const schedulers = { pg_cron: 'pg_cron', timescaledb: 'TimescaleDB' } as const;

/** Jobs with their last run, the trend of how long they take, and their next start. */
export function JobTable(props: { jobs: readonly Job[]; nowMs: number }) {
  return (
    <TableFrame
      role="table"
      aria-label="Jobs"
      aria-rowcount={props.jobs.length}
    >
      <div role="rowgroup">
        <Heads role="row">
          <ColumnHead>Job</ColumnHead>
          <ColumnHead>Last run</ColumnHead>
          <ColumnHead isNumber>Succeeded</ColumnHead>
          <ColumnHead>Took</ColumnHead>
          <ColumnHead isNumber>Next</ColumnHead>
          <ColumnHead isNumber title="Of the runs that the database keeps">
            Failed
          </ColumnHead>
        </Heads>
      </div>
      <div role="rowgroup">
        <LongList
          items={worstFirst(props.jobs)}
          rowHeightPx={92}
          render={job => (
            <JobRow
              key={`${job.scheduler} ${job.id}`}
              job={job}
              nowMs={props.nowMs}
            />
          )}
        />
      </div>
    </TableFrame>
  );
}

function JobRow({ job, nowMs }: { job: Job; nowMs: number }) {
  const { severity, word } = stateOf(job);
  return (
    <Root role="row">
      <div role="cell" className="wide">
        <Name>{job.name}</Name>
        {job.target !== null && <> of {job.target}</>}
        <Quiet style={{ display: 'block', fontSize: '0.8125rem' }}>
          {schedulers[job.scheduler]} {job.id}, {job.schedule}, as {job.owner}
          {job.kind === 'internal' && ', internal'}
        </Quiet>
      </div>
      <div role="cell">
        <Quiet className="word">Last run</Quiet>
        <StatusMark tone={severity} word={word} />
      </div>
      <div role="cell" className="number">
        <Quiet className="word">Succeeded</Quiet>
        {job.lastSucceededAt === null ? (
          'never'
        ) : (
          <Age at={job.lastSucceededAt} />
        )}
      </div>
      <div role="cell">
        <Quiet className="word">Took</Quiet>
        {job.lastDurationMs === null
          ? dash
          : tookWords(job.lastDurationMs)}{' '}
        <DurationTrend name={job.name} runs={job.runs} />
      </div>
      <div role="cell" className="number">
        <Quiet className="word">Next</Quiet>
        {nextWords(job, nowMs)}
      </div>
      <div role="cell" className="number">
        <Quiet className="word">Failed</Quiet>
        {job.totalRuns === null
          ? dash
          : `${job.totalFailures ?? 0} of ${job.totalRuns.toLocaleString('en-GB')}`}
      </div>
      {job.lastError !== null && (
        <div role="cell" className="whole failure">
          {job.lastError}
        </div>
      )}
      <div role="cell" className="whole">
        <details>
          <summary>What it runs</summary>
          <SqlBlock label={`What ${job.name} runs`} sql={job.command} />
        </details>
      </div>
    </Root>
  );
}

function tookWords(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : formatDuration(ms);
}

function nextWords(job: Job, nowMs: number): string {
  if (job.overdueSince !== null)
    return `${formatDuration(nowMs - Date.parse(job.overdueSince))} late`;
  if (!job.isScheduled || job.nextStartAt === null) return dash;
  const inMs = Date.parse(job.nextStartAt) - nowMs;
  return inMs <= 0 ? 'now' : `in ${formatDuration(inMs)}`;
}
