import type {
  TopicPartition,
  TopicResponse,
} from '@homelab/plugin-consumer-lag-common';
import {
  Age,
  ColumnHead,
  dash,
  HeadRow,
  LongList,
  Panel,
  PanelTitle,
  Quiet,
  Row,
  staleLook,
  StatusMark,
  TableFrame,
  whenNarrow,
  whenOneColumn,
} from '@homelab/portal-react';
import { styled, useTheme } from '@mui/material/styles';
import { compactCount, Count, Rate } from '../Figures';

const grid = '96px minmax(120px, 1fr) 112px 112px 112px 88px 104px 96px';

const Heads = styled(HeadRow)(({ theme }) => ({
  gridTemplateColumns: grid,
  marginTop: theme.spacing(1),
}));

const Root = styled(Row)(({ theme }) => ({
  gridTemplateColumns: grid,
  '& .number': { textAlign: 'right' },
  '& .word': { display: 'none' },
  '& time': { fontSize: '0.875rem' },
  '& .problem': { gridColumn: '1 / -1', fontSize: '0.8125rem' },
  [whenOneColumn]: {
    gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
    rowGap: theme.spacing(0.5),
    '& .number': { textAlign: 'left' },
    '& .word': { display: 'block', fontSize: '0.75rem' },
  },
  [whenNarrow]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
}));

const Share = styled('span')({
  display: 'block',
  height: 8,
  minWidth: 1,
  borderRadius: 2,
});

function Word(props: { children: string }) {
  return <Quiet className="word">{props.children}</Quiet>;
}

/** The partitions of a topic: how evenly records are spread, and their offsets. */
export function TopicPartitions(props: {
  topic: TopicResponse['topic'];
  stale: boolean;
}) {
  const { topic, stale } = props;
  const most = topic.partitions.reduce((greatest, one) => {
    const kept = keptOf(one) ?? 0n;
    return kept > greatest ? kept : greatest;
  }, 1n);
  return (
    <Panel aria-label="Partitions">
      <PanelTitle>Partitions</PanelTitle>
      <TableFrame
        role="table"
        aria-label="Partitions"
        aria-rowcount={topic.partitions.length}
        style={stale ? staleLook : undefined}
      >
        <div role="rowgroup">
          <Heads role="row">
            <ColumnHead>Partition</ColumnHead>
            <ColumnHead>Records kept</ColumnHead>
            <ColumnHead isNumber>Oldest kept</ColumnHead>
            <ColumnHead isNumber>End</ColumnHead>
            <ColumnHead isNumber>Not committed</ColumnHead>
            <ColumnHead isNumber>Records /s</ColumnHead>
            <ColumnHead isNumber>Newest</ColumnHead>
            <ColumnHead isNumber>Leader</ColumnHead>
          </Heads>
        </div>
        <div role="rowgroup">
          <LongList
            items={topic.partitions}
            rowHeightPx={42}
            render={one => (
              <PartitionRow key={one.partition} partition={one} most={most} />
            )}
          />
        </div>
      </TableFrame>
    </Panel>
  );
}

function keptOf({ low, end }: TopicPartition): bigint | null {
  return low === null || end === null ? null : BigInt(end) - BigInt(low);
}

function PartitionRow(props: { partition: TopicPartition; most: bigint }) {
  const { partition: one, most } = props;
  const { palette } = useTheme();
  const kept = keptOf(one);
  const percent = kept === null ? 0 : Number((kept * 100n) / most);
  return (
    <Root role="row">
      <div role="cell">
        <Word>Partition</Word>
        {one.partition}
      </div>
      <div role="cell">
        <Word>Records kept</Word>
        {kept === null ? (
          dash
        ) : (
          <>
            {compactCount(kept)}
            <Share
              aria-hidden
              style={{
                width: `${percent}%`,
                background: palette.divider,
              }}
            />
          </>
        )}
      </div>
      <div role="cell" className="number">
        <Word>Oldest kept</Word>
        <Count value={one.low} />
      </div>
      <div role="cell" className="number">
        <Word>End</Word>
        <Count value={one.end} />
      </div>
      <div role="cell" className="number">
        <Word>Not committed</Word>
        <Count value={one.inOpenTransaction} />
      </div>
      <div role="cell" className="number">
        <Word>Records /s</Word>
        <Rate perSecond={one.producedPerSecond} />
      </div>
      <div role="cell" className="number">
        <Word>Newest</Word>
        {one.movedAt === null ? dash : <Age at={one.movedAt} />}
      </div>
      <div role="cell" className="number">
        <Word>Leader</Word>
        {one.leader ?? <StatusMark tone="act" word="none" sizePx={16} />}
      </div>
      {one.problem && (
        <div role="cell" className="problem">
          {one.problem.message}
        </div>
      )}
    </Root>
  );
}
