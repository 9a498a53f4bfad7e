import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { GroupSummary } from '@homelab/plugin-consumer-lag-common';
import {
  dash,
  formatAge,
  formatExactTime,
  useSiteClock,
  whenNarrow,
  whenOneColumn,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { memo } from 'react';
import { groupRouteRef } from '../../routes';
import { Count, EtaFigure, Rates, TimeLagFigure } from '../Figures';
import { LagStatusMark } from '../LagStatusMark';
import { OwnerLinks } from '../OwnerLinks';
import { AboveRowLink, Quiet, Row, RowLink } from '../RowTable';
import { Sparkline } from '../Sparkline';
import { groupGrid } from './groupGrid';

const Root = styled(Row)(({ theme }) => ({
  gridTemplateColumns: groupGrid,
  gridTemplateAreas: `
    "name status behind lag spark rates eta owner read"
    "line line   line   line line line line line line"`,
  rowGap: 2,
  '& .number': { textAlign: 'right', whiteSpace: 'nowrap' },
  '& .word': { display: 'none' },
  [whenOneColumn]: {
    gridTemplateColumns: 'minmax(0, 1fr) auto auto',
    gridTemplateAreas: `
      "name   name   status"
      "line   line   line"
      "behind lag    spark"
      "rates  eta    read"`,
    rowGap: theme.spacing(0.75),
    '& .number': { textAlign: 'left' },
    '& .word': { display: 'inline' },
    '& .owner': { display: 'none' },
    '& .read': { textAlign: 'right' },
  },
  [whenNarrow]: {
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gridTemplateAreas: `
      "name   name"
      "status read"
      "line   line"
      "behind spark"
      "lag    rates"
      "eta    eta"`,
    '& .rates': { textAlign: 'right' },
  },
}));

const Line = styled('div')(({ theme }) => ({
  gridArea: 'line',
  minWidth: 0,
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  '&[data-troubled="true"]': {
    color: theme.palette.text.primary,
    whiteSpace: 'normal',
  },
}));

/** The label of a number where there is no head above it. */
function Word(props: { children: string }) {
  return <Quiet className="word">{props.children} </Quiet>;
}

interface GroupRowProps {
  group: GroupSummary;
  /** Absent where there is only one cluster. */
  clusterTitle: string | null;
  stale: boolean;
  nowMs: number;
}

/** A group in one line, with its sentence below when something is the matter. */
export const GroupRow = memo(function DrawnGroupRow(props: GroupRowProps) {
  const { group, clusterTitle, stale, nowMs } = props;
  const { timeZone } = useSiteClock();
  const link = useRouteRef(groupRouteRef);
  const { cluster, groupId, severity } = group;
  const isTroubled = severity === 'act' || severity === 'watch';
  return (
    <Root role="row" data-severity={severity}>
      <div role="cell" style={{ gridArea: 'name' }}>
        <RowLink to={link?.({ cluster, groupId }) ?? ''}>{groupId}</RowLink>
      </div>
      <div role="cell" style={{ gridArea: 'status' }}>
        <LagStatusMark status={group.status} stale={stale} sizePx={18} />
      </div>
      <div role="cell" className="number" style={{ gridArea: 'behind' }}>
        <Word>Behind, est.</Word>
        <TimeLagFigure timeLag={group.timeLag} isInColumn />
      </div>
      <div role="cell" className="number" style={{ gridArea: 'lag' }}>
        <Word>Lag</Word>
        <Count value={group.lag} />
      </div>
      <div role="cell" style={{ gridArea: 'spark' }}>
        <Sparkline spark={group.spark} severity={severity} />
      </div>
      <div role="cell" className="number rates" style={{ gridArea: 'rates' }}>
        <Word>In → out, /s</Word>
        <Rates
          produced={group.producedPerSecond}
          consumed={group.consumedPerSecond}
        />
      </div>
      <div role="cell" style={{ gridArea: 'eta' }}>
        <Word>Caught up</Word>
        <EtaFigure eta={group.eta} />
      </div>
      <div role="cell" className="owner" style={{ gridArea: 'owner' }}>
        <AboveRowLink>
          <OwnerLinks ownerRefs={group.ownerRefs} fallback={dash} />
        </AboveRowLink>
      </div>
      <div role="cell" className="number read" style={{ gridArea: 'read' }}>
        <Quiet title={formatExactTime(group.readAt, timeZone)}>
          {formatAge(nowMs - Date.parse(group.readAt))}
          <span className="word"> ago</span>
        </Quiet>
      </div>
      <Line role="cell" data-troubled={isTroubled}>
        {isTroubled
          ? group.sentence
          : [clusterTitle, ...group.topics].filter(Boolean).join(' · ')}
      </Line>
    </Root>
  );
});
