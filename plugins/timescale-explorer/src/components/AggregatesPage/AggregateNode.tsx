import { formatBytes } from '@homelab/plugin-timescale-explorer-common';
import type { Aggregate } from '@homelab/plugin-timescale-explorer-common';
import { formatDuration } from '@homelab/portal-common';
import {
  Age,
  dash,
  formatDayTime,
  formatExactTime,
  useSiteClock,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { behindMs } from './describeAggregates';

const Root = styled('div')(({ theme }) => ({
  '& h4': {
    margin: 0,
    fontSize: '0.9375rem',
    fontWeight: 600,
    lineHeight: 1.5,
    overflowWrap: 'anywhere',
  },
  '& h4 span': {
    fontWeight: 400,
    color: theme.palette.text.secondary,
    fontSize: '0.8125rem',
  },
  '& p': {
    margin: 0,
    maxWidth: '75ch',
    fontSize: '0.875rem',
    color: theme.palette.text.secondary,
  },
}));

const Facts = styled('dl')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fill, minmax(128px, 1fr))',
  gap: theme.spacing(1, 3),
  margin: theme.spacing(0.75, 0, 0),
  fontSize: '0.875rem',
  fontVariantNumeric: 'tabular-nums',
  '& dt': { fontSize: '0.75rem', color: theme.palette.text.secondary },
  '& dd': { margin: 0 },
  '& time': { fontSize: '0.875rem' },
}));

/** One aggregate: how far it is, what waits, and what refreshes it. */
export function AggregateNode(props: { aggregate: Aggregate; nowMs: number }) {
  const { aggregate, nowMs } = props;
  const { timeZone } = useSiteClock();
  const { watermarkAt, pending, refresh, isRealTime, bytes } = aggregate;
  const behind = behindMs(aggregate, nowMs);
  return (
    <Root>
      <h4>
        {aggregate.name} <span>{kindWords(aggregate)}</span>
      </h4>
      {aggregate.problem !== null && <p>{aggregate.problem}</p>}
      <Facts>
        <Fact label="Complete up to">
          {watermarkAt === null ? (
            dash
          ) : (
            <time
              dateTime={watermarkAt}
              title={formatExactTime(watermarkAt, timeZone)}
            >
              {formatDayTime(watermarkAt, timeZone)}
            </time>
          )}
        </Fact>
        <Fact label="Behind">
          {behind === null ? dash : formatDuration(behind)}
        </Fact>
        <Fact label="Changes that wait">{pendingWords(pending)}</Fact>
        {isRealTime !== null && (
          <Fact label="Newest rows">
            {isRealTime ? 'added by each query' : 'absent until refreshed'}
          </Fact>
        )}
        <Fact label="Refreshed">
          {refresh?.lastSucceededAt ? (
            <Age at={refresh.lastSucceededAt} />
          ) : (
            'never'
          )}
        </Fact>
        <Fact label="Next refresh">
          {refresh === null
            ? 'nothing refreshes it'
            : nextWords(refresh.nextStartAt, nowMs)}
        </Fact>
        {refresh !== null && (
          <Fact label="By">{`job ${refresh.job}${windowWords(refresh)}`}</Fact>
        )}
        <Fact label="Size">{bytes === null ? dash : formatBytes(bytes)}</Fact>
      </Facts>
    </Root>
  );
}

function Fact(props: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function kindWords({ kind, bucket, timeZone }: Aggregate): string {
  const what =
    kind === 'continuous' ? 'continuous aggregate' : 'rollup by jobs';
  const zone = timeZone === null ? '' : ` in ${timeZone}`;
  return bucket === null ? what : `per ${bucket}${zone}, ${what}`;
}

function pendingWords(pending: Aggregate['pending']): string {
  if (pending === null) return 'unknown';
  return pending.count === 0 ? 'none' : pending.count.toLocaleString('en-GB');
}

function nextWords(nextStartAt: string | null, nowMs: number): string {
  if (nextStartAt === null) return 'not scheduled';
  const inMs = Date.parse(nextStartAt) - nowMs;
  return inMs <= 0 ? 'due now' : `in ${formatDuration(inMs)}`;
}

function windowWords(refresh: NonNullable<Aggregate['refresh']>): string {
  const { startOffset, endOffset } = refresh;
  if (startOffset === null && endOffset === null) return '';
  return `, from ${startOffset ?? 'the beginning'} to ${endOffset ?? 'nothing'} ago`;
}
