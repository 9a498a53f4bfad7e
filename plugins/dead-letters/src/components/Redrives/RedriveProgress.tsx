import { useApi } from '@backstage/frontend-plugin-api';
import { formatCount, formatDuration } from '@homelab/portal-common';
import type { Redrive } from '@homelab/plugin-dead-letters-common';
import { Notice, StatusMark, useAction } from '@homelab/portal-react';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import { styled } from '@mui/material/styles';
import { deadLettersApiRef } from '../../api';
import { isUnderWay, leftOut, messages, redriveLooks } from './redriveWords';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(1),
  width: '100%',
  fontSize: '0.875rem',
  lineHeight: 1.5,
  fontVariantNumeric: 'tabular-nums',
  '& p': { margin: 0 },
  '& ul': { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1, 2),
}));

/** The progress or result of a redrive, with cancel and resume. */
export function RedriveProgress(props: {
  redrive: Redrive;
  /** Why this user may not cancel or resume it; null when they may. */
  refusal: string | null;
  /** Called with the backend's answer to cancel or resume. */
  onChanged(redrive: Redrive): void;
}) {
  const { redrive, refusal, onChanged } = props;
  const api = useApi(deadLettersApiRef);
  const { run, isBusy, problem } = useAction();
  const isGoing = isUnderWay(redrive);
  const { sent, expected, state, failure } = redrive;
  async function change(act: () => Promise<Redrive>) {
    const changed = await run(act);
    if (changed) onChanged(changed);
  }
  return (
    <Root>
      {isGoing && (
        <LinearProgress
          aria-label="Messages sent"
          variant={expected ? 'determinate' : 'indeterminate'}
          value={expected ? Math.min(100, (100 * sent) / expected) : undefined}
        />
      )}
      <Line>
        <StatusMark {...redriveLooks[state]} sizePx={18} />
        <span role="status">{progressWords(redrive)}</span>
        {isGoing && (
          <Button
            size="small"
            variant="outlined"
            disabled={isBusy || state === 'cancelling' || refusal !== null}
            title={refusal ?? undefined}
            onClick={() => change(() => api.cancelRedrive(redrive))}
          >
            Cancel
          </Button>
        )}
        {redrive.canResume && (
          <Button
            size="small"
            variant="outlined"
            disabled={isBusy || refusal !== null}
            title={refusal ?? undefined}
            onClick={() => change(() => api.resumeRedrive(redrive))}
          >
            Resume
          </Button>
        )}
      </Line>
      {!isGoing && leftOut(redrive).length > 0 && (
        <ul>
          {leftOut(redrive).map(sentence => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {failure && (
        <Notice
          isInside
          title={redrive.dryRun ? 'The preview failed.' : 'Sending failed.'}
        >
          {failure.message}
        </Notice>
      )}
      {problem !== null && (
        <Notice isInside title="The request failed.">
          {problem}
        </Notice>
      )}
    </Root>
  );
}

function progressWords(redrive: Redrive): string {
  const { sent, expected, ratePerSecond, dryRun } = redrive;
  if (dryRun) {
    return isUnderWay(redrive)
      ? `Checking: ${messages(sent)} so far`
      : `${messages(sent)} would be sent`;
  }
  if (!isUnderWay(redrive)) {
    return expected === null || expected === sent
      ? `${messages(sent)} sent`
      : `${formatCount(sent)} of ${messages(expected)} sent; those stay sent`;
  }
  if (expected === null) return `${messages(sent)} sent`;
  const left = Math.max(0, expected - sent) / ratePerSecond;
  return `${formatCount(sent)} of ${messages(expected)} sent, about ${formatDuration(left * 1000)} left`;
}
