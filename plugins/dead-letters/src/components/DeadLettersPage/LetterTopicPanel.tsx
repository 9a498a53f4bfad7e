import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { formatCount, formatDuration } from '@homelab/portal-common';
import type {
  DeadLetterTopic,
  LetterStorage,
} from '@homelab/plugin-dead-letters-common';
import { Age, Notice, Panel } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { lettersRouteRef } from '../../routes';
import { ReasonList } from './ReasonList';

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  justifyContent: 'space-between',
  gap: theme.spacing(0.5, 3),
  '& h3': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 1.5),
    margin: 0,
    fontSize: '1rem',
    fontWeight: 600,
    overflowWrap: 'anywhere',
  },
  '& small': {
    fontSize: '0.8125rem',
    fontWeight: 400,
    color: theme.palette.text.secondary,
  },
}));

const Quiet = styled('span')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0, 2),
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
  '& strong': { color: theme.palette.text.primary, fontWeight: 600 },
}));

/** One dead-letter topic: how many messages wait there, since when, and why. */
export function LetterTopicPanel(props: {
  cluster: string;
  topic: DeadLetterTopic;
}) {
  const { cluster, topic: one } = props;
  const link = useRouteRef(lettersRouteRef);
  const ref = { cluster, topic: one.topic };
  return (
    <Panel aria-label={one.title ?? one.topic}>
      <Head>
        <h3>
          <Link to={link?.(ref) ?? ''}>{one.title ?? one.topic}</Link>
          {one.title !== null && <small>{one.topic}</small>}
        </h3>
        {one.problem === null && (
          <Quiet>
            <span>
              <strong>{formatCount(one.waiting)}</strong> waiting
            </span>
            {one.redriven > 0 && (
              <span>{formatCount(one.redriven)} sent again</span>
            )}
            {one.oldestFailedAt !== null && (
              <Age at={one.oldestFailedAt} prefix="oldest " />
            )}
            {one.newestFailedAt !== null && (
              <Age at={one.newestFailedAt} prefix="newest " />
            )}
          </Quiet>
        )}
      </Head>
      {one.storage?.isFull && (
        <Notice isInside title={`This topic is full${boundOf(one.storage)}:`}>
          {`the oldest messages are deleted${ageOf(one.storage)}. Fix the cause, or delete what is not needed.`}
        </Notice>
      )}
      {one.problem !== null ? (
        <Notice isInside title="This topic cannot be read.">
          {one.problem}
        </Notice>
      ) : (
        <ReasonList topic={ref} groups={one.groups} />
      )}
      {one.isPartial && (
        <Quiet sx={{ marginTop: 1 }}>
          <PartialWords topic={one} />
        </Quiet>
      )}
    </Panel>
  );
}

const mebibyte = 1024 * 1024;

const boundOf = ({ retentionBytes }: LetterStorage) =>
  retentionBytes === null
    ? ''
    : ` (${formatCount(Math.round(retentionBytes / mebibyte))} MiB)`;

const ageOf = ({ retentionMs }: LetterStorage) =>
  retentionMs === null
    ? ''
    : ` before they are ${formatDuration(retentionMs)} old`;

/** What the counts of a very large topic leave out. */
export function PartialWords({ topic }: { topic: DeadLetterTopic }) {
  return (
    <span>
      Only the newest {formatCount(topic.examined)} of at most{' '}
      {formatCount(topic.letters)} messages are counted.
    </span>
  );
}
