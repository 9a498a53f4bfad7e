import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { GroupSummary } from '@homelab/plugin-consumer-lag-common';
import {
  dash,
  formatAge,
  formatExactTime,
  useSiteClock,
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
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    gridTemplateAreas: `
      "name   behind"
      "status read"
      "line   line"
      "spark  lag"
      "rates  eta"`,
    rowGap: theme.spacing(0.5),
    '& .word': { display: 'inline' },
    '& .owner': { display: 'none' },
    '& .behind': { fontWeight: 600 },
    '& .rates': { textAlign: 'left' },
    '& .eta': { textAlign: 'right' },
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

/** What a number counts where there is no head above it. */
function Word(props: { children: string }) {
  return <Quiet className="word"> {props.children}</Quiet>;
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
      <div role="cell" className="number behind" style={{ gridArea: 'behind' }}>
        <TimeLagFigure timeLag={group.timeLag} isInColumn />
        <Word>behind</Word>
      </div>
      <div role="cell" className="number" style={{ gridArea: 'lag' }}>
        <Count value={group.lag} />
        <Word>unread</Word>
      </div>
      <div role="cell" style={{ gridArea: 'spark' }}>
        <Sparkline spark={group.spark} severity={severity} />
      </div>
      <div role="cell" className="number rates" style={{ gridArea: 'rates' }}>
        <Rates
          produced={group.producedPerSecond}
          consumed={group.consumedPerSecond}
        />
        <Word>/s</Word>
      </div>
      <div role="cell" className="eta" style={{ gridArea: 'eta' }}>
        {(group.eta.kind === 'draining' ||
          group.eta.kind === 'falling-behind') && (
          <Quiet className="word">caught up </Quiet>
        )}
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
