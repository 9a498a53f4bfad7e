import {
  deadLettersReadPermission,
  describeDeadLetters,
} from '@homelab/plugin-dead-letters-common';
import type {
  ClustersResponse,
  DeadLettersResponse,
} from '@homelab/plugin-dead-letters-common';
import {
  Age,
  ClusterPicker,
  ListSkeleton,
  PollStates,
  PageBody,
  Panel,
  SentenceHeader,
  StateMessage,
  useQueryValue,
} from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import LettersIcon from '@mui/icons-material/MarkunreadMailboxOutlined';
import { styled } from '@mui/material/styles';
import { useDeadLetters } from '../../api';
import { RedriveHistory } from '../Redrives';
import { LetterTopicPanel } from './LetterTopicPanel';

const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.875rem',
  lineHeight: 1.6,
  color: theme.palette.text.secondary,
  overflowWrap: 'anywhere',
}));

function DeadLetters(props: {
  answer: DeadLettersResponse;
  polled: Polled<unknown>;
  clusters: ClustersResponse['clusters'];
  onCluster(name: string | null): void;
}) {
  const { answer, polled, clusters, onCluster } = props;
  const { topics, cluster, checkedAt } = answer;
  const sentence = describeDeadLetters(topics, polled.nowMs);
  const shown = topics.filter(
    ({ letters, problem }) => letters > 0 || problem !== null,
  );
  const empty = topics.filter(topic => !shown.includes(topic));
  return (
    <>
      <SentenceHeader
        tone={sentence.severity}
        stale={polled.stale}
        sentence={sentence.text}
        below={<Age at={checkedAt} isOld={polled.stale} prefix="as of " />}
      >
        <ClusterPicker
          isNeeded
          clusters={clusters}
          chosen={cluster}
          onChoose={onCluster}
        />
      </SentenceHeader>
      {topics.length === 0 && <NoTopics />}
      {shown.map(topic => (
        <LetterTopicPanel key={topic.topic} cluster={cluster} topic={topic} />
      ))}
      {empty.length > 0 && (
        <Quiet>
          Nothing failed:{' '}
          {empty.map(({ topic, title }) => title ?? topic).join(', ')}.
        </Quiet>
      )}
      {topics.length > 0 && (
        <RedriveHistory
          cluster={cluster}
          redriven={topics.reduce((sum, { redriven }) => sum + redriven, 0)}
        />
      )}
    </>
  );
}

function NoTopics() {
  return (
    <Panel>
      <StateMessage icon={LettersIcon} title="No dead-letter topics">
        Messages that cannot be processed are set aside in dead-letter topics.
        Kafka topics whose names match <code>deadLetters.topics</code> in the
        configuration appear here, with the reasons why messages failed and a
        way to send them again.
      </StateMessage>
    </Panel>
  );
}

function OfCluster(props: {
  cluster: string;
  clusters: ClustersResponse['clusters'];
  onCluster(name: string | null): void;
}) {
  const { cluster, clusters, onCluster } = props;
  const polled = useDeadLetters(queries => queries.deadLetters(cluster));
  return (
    <PageBody clockOffsetMs={polled.clockOffsetMs}>
      <PollStates
        permission={deadLettersReadPermission.name}
        polled={polled}
        what="the failed messages"
        skeleton={<ListSkeleton label="Loading the failed messages" />}
      >
        {answer => (
          <DeadLetters
            answer={answer}
            polled={polled}
            clusters={clusters}
            onCluster={onCluster}
          />
        )}
      </PollStates>
    </PageBody>
  );
}

/** How many messages failed in each dead-letter topic of a cluster, and why. */
export function DeadLettersPage() {
  const polled = useDeadLetters(queries => queries.clusters());
  const [chosen, setCluster] = useQueryValue('cluster');
  const clusters = polled.answer?.clusters ?? [];
  const cluster =
    clusters.find(({ name }) => name === chosen) ?? clusters[0] ?? undefined;
  if (cluster !== undefined) {
    return (
      <OfCluster
        cluster={cluster.name}
        clusters={clusters}
        onCluster={setCluster}
      />
    );
  }
  return (
    <PageBody clockOffsetMs={polled.clockOffsetMs}>
      <PollStates
        permission={deadLettersReadPermission.name}
        polled={polled}
        what="the failed messages"
        skeleton={<ListSkeleton label="Loading the failed messages" />}
      >
        {() => <NoTopics />}
      </PollStates>
    </PageBody>
  );
}
