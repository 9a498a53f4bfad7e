import type {
  TopicsResponse,
  TopicSummary,
} from '@homelab/plugin-consumer-lag-common';
import {
  FilterBar,
  FilterChip,
  PageBody,
  Panel,
  SearchField,
  StateMessage,
  useQueryValue,
  useSorting,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import TopicIcon from '@mui/icons-material/TopicOutlined';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useLag } from '../../api';
import { ClustersHead } from '../ClusterParts';
import { isOld } from '../DataAge';
import { GroupsSkeleton } from '../GroupsPage';
import { LagStates } from '../LagStates';
import { describeTopics } from './describeTopics';
import { sortTopics, topicColumns } from './sortTopics';
import { TopicTable } from './TopicTable';

const Nothing = styled('p')(({ theme }) => ({
  margin: 0,
  padding: theme.spacing(4, 0),
  textAlign: 'center',
  color: theme.palette.text.secondary,
}));

function Topics(props: { answer: TopicsResponse; polled: Polled<unknown> }) {
  const { answer, polled } = props;
  const [cluster, setCluster] = useQueryValue('cluster');
  const [text, setText] = useQueryValue('q');
  const [internal, setInternal] = useQueryValue('internal');
  const clusters = answer.clusters.filter(
    ({ name }) => cluster === null || name === cluster,
  );
  const ofClusters = answer.topics.filter(
    topic => cluster === null || topic.cluster === cluster,
  );
  const internals = ofClusters.filter(({ isInternal }) => isInternal).length;
  const own = ofClusters.filter(
    ({ isInternal }) => !isInternal || internal === 'shown',
  );
  const found = own.filter(({ topic, readers }) =>
    [topic, ...readers.map(({ groupId }) => groupId)]
      .join(' ')
      .toLowerCase()
      .includes((text ?? '').toLowerCase()),
  );
  const sentence = describeTopics(own);
  const stale = isOld(clusters, polled);
  return (
    <>
      <ClustersHead
        sentence={sentence}
        stale={stale}
        polled={polled}
        count={
          answer.total > answer.topics.length
            ? `the first ${own.length} of ${answer.total} Kafka topics`
            : `${own.length} ${own.length === 1 ? 'Kafka topic' : 'Kafka topics'}`
        }
        all={answer.clusters}
        shown={clusters}
        chosen={cluster}
        onChoose={setCluster}
      />
      <FilterBar role="search" aria-label="Filter Kafka topics">
        <SearchField
          label="Find topic or group"
          value={text ?? ''}
          onChange={value => setText(value === '' ? null : value)}
        />
        {internals > 0 && (
          <FilterChip
            aria-pressed={internal === 'shown'}
            onClick={() => setInternal(internal === 'shown' ? null : 'shown')}
          >
            Kafka’s own <strong>{internals}</strong>
          </FilterChip>
        )}
      </FilterBar>
      <FoundTopics
        found={found}
        total={own.length}
        stale={stale}
        onShowAll={() => setText(null)}
      />
    </>
  );
}

/** The topics that match the filter, in the URL's order. */
function FoundTopics(props: {
  found: readonly TopicSummary[];
  /** The number of topics without the filter. */
  total: number;
  stale: boolean;
  onShowAll(): void;
}) {
  const { found, total, stale, onShowAll } = props;
  const [sorting, setSorting] = useSorting(topicColumns, {
    by: 'worst',
    isFalling: true,
  });
  return (
    <Panel aria-label="Kafka topics">
      {total === 0 && <NoTopics />}
      {total > 0 && found.length === 0 && (
        <Nothing>
          None of the {total} Kafka topics match.{' '}
          <Button onClick={onShowAll}>Show all</Button>
        </Nothing>
      )}
      {found.length > 0 && (
        <TopicTable
          topics={sortTopics(found, sorting)}
          stale={stale}
          sorting={sorting}
          onSort={setSorting}
        />
      )}
    </Panel>
  );
}

function NoTopics() {
  return (
    <StateMessage icon={TopicIcon} title="No Kafka topics yet">
      Topics appear at the next poll, with their rates, retention and consumer
      groups. If there are topics, the portal&apos;s Kafka user lacks the
      permission to describe them.
    </StateMessage>
  );
}

/** The Kafka topics with their rates and consumer groups. */
export function TopicsPage() {
  const polled = useLag(queries => queries.topics());
  return (
    <PageBody clockOffsetMs={polled.clockOffsetMs}>
      <LagStates
        polled={polled}
        what="the Kafka topics"
        skeleton={<GroupsSkeleton label="Loading the Kafka topics" />}
      >
        {answer => <Topics answer={answer} polled={polled} />}
      </LagStates>
    </PageBody>
  );
}
