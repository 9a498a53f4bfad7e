import type {
  Cluster,
  GroupSummary,
} from '@homelab/plugin-consumer-lag-common';
import {
  ColumnHead,
  HeadRow,
  LongList,
  staleLook,
  TableFrame,
} from '@homelab/portal-react';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { styled } from '@mui/material/styles';
import { behindTitle } from '../Figures';
import type { GroupColumn, GroupSorting } from './filterGroups';
import { GroupRow } from './GroupRow';
import { groupGrid, middleGroupGrid, whenCards, whenMiddle } from './groupGrid';

const Heads = styled(HeadRow)({
  gridTemplateColumns: groupGrid,
  [whenMiddle]: {
    display: 'grid',
    gridTemplateColumns: middleGroupGrid,
    '& .wide': { display: 'none' },
  },
});

const NarrowSort = styled('div')(({ theme }) => ({
  display: 'none',
  marginBottom: theme.spacing(1),
  [whenCards]: { display: 'block' },
}));

const orders: readonly { value: GroupColumn; words: string; falls: boolean }[] =
  [
    { value: 'worst', words: 'Worst first', falls: true },
    { value: 'time-lag', words: 'Furthest behind first', falls: true },
    { value: 'lag', words: 'Most unread records first', falls: true },
    { value: 'produced', words: 'Busiest first', falls: true },
    { value: 'group', words: 'By name', falls: false },
  ];

interface GroupTableProps {
  groups: readonly GroupSummary[];
  clusters: readonly Cluster[];
  stale: boolean;
  nowMs: number;
  sorting: GroupSorting;
  onSort(sorting: GroupSorting): void;
}

/** Groups as rows, or as cards where the view is narrow. */
export function GroupTable(props: GroupTableProps) {
  const { groups, clusters, stale, nowMs, sorting, onSort } = props;
  const titles = new Map(clusters.map(({ name, title }) => [name, title]));
  const sort = { sorting, onSort };
  return (
    <>
      <NarrowOrder {...sort} />
      <TableFrame
        role="table"
        aria-label="Consumer groups"
        aria-rowcount={groups.length}
        style={stale ? staleLook : undefined}
      >
        <div role="rowgroup">
          <GroupHeads {...sort} />
        </div>
        <div role="rowgroup">
          <LongList
            items={groups}
            rowHeightPx={64}
            render={group => (
              <GroupRow
                key={`${group.cluster}/${group.groupId}`}
                group={group}
                clusterTitle={
                  clusters.length > 1
                    ? (titles.get(group.cluster) ?? group.cluster)
                    : null
                }
                stale={stale}
                nowMs={nowMs}
              />
            )}
          />
        </div>
      </TableFrame>
    </>
  );
}

type SortProps = Pick<GroupTableProps, 'sorting' | 'onSort'>;

/** The choice of the order for cards, which have no column heads. */
function NarrowOrder({ sorting, onSort }: SortProps) {
  return (
    <NarrowSort>
      <TextField
        select
        size="small"
        fullWidth
        label="Order"
        value={sorting.by}
        onChange={event => {
          const order = orders.find(
            ({ value }) => value === event.target.value,
          );
          if (order) onSort({ by: order.value, isFalling: order.falls });
        }}
      >
        {orders.map(({ value, words }) => (
          <MenuItem key={value} value={value}>
            {words}
          </MenuItem>
        ))}
      </TextField>
    </NarrowSort>
  );
}

function GroupHeads(sort: SortProps) {
  return (
    <Heads role="row">
      <ColumnHead column="group" fallsFirst={false} {...sort}>
        Group
      </ColumnHead>
      <ColumnHead column="worst" {...sort}>
        Status
      </ColumnHead>
      <ColumnHead column="time-lag" isNumber title={behindTitle} {...sort}>
        Behind
      </ColumnHead>
      <ColumnHead column="lag" isNumber {...sort}>
        Lag, records
      </ColumnHead>
      <ColumnHead>Lag, last hour</ColumnHead>
      <ColumnHead column="produced" className="wide" isNumber {...sort}>
        In → out, /s
      </ColumnHead>
      <ColumnHead className="wide">Caught up</ColumnHead>
      <ColumnHead column="owner" className="wide" fallsFirst={false} {...sort}>
        Owner
      </ColumnHead>
      <ColumnHead column="read" className="wide" isNumber {...sort}>
        Read, ago
      </ColumnHead>
    </Heads>
  );
}
