import { SiteClockProvider } from '../Age';
import { ViewWidth } from '../Panel';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Main = styled('main')(({ theme }) => ({
  boxSizing: 'border-box',
  width: '100%',
  maxWidth: 1440,
  // The same gutter as the header above.
  padding: theme.spacing(1, 2.5, 8),
  [theme.breakpoints.down('sm')]: { padding: theme.spacing(1, 2, 10) },
}));

/** Stacks the parts of a page vertically. */
export const Stack = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(3),
  minWidth: 0,
}));

/** A page whose ages all use the backend's clock. */
export function PageBody(props: {
  clockOffsetMs: number;
  children: ReactNode;
}) {
  return (
    <SiteClockProvider clockOffsetMs={props.clockOffsetMs}>
      <Main>
        <ViewWidth>
          <Stack>{props.children}</Stack>
        </ViewWidth>
      </Main>
    </SiteClockProvider>
  );
}
