import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { TopicSummary } from '@homelab/plugin-consumer-lag-common';
import {
  ColumnHead,
  HeadRow,
  LongList,
  Row,
  RowLink,
  staleLook,
  TableFrame,
  whenNarrow,
} from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { groupRouteRef } from '../../routes';
import { behindTitle, Count, TimeLagFigure } from '../Figures';
import { LagStatusMark } from '../LagStatusMark';

const grid = 'minmax(0, 1fr) 160px 112px 112px';

const Heads = styled(HeadRow)(({ theme }) => ({
  gridTemplateColumns: grid,
  marginTop: theme.spacing(1),
}));

const Root = styled(Row)({
  gridTemplateColumns: grid,
  '& .number': { textAlign: 'right' },
  [whenNarrow]: {
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    '& .number': { textAlign: 'left' },
  },
});

/** The groups that read a topic, worst first. */
export function ReaderTable(props: {
  cluster: string;
  readers: TopicSummary['readers'];
  stale: boolean;
}) {
  const { cluster, readers, stale } = props;
  const link = useRouteRef(groupRouteRef);
  return (
    <TableFrame
      role="table"
      aria-label="Consumer groups"
      style={stale ? staleLook : undefined}
    >
      <div role="rowgroup">
        <Heads role="row">
          <ColumnHead>Group</ColumnHead>
          <ColumnHead>Status</ColumnHead>
          <ColumnHead isNumber title={behindTitle}>
            Behind
          </ColumnHead>
          <ColumnHead isNumber>Lag, records</ColumnHead>
        </Heads>
      </div>
      <div role="rowgroup">
        <LongList
          items={readers}
          rowHeightPx={42}
          render={({ groupId, status, lag, timeLag }) => (
            <Root role="row" key={groupId}>
              <div role="cell">
                <RowLink to={link?.({ cluster, groupId }) ?? ''}>
                  {groupId}
                </RowLink>
              </div>
              <div role="cell">
                <LagStatusMark status={status} stale={stale} sizePx={18} />
              </div>
              <div role="cell" className="number">
                <TimeLagFigure timeLag={timeLag} isInColumn />
              </div>
              <div role="cell" className="number">
                <Count value={lag} />
              </div>
            </Root>
          )}
        />
      </div>
    </TableFrame>
  );
}
