import { isRefused, reasonOf } from '../../polling';
import type { Polled } from '../../polling';
import { Panel } from '../Panel';
import { StateMessage } from '../StateMessage';
import CloudOffIcon from '@mui/icons-material/CloudOffOutlined';
import LockIcon from '@mui/icons-material/LockOutlined';
import SearchOffIcon from '@mui/icons-material/SearchOffOutlined';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';

/** The permission is missing: which one, and whom to ask. */
export function Refused(props: { permission: string; what: string }) {
  return (
    <StateMessage
      isAlert
      icon={LockIcon}
      title={`You may not see ${props.what}`}
    >
      The permission <strong>{props.permission}</strong> is missing. Ask whoever
      runs this portal for it, then load the page again.
    </StateMessage>
  );
}

/** It failed: why, and what happens next. */
function Failed(props: { what: string; error: Error; onRetry(): void }) {
  const { what, error, onRetry } = props;
  return (
    <StateMessage
      isAlert
      icon={CloudOffIcon}
      title={`${capital(what)} cannot be read`}
    >
      <p>{reasonOf(error)} It is tried again by itself.</p>
      <Button variant="outlined" sx={{ marginTop: 2 }} onClick={onRetry}>
        Try now
      </Button>
    </StateMessage>
  );
}

/**
 * Draws what stands in for an answer while there is none: a skeleton of what will come, why
 * it failed, which permission is missing, or that the thing does not exist. With an answer
 * it draws the children.
 */
export function PollStates<T>(props: {
  polled: Polled<T>;
  /** What is asked for, in the middle of a sentence: `the dead letters`. */
  what: string;
  /** What the page says when the backend does not know the thing. */
  unknown?: ReactNode;
  /** The permission that seeing it needs. */
  permission: string;
  skeleton: ReactNode;
  children(answer: T): ReactNode;
}) {
  const { polled, what, skeleton, children } = props;
  const { answer, error } = polled;
  if (answer !== undefined) return <>{children(answer)}</>;
  if (error === undefined) return <>{skeleton}</>;
  if (isRefused(error)) {
    return (
      <Panel>
        <Refused permission={props.permission} what={what} />
      </Panel>
    );
  }
  if (isNotFound(error) && props.unknown !== undefined) {
    return (
      <Panel>
        <StateMessage isAlert icon={SearchOffIcon} title={reasonOf(error)}>
          {props.unknown}
        </StateMessage>
      </Panel>
    );
  }
  return (
    <Panel>
      <Failed what={what} error={error} onRetry={polled.refresh} />
    </Panel>
  );
}

function isNotFound(error: Error): boolean {
  return 'statusCode' in error && error.statusCode === 404;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
