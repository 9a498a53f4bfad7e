import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useNow } from '../../hooks/useNow';

/** The clock and the zone that a view shows its times by. */
export interface SiteClock {
  /** Server clock minus browser clock, in milliseconds. */
  clockOffsetMs: number;
  timeZone: string;
}

const SiteClockContext = createContext<SiteClock>({
  clockOffsetMs: 0,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** Gives a clock and a time zone to everything inside that shows an age or a time. */
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

/** The clock of the site: the browser's own clock and zone where none is provided. */
export function useSiteClock(): SiteClock {
  return useContext(SiteClockContext);
}

/** How long ago something was by the server's clock, renewed every second. */
export function useAgeMs(at: string | number): number {
  const { clockOffsetMs } = useSiteClock();
  const nowMs = useNow(1000);
  return Math.max(0, nowMs + clockOffsetMs - new Date(at).getTime());
}
