import { Link } from '@backstage/core-components';
import { BreadcrumbEntry, useRouteRef } from '@backstage/frontend-plugin-api';
import type { TopicResponse } from '@homelab/plugin-consumer-lag-common';
import {
  Age,
  dash,
  PageBody,
  Panel,
  PanelTitle,
  SentenceHeader,
  SentenceSkeleton,
  Stack,
  Tile,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useLocation, useParams } from 'react-router-dom';
import { useLag } from '../../api';
import { lettersRouteRef, topicsRouteRef } from '../../routes';
import { ClusterNotices } from '../ClusterParts';
import { DataAge, isOld } from '../DataAge';
import { compactCount, Qualifier, Rate } from '../Figures';
import { LagStates } from '../LagStates';
import { describeTopic, retentionWords } from '../TopicsPage';
import { ReaderTable } from './ReaderTable';
import { TopicPartitions } from './TopicPartitions';

const Numbers = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(168px, 1fr))',
  gap: theme.spacing(2, 3),
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: theme.spacing(1, 0, 0),
  maxWidth: '75ch',
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
}));

function Topic(props: { answer: TopicResponse; polled: Polled<unknown> }) {
  const { answer, polled } = props;
  const { topic, cluster } = answer;
  const stale = isOld([cluster], polled);
  const sentence = describeTopic(topic, polled.nowMs);
  return (
    <>
      <SentenceHeader
        tone={sentence.severity}
        stale={stale}
        sentence={sentence.text}
        below={
          <>
            <DataAge clusters={[cluster]} polled={polled} />
            <span>{cluster.title}</span>
            <DeadLettersLink topic={topic} />
          </>
        }
      />
      <ClusterNotices clusters={[cluster]} />
      <TopicNumbers topic={topic} stale={stale} />
      <Panel aria-label="Consumer groups">
        <PanelTitle>Consumer groups</PanelTitle>
        {topic.readers.length === 0 ? (
          <Quiet>
            No consumer group has committed offsets here. Readers that commit
            none, such as a console or a stream processor with its own store,
            are not visible.
          </Quiet>
        ) : (
          <ReaderTable
            cluster={topic.cluster}
            readers={topic.readers}
            stale={stale}
          />
        )}
      </Panel>
      <TopicPartitions topic={topic} stale={stale} />
    </>
  );
}

function DeadLettersLink(props: { topic: TopicResponse['topic'] }) {
  const { topic } = props;
  const link = useRouteRef(lettersRouteRef);
  const letters = topic.isDeadLetters ? topic.topic : topic.deadLetterTopic;
  if (letters === null) return null;
  const words = topic.isDeadLetters ? 'Show its dead letters' : letters;
  if (link === undefined)
    return topic.isDeadLetters ? null : (
      <span>failed messages go to {letters}</span>
    );
  return (
    <span>
      {!topic.isDeadLetters && 'failed messages go to '}
      <Link to={link({ cluster: topic.cluster, topic: letters })}>{words}</Link>
    </span>
  );
}

function TopicNumbers(props: {
  topic: TopicResponse['topic'];
  stale: boolean;
}) {
  const { topic, stale } = props;
  const freshness = stale ? 'stale' : 'fresh';
  const leaderless = topic.partitions.filter(
    ({ leader }) => leader === null,
  ).length;
  return (
    <Panel aria-label="Key numbers">
      <Numbers>
        <Tile
          label="Produced"
          freshness={freshness}
          note={<span>5 min mean</span>}
        >
          <Rate perSecond={topic.producedPerSecond} />
          <Qualifier> records /s</Qualifier>
        </Tile>
        <Tile
          label="Newest record"
          freshness={freshness}
          note={<span>last observed arrival</span>}
        >
          {topic.movedAt === null ? (
            dash
          ) : (
            <BigAge>
              <Age at={topic.movedAt} />
            </BigAge>
          )}
        </Tile>
        <Tile
          label="Kept"
          freshness={freshness}
          note={<span>upper bound from offsets</span>}
        >
          {topic.records === null ? dash : compactCount(topic.records)}
          {topic.records !== null && <Qualifier> records</Qualifier>}
        </Tile>
        <Tile
          label="Retention"
          freshness={freshness}
          note={<span>cleanup policy {topic.cleanupPolicy ?? 'unknown'}</span>}
        >
          {retentionWords(topic)}
        </Tile>
        <Tile
          label="Partitions"
          freshness={freshness}
          note={
            leaderless > 0 && (
              <span>
                {leaderless} of them without a leader: they cannot be written or
                read
              </span>
            )
          }
        >
          {topic.partitionCount}
        </Tile>
      </Numbers>
    </Panel>
  );
}

const BigAge = styled('span')(({ theme }) => ({
  '& > span': { fontSize: 'inherit', color: theme.palette.text.primary },
}));

function TopicSkeleton() {
  return (
    <Stack>
      <SentenceSkeleton label="Loading the Kafka topic" />
      <Panel aria-hidden>
        <Skeleton variant="rounded" height={72} />
      </Panel>
      <Panel aria-hidden>
        <Skeleton variant="rounded" height={140} />
      </Panel>
      <Panel aria-hidden>
        <Skeleton variant="rounded" height={320} />
      </Panel>
    </Stack>
  );
}

/** All of one Kafka topic: its rates, its consumer groups, its partitions. */
export function TopicPage() {
  const { cluster = '', topic = '' } = useParams();
  const polled = useLag(queries => queries.topic({ cluster, topic }));
  const allTopics = useRouteRef(topicsRouteRef);
  const { pathname } = useLocation();
  return (
    <BreadcrumbEntry entry={{ label: topic, href: pathname }}>
      <PageBody clockOffsetMs={polled.clockOffsetMs}>
        <LagStates
          polled={polled}
          what={`the Kafka topic ${topic}`}
          unknown={
            <>
              It may have been deleted, or have another name.{' '}
              <Link to={allTopics?.() ?? ''}>See all Kafka topics</Link>
            </>
          }
          skeleton={<TopicSkeleton />}
        >
          {answer => <Topic answer={answer} polled={polled} />}
        </LagStates>
      </PageBody>
    </BreadcrumbEntry>
  );
}
