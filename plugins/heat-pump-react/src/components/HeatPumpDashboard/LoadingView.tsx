import { whenOneColumn } from '@homelab/portal-react/ui';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';

const Root = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(3),
  gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
  '& > :first-of-type, & > :last-of-type': { gridColumn: '1 / -1' },
  [whenOneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));

/** The layout of the page before the first reading. */
export function LoadingView() {
  return (
    <Root role="status" aria-label="Loading the heat pump">
      <Skeleton variant="text" sx={{ fontSize: '2rem', maxWidth: 520 }} />
      <Skeleton variant="rounded" sx={{ borderRadius: '10px' }} height={440} />
      <Skeleton variant="rounded" sx={{ borderRadius: '10px' }} height={440} />
      <Skeleton variant="rounded" sx={{ borderRadius: '10px' }} height={520} />
    </Root>
  );
}
