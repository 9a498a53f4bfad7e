import { isRefused, reasonOf } from '../../words/reasonOf';
import type { Polled } from '../../polling';
import { Panel } from '../Panel';
import { StateMessage } from '../StateMessage';
import CloudOffIcon from '@mui/icons-material/CloudOffOutlined';
import LockIcon from '@mui/icons-material/LockOutlined';
import SearchOffIcon from '@mui/icons-material/SearchOffOutlined';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';

/** Says which permission is missing and whom to ask for it. */
export function Refused(props: { permission: string; what: string }) {
  return (
    <StateMessage
      isAlert
      icon={LockIcon}
      title={`You do not have access to ${props.what}`}
    >
      The permission <strong>{props.permission}</strong> is missing. Ask the
      administrator of this portal for it, then reload the page.
    </StateMessage>
  );
}

/** Says why a request failed and what happens next. */
function Failed(props: { what: string; error: Error; onRetry(): void }) {
  const { what, error, onRetry } = props;
  return (
    <StateMessage
      isAlert
      icon={CloudOffIcon}
      title={`${capital(what)} cannot be read`}
    >
      <p>{reasonOf(error)} It is retried automatically.</p>
      <Button variant="outlined" sx={{ marginTop: 2 }} onClick={onRetry}>
        Try now
      </Button>
    </StateMessage>
  );
}

/**
 * Renders a placeholder while there is no answer: a skeleton, why the request failed, which
 * permission is missing, or that the requested item does not exist. With an answer it renders
 * the children.
 */
export function PollStates<T>(props: {
  polled: Polled<T>;
  /** What is requested, as in the middle of a sentence: `the dead letters`. */
  what: string;
  /** Shown when the backend answers 404. */
  unknown?: ReactNode;
  /** The permission that is required to see it. */
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
