import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useNow } from '../../hooks/useNow';

/** The clock and time zone of the times in a view. */
export interface SiteClock {
  /** Server clock minus browser clock, in milliseconds. */
  clockOffsetMs: number;
  timeZone: string;
}

const SiteClockContext = createContext<SiteClock>({
  clockOffsetMs: 0,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** Provides the clock and time zone for all ages and times inside. */
export function SiteClockProvider(
  props: Partial<SiteClock> & { children: ReactNode },
) {
  const around = useSiteClock();
  const {
    clockOffsetMs = around.clockOffsetMs,
    timeZone = around.timeZone,
    children,
  } = props;
  const clock = useMemo(
    () => ({ clockOffsetMs, timeZone }),
    [clockOffsetMs, timeZone],
  );
  return (
    <SiteClockContext.Provider value={clock}>
      {children}
    </SiteClockContext.Provider>
  );
}

/** The site's clock; the browser's own clock and zone without a provider. */
export function useSiteClock(): SiteClock {
  return useContext(SiteClockContext);
}

/** How long ago something happened by the server's clock, updated every second. */
export function useAgeMs(at: string | number): number {
  const { clockOffsetMs } = useSiteClock();
  const nowMs = useNow(1000);
  return Math.max(0, nowMs + clockOffsetMs - new Date(at).getTime());
}
