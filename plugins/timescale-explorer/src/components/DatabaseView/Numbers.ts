import { styled } from '@mui/material/styles';

/** The tiles with the numbers of a database or a table, as many side by side as fit. */
export const Numbers = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(132px, 1fr))',
  gap: theme.spacing(2, 3),
}));
