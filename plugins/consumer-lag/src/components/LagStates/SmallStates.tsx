import type { Polled } from '@homelab/portal-react';
import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';
import { SmallFailure } from './SmallFailure';

/** What stands in for groups in a card while there is no answer; with one, the children. */
export function SmallStates<T>(props: {
  polled: Polled<T>;
  /** Of the skeleton. */
  heightPx: number;
  children(answer: T): ReactNode;
}) {
  const { answer, error } = props.polled;
  if (answer !== undefined) return <>{props.children(answer)}</>;
  if (error !== undefined) return <SmallFailure error={error} />;
  return (
    <Skeleton
      variant="rounded"
      height={props.heightPx}
      aria-label="Loading the consumer groups"
    />
  );
}
