import {
  formatBytes,
  summarizeFindings,
} from '@homelab/plugin-timescale-explorer-common';
import type {
  NotJudged,
  OverviewResponse,
} from '@homelab/plugin-timescale-explorer-common';
import {
  dash,
  formatNumber,
  Panel,
  PanelTitle,
  StateMessage,
  Tile,
} from '@homelab/portal-react';
import HealthyIcon from '@mui/icons-material/CheckCircleOutlined';
import { styled } from '@mui/material/styles';
import { DatabaseView, Numbers, ViewHead } from '../DatabaseView';
import { FindingList } from './FindingList';

const Reasons = styled('dl')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(1.5),
  margin: theme.spacing(1.5, 0, 0),
  maxWidth: '75ch',
  fontSize: '0.875rem',
  lineHeight: 1.5,
  '& dt': { fontWeight: 600 },
  '& dd': { margin: 0, color: theme.palette.text.secondary },
}));

/** Whether a database is well, and what mends it if not. */
export function HealthPage() {
  return (
    <DatabaseView
      title="Health"
      what="the health of the database"
      path={['overview']}
      ask={(api, database, signal) => api.getOverview(database, { signal })}
    >
      {shown => {
        const { answer, polled } = shown;
        const { severity, text } = summarizeFindings(answer.findings);
        return (
          <>
            <ViewHead shown={shown} tone={severity} sentence={text} />
            <Totals answer={answer} stale={polled.stale} />
            <Panel aria-label="Findings">
              <PanelTitle>Findings</PanelTitle>
              {answer.findings.length === 0 ? (
                <StateMessage icon={HealthyIcon} title="Nothing is wrong">
                  Failing jobs, missing policies, chunks of the wrong size and
                  everything else that is judged here would be listed, each with
                  the SQL that mends it.
                </StateMessage>
              ) : (
                <FindingList findings={answer.findings} />
              )}
            </Panel>
            <NotJudgedPanel list={answer.notJudged} />
          </>
        );
      }}
    </DatabaseView>
  );
}

function Totals(props: { answer: OverviewResponse; stale: boolean }) {
  const { totals, server } = props.answer;
  const freshness = props.stale ? 'stale' : 'fresh';
  return (
    <Panel aria-label="Key numbers">
      <Numbers>
        <Tile
          label="Database"
          freshness={freshness}
          note={`${formatBytes(totals.bytes)} in hypertables`}
        >
          {formatBytes(server.bytes)}
        </Tile>
        <Tile label="Grows" freshness={freshness} note="a day, mean of 30 days">
          {totals.bytesPerDay === null ? dash : formatBytes(totals.bytesPerDay)}
        </Tile>
        <Tile
          label="Rows"
          freshness={freshness}
          note={totals.rows === null ? 'not analyzed yet' : 'estimated'}
        >
          {formatNumber(totals.rows, 0)}
        </Tile>
        <Tile label="Hypertables" freshness={freshness}>
          {totals.hypertables}
        </Tile>
        <Tile label="Chunks" freshness={freshness}>
          {formatNumber(totals.chunks, 0)}
        </Tile>
      </Numbers>
    </Panel>
  );
}

function NotJudgedPanel({ list }: { list: readonly NotJudged[] }) {
  if (list.length === 0) return null;
  return (
    <Panel aria-label="Not judged">
      <PanelTitle>Not judged</PanelTitle>
      <Reasons>
        {list.map(({ what, reason }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </Reasons>
    </Panel>
  );
}
