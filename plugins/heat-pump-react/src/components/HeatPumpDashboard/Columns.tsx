import { whenOneColumn } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';

/** Stacks the parts of a view. */
export const Stack = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(3),
  minWidth: 0,
}));

/** Two panels beside each other, of which the first is wider. */
export const Columns = styled('div')(({ theme }) => ({
  display: 'grid',
  gap: theme.spacing(3),
  gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
  alignItems: 'start',
  [whenOneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));
