import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Redrive,
  RedriveSelection,
  RedrivesResponse,
} from '@homelab/plugin-dead-letters-common';
import { Notice, Panel, PanelTitle, useAction } from '@homelab/portal-react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import {
  deadLettersApiRef,
  useDeadLetters,
  useRedrivesRefresh,
} from '../../api';
import type { TopicRef } from '../../api';
import { isUnderWay, leftOut, messages } from './redriveWords';
import { RedriveOptions } from './RedriveOptions';
import type { RedriveOrder } from './RedriveOptions';
import { RedriveProgress } from './RedriveProgress';
import { useRedrive } from './useRedrive';

const Parts = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'flex-start',
  gap: theme.spacing(2),
  marginTop: theme.spacing(2),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  '& p': { margin: 0, maxWidth: '75ch' },
  '& ul': { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

const Head = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-start',
  justifyContent: 'space-between',
  gap: theme.spacing(2),
}));

const Buttons = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(1.5),
}));

const rates: RedrivesResponse['rate'] = {
  defaultPerSecond: 50,
  maxPerSecond: 500,
};

/** Sends letters again: options, a dry run, progress, and the result. */
export function RedriveFlow(props: {
  topic: TopicRef;
  selection: RedriveSelection;
  /** The selection in words: `all matching messages`. */
  words: string;
  onClose(): void;
}) {
  const { topic, selection, words, onClose } = props;
  const api = useApi(deadLettersApiRef);
  const refreshRedrives = useRedrivesRefresh();
  const known = useDeadLetters(queries =>
    queries.redrives({ cluster: topic.cluster }),
  );
  const { run, isBusy, problem } = useAction();
  const [order, setOrder] = useState<RedriveOrder>();
  const [dryStarted, setDryRun] = useState<Redrive>();
  const [started, setStarted] = useState<Redrive>();
  const dryRun = useRedrive(dryStarted);
  const redrive = useRedrive(started);

  async function look(next: RedriveOrder) {
    setOrder(next);
    const answer = await run(() =>
      api.startRedrive(topic, { dryRun: true, selection, ...next }),
    );
    setDryRun(answer);
  }

  async function send(dryRunId: string) {
    const answer = await run(() =>
      api.startRedrive(topic, {
        dryRun: false,
        dryRunId,
        selection,
        ...order,
      }),
    );
    if (answer === undefined) return;
    setStarted(answer);
    refreshRedrives(topic.cluster);
  }

  return (
    <Panel aria-label="Send again">
      <Head>
        <PanelTitle>Send {words} again</PanelTitle>
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      </Head>
      <Parts>
        <p>
          A redrive puts messages back on the Kafka topic they failed on. Fix
          the cause first: a message that fails again comes back here.
        </p>
        {dryRun === undefined && (
          <RedriveOptions
            rate={known.answer?.rate ?? rates}
            isBusy={isBusy}
            onDryRun={look}
          />
        )}
        {dryRun && redrive === undefined && (
          <DryRun
            dryRun={dryRun}
            isBusy={isBusy}
            onChanged={setDryRun}
            onSend={() => send(dryRun.id)}
            onBack={() => setDryRun(undefined)}
          />
        )}
        {redrive && (
          <RedriveProgress
            redrive={redrive}
            refusal={null}
            onChanged={setStarted}
          />
        )}
        {problem !== null && (
          <Notice isInside title="The request failed.">
            {problem}
          </Notice>
        )}
      </Parts>
    </Panel>
  );
}

function DryRun(props: {
  dryRun: Redrive;
  isBusy: boolean;
  onChanged(dryRun: Redrive): void;
  onSend(): void;
  onBack(): void;
}) {
  const { dryRun, isBusy, onChanged, onSend, onBack } = props;
  if (isUnderWay(dryRun) || dryRun.failure !== null || dryRun.canResume) {
    return (
      <RedriveProgress redrive={dryRun} refusal={null} onChanged={onChanged} />
    );
  }
  const { sent, targets, ratePerSecond } = dryRun;
  return (
    <>
      <p role="status">
        <strong>
          {sent === 0
            ? 'Nothing would be sent.'
            : `${messages(sent)} would be sent, ${ratePerSecond} per second.`}
        </strong>{' '}
        Messages that failed since are not included.
      </p>
      <ul>
        {targets.map(({ target, letters: count }) => (
          <li key={target}>
            {messages(count)} to {target}
          </li>
        ))}
        {leftOut(dryRun).map(sentence => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Buttons>
        {sent > 0 && (
          <Button
            variant="contained"
            disableElevation
            disabled={isBusy}
            onClick={onSend}
          >
            Send {messages(sent)}
          </Button>
        )}
        <Button disabled={isBusy} onClick={onBack}>
          Back
        </Button>
      </Buttons>
    </>
  );
}
