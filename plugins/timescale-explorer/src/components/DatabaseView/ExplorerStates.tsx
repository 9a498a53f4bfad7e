import { timescaleExplorerReadPermission } from '@homelab/plugin-timescale-explorer-common';
import { ListSkeleton, PollStates } from '@homelab/portal-react';
import type { Polled } from '@homelab/portal-react';
import type { ReactNode } from 'react';

/** A placeholder while there is no answer; with an answer, the children. */
export function ExplorerStates<T>(props: {
  polled: Polled<T>;
  /** What is requested, as in the middle of a sentence. */
  what: string;
  /** Shown when it does not exist. */
  unknown?: ReactNode;
  children(answer: T): ReactNode;
}) {
  return (
    <PollStates
      permission={timescaleExplorerReadPermission.name}
      skeleton={<ListSkeleton label={`Loading ${props.what}`} />}
      {...props}
    />
  );
}
