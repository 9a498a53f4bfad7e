import { consumerLagReadPermission } from '@homelab/plugin-consumer-lag-common';
import { PollStates } from '@homelab/portal-react';
import type { ComponentProps } from 'react';

type Props<T> = Omit<
  ComponentProps<typeof PollStates<T>>,
  'permission' | 'children'
> & { children(answer: T): JSX.Element };

/** A placeholder while there is no answer; with an answer, the children. */
export function LagStates<T>(props: Props<T>) {
  return <PollStates permission={consumerLagReadPermission.name} {...props} />;
}
