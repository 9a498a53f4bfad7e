import { useRouteRef } from '@backstage/frontend-plugin-api';
import { formatBytes } from '@homelab/plugin-timescale-explorer-common';
import type { Hypertable } from '@homelab/plugin-timescale-explorer-common';
import {
  ColumnHead,
  dash,
  formatNumber,
  HeadRow,
  LongList,
  Panel,
  Quiet,
  Row,
  RowLink,
  staleLook,
  StateMessage,
  TableFrame,
  useSorting,
  whenNarrow,
  whenOneColumn,
} from '@homelab/portal-react';
import type { Sorting } from '@homelab/portal-react';
import TableIcon from '@mui/icons-material/TableRowsOutlined';
import { styled } from '@mui/material/styles';
import { hypertableRouteRef } from '../../routes';
import { DatabaseView, ViewHead } from '../DatabaseView';
import type { Shown } from '../DatabaseView';
import { spanWords } from './spanWords';

const grid = 'minmax(0, 1.6fr) 96px 112px 128px 104px 108px minmax(0, 1fr)';

const Heads = styled(HeadRow)({ gridTemplateColumns: grid });

const Root = styled(Row)(({ theme }) => ({
  gridTemplateColumns: grid,
  '& .number': { textAlign: 'right', whiteSpace: 'nowrap' },
  '& .word': { display: 'none' },
  [whenOneColumn]: {
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
    rowGap: theme.spacing(0.5),
    '& .number': { textAlign: 'left' },
    '& .word': { display: 'block', fontSize: '0.75rem' },
    '& .wide': { gridColumn: '1 / -1' },
  },
  [whenNarrow]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
}));

const columns = ['name', 'size', 'growth', 'rows', 'chunks'] as const;
type Column = (typeof columns)[number];
const largestFirst: Sorting<Column> = { by: 'size', isFalling: true };

const values: Record<Column, (table: Hypertable) => number | string> = {
  name: ({ schema, name }) => `${schema}.${name}`,
  size: ({ bytes }) => bytes,
  growth: ({ bytesPerDay }) => bytesPerDay ?? -1,
  rows: ({ rows }) => rows ?? -1,
  chunks: ({ chunks }) => chunks,
};

/** The hypertables of a database with their sizes. */
export function HypertablesPage() {
  return (
    <DatabaseView
      title="Hypertables"
      what="the hypertables"
      path={['hypertables']}
      ask={(api, database, signal) => api.getHypertables(database, { signal })}
    >
      {shown => {
        const { hypertables } = shown.answer;
        const bytes = hypertables.reduce((sum, one) => sum + one.bytes, 0);
        const count = `${hypertables.length} ${hypertables.length === 1 ? 'hypertable' : 'hypertables'}`;
        return (
          <>
            <ViewHead
              shown={shown}
              tone={hypertables.length === 0 ? 'unknown' : 'ok'}
              sentence={
                hypertables.length === 0
                  ? 'There are no hypertables'
                  : `${count} of ${formatBytes(bytes)}`
              }
            />
            <Panel aria-label="Hypertables">
              {hypertables.length === 0 ? (
                <NoHypertables edition={shown.database.server.edition} />
              ) : (
                <HypertableTable
                  hypertables={hypertables}
                  database={shown.database.id}
                  stale={shown.polled.stale}
                />
              )}
            </Panel>
          </>
        );
      }}
    </DatabaseView>
  );
}

function NoHypertables(props: {
  edition: Shown<{ now: string }>['database']['server']['edition'];
}) {
  return (
    <StateMessage icon={TableIcon} title="No hypertables yet">
      {props.edition === 'none'
        ? 'The extension timescaledb is not installed in this database.'
        : 'A table becomes one by create_hypertable, and appears here with its chunks.'}
    </StateMessage>
  );
}

function HypertableTable(props: {
  hypertables: readonly Hypertable[];
  database: string;
  stale: boolean;
}) {
  const [sorting, onSort] = useSorting(columns, largestFirst);
  const link = useRouteRef(hypertableRouteRef);
  const of = values[sorting.by];
  const direction = sorting.isFalling ? -1 : 1;
  const sorted = [...props.hypertables].sort((a, b) => {
    const [one, other] = [of(a), of(b)];
    return direction * (one < other ? -1 : Number(one > other));
  });
  const sort = { sorting, onSort };
  return (
    <TableFrame
      role="table"
      aria-label="Hypertables"
      aria-rowcount={sorted.length}
      style={props.stale ? staleLook : undefined}
    >
      <div role="rowgroup">
        <Heads role="row">
          <ColumnHead column="name" fallsFirst={false} {...sort}>
            Hypertable
          </ColumnHead>
          <ColumnHead column="size" isNumber {...sort}>
            Size
          </ColumnHead>
          <ColumnHead column="growth" isNumber {...sort}>
            A day
          </ColumnHead>
          <ColumnHead column="rows" isNumber {...sort}>
            Rows, est.
          </ColumnHead>
          <ColumnHead column="chunks" isNumber {...sort}>
            Chunks
          </ColumnHead>
          <ColumnHead>Each of</ColumnHead>
          <ColumnHead>Columnstore</ColumnHead>
        </Heads>
      </div>
      <div role="rowgroup">
        <LongList
          items={sorted}
          rowHeightPx={46}
          render={table => (
            <Root role="row" key={`${table.schema}.${table.name}`}>
              <div role="cell" className="wide">
                <RowLink
                  to={`${link?.({ schema: table.schema, name: table.name }) ?? ''}?db=${props.database}`}
                >
                  {table.schema === 'public' ? '' : `${table.schema}.`}
                  {table.name}
                </RowLink>
              </div>
              <Figure word="Size">{formatBytes(table.bytes)}</Figure>
              <Figure word="A day">
                {table.bytesPerDay === null
                  ? dash
                  : `+${formatBytes(table.bytesPerDay)}`}
              </Figure>
              <Figure word="Rows, est.">{formatNumber(table.rows, 0)}</Figure>
              <Figure word="Chunks">{formatNumber(table.chunks, 0)}</Figure>
              <Text word="Each of">{spanWords(table.chunkIntervalMs)}</Text>
              <Text word="Columnstore">
                {table.isColumnstoreOn
                  ? `${table.columnstoreChunks} of ${table.chunks} chunks`
                  : 'off'}
              </Text>
            </Root>
          )}
        />
      </div>
    </TableFrame>
  );
}

function Figure(props: { word: string; children: string }) {
  return (
    <div role="cell" className="number">
      <Quiet className="word">{props.word}</Quiet>
      {props.children}
    </div>
  );
}

function Text(props: { word: string; children: string }) {
  return (
    <div role="cell">
      <Quiet className="word">{props.word}</Quiet>
      {props.children}
    </div>
  );
}
