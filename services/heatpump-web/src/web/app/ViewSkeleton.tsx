import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(2),
}));

/** The layout of a view before it is there. */
export function ViewSkeleton(props: { label: string }) {
  return (
    <Root role="status" aria-label={`Loading ${props.label.toLowerCase()}`}>
      <Skeleton variant="text" sx={{ fontSize: '2rem', maxWidth: 520 }} />
      <Skeleton variant="rounded" height={280} sx={{ borderRadius: '16px' }} />
      <Skeleton variant="rounded" height={200} sx={{ borderRadius: '16px' }} />
    </Root>
  );
}
