import { SiteClockProvider } from '@homelab/portal-react/ui';
import CssBaseline from '@mui/material/CssBaseline';
import GlobalStyles from '@mui/material/GlobalStyles';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { queryClient } from '../api/useFigure.ts';
import { houseStore, useHouse } from '../house/useHouse.ts';
import { SignInView } from '../session/SignInView.tsx';
import { refreshSession, useSession } from '../session/session.ts';
import { Shell } from './Shell.tsx';
import { themes } from './theme.ts';
import { useAppearance } from './useAppearance.ts';

/** Somebody is signed in, or was when the house could last be asked. */
function House() {
  const { state } = useHouse();
  const { live, clockOffsetMs, timeZone } = state;
  useEffect(() => {
    const stop = houseStore.follow();
    window.addEventListener('pagehide', houseStore.save);
    return () => {
      window.removeEventListener('pagehide', houseStore.save);
      stop();
    };
  }, []);
  // A refused handshake says no more than a lost one: the session may be over.
  const isLost = live.status === 'lost' || live.status === 'refused';
  useEffect(() => {
    if (isLost) void refreshSession();
  }, [isLost, live.sinceMs]);
  return (
    <SiteClockProvider
      clockOffsetMs={clockOffsetMs}
      {...(timeZone !== undefined && { timeZone })}
    >
      <Shell />
    </SiteClockProvider>
  );
}

function Gate() {
  const session = useSession();
  useEffect(() => {
    void refreshSession();
  }, []);
  useEffect(() => {
    if (session.status !== 'signed-out') return;
    houseStore.forget();
    queryClient.clear();
  }, [session.status]);
  if (session.status === 'signed-out')
    return <SignInView signIn={session.signIn} />;
  // While it is not known who is signed in, what is remembered is shown at once.
  const hasMemory = houseStore.state().heardAtMs !== undefined;
  if (session.status === 'unknown' && !hasMemory) return null;
  return <House />;
}

/** The page of the household. */
export function App() {
  const appearance = useAppearance();
  return (
    <ThemeProvider theme={themes[appearance]}>
      <CssBaseline enableColorScheme />
      <GlobalStyles
        styles={{
          body: { overflowX: 'hidden', WebkitTextSizeAdjust: '100%' },
          '@media (prefers-reduced-motion: reduce)': {
            '*, *::before, *::after': {
              // A short duration would let every property of every element change late.
              animation: 'none !important',
              transition: 'none !important',
            },
          },
        }}
      />
      <QueryClientProvider client={queryClient}>
        <Gate />
      </QueryClientProvider>
    </ThemeProvider>
  );
}
