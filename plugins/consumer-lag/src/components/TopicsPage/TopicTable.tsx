import { useRouteRef } from '@backstage/frontend-plugin-api';
import type { TopicSummary } from '@homelab/plugin-consumer-lag-common';
import {
  AboveRowLink,
  Age,
  ColumnHead,
  dash,
  HeadRow,
  LongList,
  Quiet,
  Row,
  RowLink,
  staleLook,
  TableFrame,
  whenNarrow,
  whenOneColumn,
} from '@homelab/portal-react';
import type { Sorting } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { memo } from 'react';
import { topicRouteRef } from '../../routes';
import { compactCount, Rate } from '../Figures';
import { Readers } from './Readers';
import { retentionWords } from './retentionWords';
import type { TopicColumn } from './sortTopics';

const grid = 'minmax(0, 1.1fr) minmax(0, 1.4fr) 88px 88px 76px 92px 132px';

const Heads = styled(HeadRow)({ gridTemplateColumns: grid });

const Root = styled(Row)(({ theme }) => ({
  gridTemplateColumns: grid,
  '& .number': { textAlign: 'right', whiteSpace: 'nowrap' },
  '& .word': { display: 'none' },
  '& time': { fontSize: '0.875rem' },
  [whenOneColumn]: {
    gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
    rowGap: theme.spacing(0.5),
    '& .number': { textAlign: 'left' },
    '& .word': { display: 'block', fontSize: '0.75rem' },
    '& .wide': { gridColumn: '1 / -1' },
  },
  [whenNarrow]: { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
}));

function Word(props: { children: string }) {
  return <Quiet className="word">{props.children}</Quiet>;
}

/** Kafka topics with their rates, retention and consumer groups. */
export function TopicTable(props: {
  topics: readonly TopicSummary[];
  stale: boolean;
  sorting: Sorting<TopicColumn>;
  onSort(sorting: Sorting<TopicColumn>): void;
}) {
  const { topics, stale, sorting, onSort } = props;
  const sort = { sorting, onSort };
  return (
    <TableFrame
      role="table"
      aria-label="Kafka topics"
      aria-rowcount={topics.length}
      style={stale ? staleLook : undefined}
    >
      <div role="rowgroup">
        <Heads role="row">
          <ColumnHead column="topic" fallsFirst={false} {...sort}>
            Kafka topic
          </ColumnHead>
          <ColumnHead column="worst" {...sort}>
            Read by
          </ColumnHead>
          <ColumnHead column="produced" isNumber {...sort}>
            Records /s
          </ColumnHead>
          <ColumnHead column="records" isNumber {...sort}>
            Kept
          </ColumnHead>
          <ColumnHead column="partitions" isNumber {...sort}>
            Partitions
          </ColumnHead>
          <ColumnHead column="moved" isNumber {...sort}>
            Newest
          </ColumnHead>
          <ColumnHead>Retention</ColumnHead>
        </Heads>
      </div>
      <div role="rowgroup">
        <LongList
          items={topics}
          rowHeightPx={46}
          render={topic => (
            <TopicRow
              key={`${topic.cluster}/${topic.topic}`}
              topic={topic}
              stale={stale}
            />
          )}
        />
      </div>
    </TableFrame>
  );
}

const TopicRow = memo(function DrawnTopicRow(props: {
  topic: TopicSummary;
  stale: boolean;
}) {
  const { topic, stale } = props;
  const { cluster } = topic;
  const link = useRouteRef(topicRouteRef);
  return (
    <Root role="row">
      <div role="cell" className="wide">
        <RowLink to={link?.({ cluster, topic: topic.topic }) ?? ''}>
          {topic.topic}
        </RowLink>
        {topic.isDeadLetters && (
          <Quiet style={{ display: 'block', fontSize: '0.8125rem' }}>
            dead letters
          </Quiet>
        )}
      </div>
      <div role="cell" className="wide">
        {topic.readers.length === 0 && topic.problem === null && (
          <Quiet>nobody</Quiet>
        )}
        {topic.problem && <Quiet>{topic.problem.message}</Quiet>}
        <AboveRowLink>
          <Readers topic={topic} stale={stale} />
        </AboveRowLink>
      </div>
      <div role="cell" className="number">
        <Word>Records /s</Word>
        <Rate perSecond={topic.producedPerSecond} />
      </div>
      <div role="cell" className="number" title={`${topic.records} records`}>
        <Word>Kept</Word>
        {topic.records === null ? dash : compactCount(topic.records)}
      </div>
      <div role="cell" className="number">
        <Word>Partitions</Word>
        {topic.partitionCount}
      </div>
      <div role="cell" className="number">
        <Word>Newest</Word>
        {topic.movedAt === null ? dash : <Age at={topic.movedAt} />}
      </div>
      <div role="cell">
        <Word>Retention</Word>
        {retentionWords(topic)}
      </div>
    </Root>
  );
});
