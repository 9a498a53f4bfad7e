import { ListSkeleton } from '@homelab/portal-react';

/** The layout of a list before the first answer. */
export function GroupsSkeleton(props: { label?: string }) {
  const { label = 'Loading the consumer groups' } = props;
  return <ListSkeleton label={label} />;
}
