import {
  deadLettersReadPermission,
  describeDeadLetters,
} from '@homelab/plugin-dead-letters-common';
import { Link } from '@backstage/core-components';
import { BreadcrumbEntry, useRouteRef } from '@backstage/frontend-plugin-api';
import type { RedriveSelection } from '@homelab/plugin-dead-letters-common';
import {
  ActionReason,
  Age,
  ListSkeleton,
  PollStates,
  PageBody,
  SentenceHeader,
} from '@homelab/portal-react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useId, useState } from 'react';
import { useLocation, useParams } from 'react-router-dom';
import { useDeadLetters } from '../../api';
import type { TopicRef } from '../../api';
import { useActions } from '../../hooks/useActions';
import { PartialWords } from '../DeadLettersPage';
import { RedriveFlow, RedriveHistory } from '../Redrives';
import { topicRouteRef } from '../../routes';
import { LetterFilters } from './LetterFilters';
import { LetterList } from './LetterList';
import { redriveWords, selectionOf } from './selection';
import { useLetterFilter } from './useLetterFilter';
import { useLettersReset } from './useLetters';

const Bar = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1.5),
}));

interface Asked {
  selection: RedriveSelection;
  words: string;
}

function Letters(props: { topic: TopicRef }) {
  const { topic } = props;
  const polled = useDeadLetters(queries => queries.deadLetters(topic.cluster));
  const { chosen, filter, change } = useLetterFilter();
  const { peek } = useActions();
  const [places, setPlaces] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<Asked>();
  const resetLetters = useLettersReset(topic);
  const link = useRouteRef(topicRouteRef);
  const counted = polled.answer?.topics.find(one => one.topic === topic.topic);
  return (
    <PageBody clockOffsetMs={polled.clockOffsetMs}>
      <PollStates
        permission={deadLettersReadPermission.name}
        polled={polled}
        what="the failed messages"
        skeleton={<ListSkeleton label="Loading the failed messages" />}
      >
        {answer => (
          <>
            <SentenceHeader
              {...headOf(counted ? [counted] : [], polled.nowMs, topic)}
              stale={polled.stale}
              below={
                <>
                  <Age
                    at={answer.checkedAt}
                    isOld={polled.stale}
                    prefix="as of "
                  />
                  {counted?.isPartial && <PartialWords topic={counted} />}
                  {link && (
                    <Link to={link({ ...topic })}>Show the Kafka topic</Link>
                  )}
                </>
              }
            />
            <LetterFilters topic={counted} chosen={chosen} onChange={change} />
            <RedriveBar
              words={redriveWords(places, chosen)}
              hasChosen={places.size > 0}
              onChooseNone={() => setPlaces(new Set())}
              onRedrive={words =>
                setAsked({ selection: selectionOf(places, filter), words })
              }
            />
            {asked && (
              <RedriveFlow
                key={asked.words}
                topic={topic}
                selection={asked.selection}
                words={asked.words}
                onClose={() => {
                  setAsked(undefined);
                  // Letters that were sent are marked as such.
                  resetLetters();
                  polled.refresh();
                }}
              />
            )}
            <LetterList
              topic={topic}
              filter={filter}
              refusal={peek.isAllowed ? null : peek.reason}
              places={places}
              onPlaces={setPlaces}
            />
            <RedriveHistory
              cluster={topic.cluster}
              topic={topic.topic}
              redriven={counted?.redriven ?? 0}
            />
          </>
        )}
      </PollStates>
    </PageBody>
  );
}

/** What can be done with the letters; disabled, with the reason, when it may not be. */
function RedriveBar(props: {
  /** The letters that would be sent. */
  words: string;
  hasChosen: boolean;
  onChooseNone(): void;
  onRedrive(words: string): void;
}) {
  const { words, hasChosen, onChooseNone, onRedrive } = props;
  const { redrive } = useActions();
  const id = useId();
  return (
    <Bar>
      <Button
        variant="contained"
        disableElevation
        disabled={!redrive.isAllowed}
        aria-describedby={id}
        onClick={() => onRedrive(words)}
      >
        Send {words} again…
      </Button>
      {hasChosen && <Button onClick={onChooseNone}>Clear selection</Button>}
      <ActionReason
        id={id}
        reason={redrive.isAllowed ? null : redrive.reason}
      />
    </Bar>
  );
}

function headOf(
  topics: Parameters<typeof describeDeadLetters>[0],
  nowMs: number,
  { topic }: TopicRef,
) {
  if (topics.length === 0) {
    return {
      tone: 'unknown' as const,
      sentence: `This cluster has no dead-letter topic ${topic}.`,
    };
  }
  const { severity, text } = describeDeadLetters(topics, nowMs);
  return {
    tone: severity,
    sentence:
      severity === 'ok' ? `No failed messages are waiting in ${topic}.` : text,
  };
}

/** The letters of one dead-letter topic: why they failed, their contents, and redrives. */
export function LettersPage() {
  const { cluster = '', topic = '' } = useParams();
  const { pathname } = useLocation();
  return (
    <BreadcrumbEntry entry={{ label: topic, href: pathname }}>
      <Letters key={`${cluster}/${topic}`} topic={{ cluster, topic }} />
    </BreadcrumbEntry>
  );
}
