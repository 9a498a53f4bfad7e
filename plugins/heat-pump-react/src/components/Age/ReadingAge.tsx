import { freshnessOf } from '@homelab/heat-pump';
import type { DeviceReading, Freshness } from '@homelab/heat-pump';
import { Age, useAgeMs } from '@homelab/portal-react/ui';

/**
 * The age of a reading by the server's clock, updated every second. A device clock that runs
 * ahead makes no reading younger.
 */
export function useReadingAge(reading: DeviceReading): {
  ageMs: number;
  freshness: Freshness;
} {
  const ageMs = useAgeMs(reading.asOf);
  return { ageMs, freshness: freshnessOf(ageMs, reading) };
}

/**
 * The age of a reading: "2 s ago", or "last seen 4 min ago" once it is no longer fresh.
 */
export function ReadingAge(props: {
  reading: DeviceReading;
  prefix?: string;
  compact?: boolean;
}) {
  const { reading, ...look } = props;
  const { freshness } = useReadingAge(reading);
  return <Age at={reading.asOf} isOld={freshness !== 'fresh'} {...look} />;
}
