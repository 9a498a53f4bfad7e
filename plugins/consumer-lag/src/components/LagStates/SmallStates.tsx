import type { Polled } from '@homelab/portal-react';
import Skeleton from '@mui/material/Skeleton';
import type { ReactNode } from 'react';
import { SmallFailure } from './SmallFailure';

/** A placeholder in a card while there is no answer; with an answer, the children. */
export function SmallStates<T>(props: {
  polled: Polled<T>;
  /** The height of the skeleton. */
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
