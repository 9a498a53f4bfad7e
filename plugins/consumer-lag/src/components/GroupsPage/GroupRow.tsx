import { useRouteRef } from '@backstage/frontend-plugin-api';
import { statusWords } from '@homelab/plugin-consumer-lag-common';
import type { GroupSummary } from '@homelab/plugin-consumer-lag-common';
import {
  AboveRowLink,
  dash,
  formatAge,
  formatExactTime,
  Quiet,
  Row,
  RowLink,
  useSiteClock,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { memo } from 'react';
import { groupRouteRef } from '../../routes';
import { Count, EtaFigure, Rates, TimeLagFigure } from '../Figures';
import { LagStatusMark } from '../LagStatusMark';
import { OwnerLinks } from '../OwnerLinks';
import { Sparkline } from '../Sparkline';
import { groupGrid, middleGroupGrid, whenCards, whenMiddle } from './groupGrid';

const Root = styled(Row)(({ theme }) => ({
  gridTemplateColumns: groupGrid,
  gridTemplateAreas: `
    "name status behind lag spark rates eta owner read"
    "line line   line   line line line line line line"`,
  rowGap: 2,
  '& .number': { textAlign: 'right', whiteSpace: 'nowrap' },
  '& .word': { display: 'none' },
  [whenMiddle]: {
    gridTemplateColumns: middleGroupGrid,
    gridTemplateAreas: `
      "name status behind lag  spark"
      "line line   line   line line"`,
    '& .wide': { display: 'none' },
  },
  [whenCards]: {
    // No cell is narrower than its longest word, so that none covers its neighbour.
    gridTemplateColumns: 'minmax(min-content, 1fr) auto',
    // The name has its own line: it may be as long as Kafka allows.
    gridTemplateAreas: `
      "name   name"
      "status behind"
      "line   line"
      "spark  lag"
      "rates  eta"`,
    rowGap: theme.spacing(0.5),
    '& .number': { whiteSpace: 'normal' },
    '& .word': { display: 'inline' },
    '& .owner, & .read, & [data-known="false"]': { display: 'none' },
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
  '&[data-said="true"]': { whiteSpace: 'normal' },
  '&[data-troubled="true"]': { color: theme.palette.text.primary },
}));

/** The label of a number where the table has no head. */
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

/** A group as a row, with its sentence below when something is wrong. */
export const GroupRow = memo(function DrawnGroupRow(props: GroupRowProps) {
  const { group, clusterTitle, stale, nowMs } = props;
  const { timeZone } = useSiteClock();
  const link = useRouteRef(groupRouteRef);
  const { cluster, groupId, severity } = group;
  const isTroubled = severity === 'act' || severity === 'watch';
  const isSaid = severity !== 'ok';
  return (
    <Root role="row" data-severity={severity}>
      <div role="cell" style={{ gridArea: 'name' }}>
        <RowLink to={link?.({ cluster, groupId }) ?? ''}>{groupId}</RowLink>
      </div>
      <div role="cell" style={{ gridArea: 'status' }}>
        <LagStatusMark status={group.status} stale={stale} sizePx={18} />
      </div>
      <div
        role="cell"
        className="number behind"
        data-known={group.timeLag.ms !== null}
        style={{ gridArea: 'behind' }}
      >
        <TimeLagFigure timeLag={group.timeLag} isInColumn />
        <Word>behind</Word>
      </div>
      <div
        role="cell"
        className="number"
        data-known={group.lag !== null}
        style={{ gridArea: 'lag' }}
      >
        <Count value={group.lag} isInColumn />
        <Word>unread</Word>
      </div>
      <div
        role="cell"
        data-known={group.spark.lag.some(lag => lag !== null)}
        style={{ gridArea: 'spark' }}
      >
        <Sparkline spark={group.spark} severity={severity} />
      </div>
      <div
        role="cell"
        className="number rates wide"
        data-known={
          group.producedPerSecond !== null || group.consumedPerSecond !== null
        }
        style={{ gridArea: 'rates' }}
      >
        <Rates
          produced={group.producedPerSecond}
          consumed={group.consumedPerSecond}
        />
        <Word>/s</Word>
      </div>
      <div
        role="cell"
        className="eta wide"
        data-known={group.eta.kind !== 'unknown'}
        style={{ gridArea: 'eta' }}
      >
        {(group.eta.kind === 'draining' ||
          group.eta.kind === 'falling-behind') && (
          <Quiet className="word">caught up </Quiet>
        )}
        <EtaFigure eta={group.eta} />
      </div>
      <div role="cell" className="owner wide" style={{ gridArea: 'owner' }}>
        <AboveRowLink>
          <OwnerLinks ownerRefs={group.ownerRefs} fallback={dash} />
        </AboveRowLink>
      </div>
      <div
        role="cell"
        className="number read wide"
        style={{ gridArea: 'read' }}
      >
        <Quiet title={formatExactTime(group.readAt, timeZone)}>
          {formatAge(nowMs - Date.parse(group.readAt))}
        </Quiet>
      </div>
      <Line role="cell" data-troubled={isTroubled} data-said={isSaid}>
        {[clusterTitle, ...(isSaid ? [group.sentence] : group.topics)]
          .filter(Boolean)
          .join(' · ')}
        {isTroubled && (
          <Quiet>
            {' '}
            {statusWords[group.status]} for{' '}
            {formatAge(nowMs - Date.parse(group.since))}.
          </Quiet>
        )}
      </Line>
    </Root>
  );
});
