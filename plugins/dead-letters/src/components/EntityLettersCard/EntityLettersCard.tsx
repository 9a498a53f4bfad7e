import { InfoCard, Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  deadLettersReadPermission,
  deadLetterTopicsAnnotation,
  describeDeadLetters,
} from '@homelab/plugin-dead-letters-common';
import {
  Age,
  isRefused,
  reasonOf,
  SiteClockProvider,
  StatusIcon,
} from '@homelab/portal-react';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useDeadLetters } from '../../api';
import { lettersRouteRef } from '../../routes';
import { topicsOf } from './topicsOf';

const Root = styled('div')(({ theme }) => ({
  '& + &': { marginTop: theme.spacing(2) },
}));

const Sentence = styled('p')(({ theme }) => ({
  display: 'flex',
  gap: theme.spacing(1),
  margin: 0,
  fontSize: '1rem',
  fontWeight: 600,
  lineHeight: 1.4,
  overflowWrap: 'anywhere',
}));

const Quiet = styled('p')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0, 2),
  margin: theme.spacing(1, 0, 0),
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
  overflowWrap: 'anywhere',
}));

/** How many messages failed in the dead-letter topics of an entity. */
export function EntityLettersCard() {
  const { entity } = useEntity();
  const wanted =
    entity.metadata.annotations?.[deadLetterTopicsAnnotation] ?? '';
  const clusters = useDeadLetters(queries => queries.clusters());
  return (
    <SiteClockProvider clockOffsetMs={clusters.clockOffsetMs}>
      <InfoCard title="Dead letters">
        {clusters.answer?.clusters.map(({ name }) => (
          <OfCluster key={name} cluster={name} names={topicsOf(wanted, name)} />
        ))}
        {clusters.answer === undefined && <Waiting error={clusters.error} />}
      </InfoCard>
    </SiteClockProvider>
  );
}

function OfCluster(props: { cluster: string; names: readonly string[] }) {
  if (props.names.length === 0) return null;
  return <Topics {...props} />;
}

function Topics(props: { cluster: string; names: readonly string[] }) {
  const { cluster, names } = props;
  const polled = useDeadLetters(queries => queries.deadLetters(cluster));
  const link = useRouteRef(lettersRouteRef);
  if (polled.answer === undefined) return <Waiting error={polled.error} />;
  const topics = polled.answer.topics.filter(({ topic }) =>
    names.includes(topic),
  );
  const { severity, text } = describeDeadLetters(topics, polled.nowMs);
  return (
    <Root>
      <Sentence>
        <StatusIcon tone={severity} stale={polled.stale} sizePx={22} />
        <span>
          {topics.length === 0
            ? `${names.join(', ')}: no such dead-letter topic.`
            : text}
        </span>
      </Sentence>
      <Quiet>
        {topics
          .filter(({ letters }) => letters > 0)
          .map(({ topic }) => (
            <Link key={topic} to={link?.({ cluster, topic }) ?? ''}>
              {topic}
            </Link>
          ))}
        <Age
          at={polled.answer.checkedAt}
          isOld={polled.stale}
          prefix="as of "
        />
      </Quiet>
    </Root>
  );
}

function Waiting({ error }: { error: Error | undefined }) {
  if (error === undefined)
    return (
      <Skeleton
        variant="rounded"
        height={56}
        aria-label="Loading the failed messages"
      />
    );
  return (
    <Quiet role="status">
      {isRefused(error)
        ? `You may not see the failed messages: the permission ${deadLettersReadPermission.name} is missing.`
        : `The failed messages cannot be loaded: ${reasonOf(error)} The page retries by itself.`}
    </Quiet>
  );
}
