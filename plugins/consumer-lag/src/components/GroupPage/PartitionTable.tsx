import type {
  GroupMember,
  GroupPartition,
} from '@homelab/plugin-consumer-lag-common';
import {
  ColumnHead,
  HeadRow,
  LongList,
  staleLook,
  TableFrame,
  useSorting,
} from '@homelab/portal-react';
import type { Sorting } from '@homelab/portal-react';
import { behindTitle } from '../Figures';
import { styled } from '@mui/material/styles';
import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { partitionGrid } from './partitionGrid';
import { compareLag, partitionName, worstFirst } from '../partitionName';
import { PartitionRow } from './PartitionRow';

const Heads = styled(HeadRow)({ gridTemplateColumns: partitionGrid });

type Column = 'worst' | 'partition' | 'time-lag' | 'lag';
const columns: readonly Column[] = ['worst', 'partition', 'time-lag', 'lag'];
const standardOrder: Sorting<Column> = { by: 'worst', isFalling: true };

/** Above this number only the worst are shown at first. */
const maxAtOnce = 24;
const firstShown = 12;

/** The partitions with their offsets, worst first; only the worst of many, until all are shown. */
export function PartitionTable(props: {
  partitions: readonly GroupPartition[];
  members: readonly GroupMember[];
  /** The name of the chosen partition. */
  chosen: string | null;
  onChoose(name: string | null): void;
  stale: boolean;
}) {
  const { partitions, members, chosen, onChoose } = props;
  const [sorting, onSort] = useSorting(columns, standardOrder, 'partitions');
  const sorted = useMemo(
    () => sortPartitions(partitions, sorting),
    [partitions, sorting],
  );
  const [isWhole, setWhole] = useState(partitions.length <= maxAtOnce);
  const shown = isWhole ? sorted : sorted.slice(0, firstShown);
  const byId = new Map(members.map(member => [member.memberId, member]));
  const sort = { sorting, onSort };
  return (
    <>
      <TableFrame
        role="table"
        aria-label="Partitions"
        aria-rowcount={partitions.length}
        style={props.stale ? staleLook : undefined}
      >
        <div role="rowgroup">
          <Heads role="row">
            <ColumnHead column="partition" fallsFirst={false} {...sort}>
              Partition
            </ColumnHead>
            <ColumnHead column="worst" {...sort}>
              Status
            </ColumnHead>
            <ColumnHead
              column="time-lag"
              isNumber
              title={behindTitle}
              {...sort}
            >
              Behind
            </ColumnHead>
            <ColumnHead column="lag" isNumber {...sort}>
              Lag
            </ColumnHead>
            <ColumnHead isNumber>Committed</ColumnHead>
            <ColumnHead isNumber>End</ColumnHead>
            <ColumnHead isNumber>Oldest kept</ColumnHead>
            <ColumnHead isNumber>In → out, /s</ColumnHead>
            <ColumnHead>Member</ColumnHead>
          </Heads>
        </div>
        <div role="rowgroup">
          <LongList
            items={shown}
            rowHeightPx={42}
            render={partition => (
              <PartitionRow
                key={partitionName(partition)}
                partition={partition}
                member={byId.get(partition.memberId ?? '')}
                isChosen={partitionName(partition) === chosen}
                onChoose={onChoose}
              />
            )}
          />
        </div>
      </TableFrame>
      {!isWhole && (
        <Button
          onClick={() => setWhole(true)}
          sx={{ minHeight: 44, marginTop: 1.5 }}
        >
          Show all {partitions.length} partitions
        </Button>
      )}
    </>
  );
}

function sortPartitions(
  partitions: readonly GroupPartition[],
  { by, isFalling }: Sorting<Column>,
): GroupPartition[] {
  const worst = worstFirst(partitions);
  if (by === 'worst') return isFalling ? worst : worst.reverse();
  const compare: Record<
    Exclude<Column, 'worst'>,
    (a: GroupPartition, b: GroupPartition) => number
  > = {
    partition: (a, b) =>
      a.topic.localeCompare(b.topic) || a.partition - b.partition,
    'time-lag': (a, b) => (a.timeLag.ms ?? -1) - (b.timeLag.ms ?? -1),
    lag: compareLag,
  };
  const sorted = worst.sort(compare[by]);
  return isFalling ? sorted.reverse() : sorted;
}
