import type { Aggregate } from '@homelab/plugin-timescale-explorer-common';
import { Notice, Panel, PanelTitle, StateMessage } from '@homelab/portal-react';
import InfoIcon from '@mui/icons-material/InfoOutlined';
import LineageIcon from '@mui/icons-material/AccountTreeOutlined';
import { styled } from '@mui/material/styles';
import { DatabaseView, ViewHead } from '../DatabaseView';
import { AggregateNode } from './AggregateNode';
import { describeAggregates, lineageOf } from './describeAggregates';
import type { LineageNode } from './describeAggregates';

const Branch = styled('ul')(({ theme }) => ({
  listStyle: 'none',
  margin: 0,
  padding: theme.spacing(0, 0, 0, 3),
  '& li': {
    position: 'relative',
    paddingTop: theme.spacing(2),
    // The line from what it is made of.
    '&::before': {
      content: '""',
      position: 'absolute',
      left: theme.spacing(-2),
      top: 0,
      width: theme.spacing(1.25),
      height: theme.spacing(3.5),
      borderLeft: `2px solid ${theme.palette.divider}`,
      borderBottom: `2px solid ${theme.palette.divider}`,
      borderBottomLeftRadius: 6,
    },
    '&:not(:last-child)::after': {
      content: '""',
      position: 'absolute',
      left: theme.spacing(-2),
      top: 0,
      bottom: 0,
      borderLeft: `2px solid ${theme.palette.divider}`,
    },
  },
}));

/** What is made of each table, level by level, and how far it is. */
export function AggregatesPage() {
  return (
    <DatabaseView
      title="Aggregates"
      what="the aggregates"
      path={['aggregates']}
      ask={(api, database, signal) => api.getAggregates(database, { signal })}
    >
      {shown => {
        const { aggregates, note } = shown.answer;
        const { severity, text } = describeAggregates(
          aggregates,
          shown.polled.nowMs,
        );
        return (
          <>
            <ViewHead shown={shown} tone={severity} sentence={text} />
            {note !== null && (
              <Notice icon={<InfoIcon aria-hidden />} title="Note:">
                {note}
              </Notice>
            )}
            <Lineages aggregates={aggregates} nowMs={shown.polled.nowMs} />
          </>
        );
      }}
    </DatabaseView>
  );
}

function Lineages(props: { aggregates: readonly Aggregate[]; nowMs: number }) {
  const { aggregates, nowMs } = props;
  if (aggregates.length === 0)
    return (
      <Panel aria-label="Aggregates">
        <StateMessage icon={LineageIcon} title="Nothing is aggregated yet">
          A continuous aggregate, or a rollup that the configuration names,
          appears here below the table it is made of.
        </StateMessage>
      </Panel>
    );
  return (
    <>
      {lineageOf(aggregates).map(({ source, made }) => (
        <Panel key={source} aria-label={source}>
          <PanelTitle>{source}</PanelTitle>
          <Made nodes={made} nowMs={nowMs} />
        </Panel>
      ))}
    </>
  );
}

function Made(props: { nodes: readonly LineageNode[]; nowMs: number }) {
  const { nodes, nowMs } = props;
  if (nodes.length === 0) return null;
  return (
    <Branch>
      {nodes.map(({ aggregate, made }) => (
        <li key={aggregate.name}>
          <AggregateNode aggregate={aggregate} nowMs={nowMs} />
          <Made nodes={made} nowMs={nowMs} />
        </li>
      ))}
    </Branch>
  );
}
