import { freshnessOf } from '@homelab/heat-pump';
import type { DeviceReading, Freshness } from '@homelab/heat-pump';
import { Age, useFromAge } from '@homelab/portal-react/ui';

/**
 * How current a reading is, by the server's clock. A device clock that runs ahead makes no reading
 * younger.
 */
export function useFreshness(reading: DeviceReading): Freshness {
  return useFromAge(reading.asOf, ageMs => freshnessOf(ageMs, reading));
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
  const freshness = useFreshness(reading);
  return <Age at={reading.asOf} isOld={freshness !== 'fresh'} {...look} />;
}
