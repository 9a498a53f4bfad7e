import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useFromNow } from '../../hooks/useNow';

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

/**
 * What follows from how long ago something happened, by the server's clock. Looked at every second,
 * and rendered again only when it changes.
 */
export function useFromAge<T extends string | number | boolean>(
  at: string | number,
  valueOf: (ageMs: number) => T,
): T {
  const { clockOffsetMs } = useSiteClock();
  const atMs = new Date(at).getTime();
  return useFromNow(1000, nowMs =>
    valueOf(Math.max(0, nowMs + clockOffsetMs - atMs)),
  );
}
