import { freshnessOf } from '@homelab/plugin-heat-pump-common';
import type {
  DeviceReading,
  Freshness,
} from '@homelab/plugin-heat-pump-common';
import { createContext, useContext, useMemo } from 'react';
import type { ReactNode } from 'react';
import { useNow } from '../../hooks/useNow';

interface HouseClock {
  /** Server clock minus browser clock, in milliseconds. */
  clockOffsetMs: number;
  siteTimeZone: string;
}

const HouseClockContext = createContext<HouseClock>({
  clockOffsetMs: 0,
  siteTimeZone: 'UTC',
});

/** Gives the server's clock and the site's time zone to everything that shows an age. */
export function HouseClockProvider(
  props: HouseClock & { children: ReactNode },
) {
  const { clockOffsetMs, siteTimeZone, children } = props;
  const clock = useMemo(
    () => ({ clockOffsetMs, siteTimeZone }),
    [clockOffsetMs, siteTimeZone],
  );
  return (
    <HouseClockContext.Provider value={clock}>
      {children}
    </HouseClockContext.Provider>
  );
}

/** The clock of the house. */
export function useHouseClock(): HouseClock {
  return useContext(HouseClockContext);
}

/** How old a reading is by the server's clock, renewed every second. */
export function useAge(reading: DeviceReading): {
  ageMs: number;
  freshness: Freshness;
} {
  const { clockOffsetMs } = useHouseClock();
  const nowMs = useNow(1000);
  const measuredMs = Date.parse(reading.reading.timestamp);
  const ageMs = Math.max(0, nowMs + clockOffsetMs - measuredMs);
  return { ageMs, freshness: freshnessOf(ageMs, reading) };
}
