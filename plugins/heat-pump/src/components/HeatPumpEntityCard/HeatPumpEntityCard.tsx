import { InfoCard } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { describeState } from '@homelab/heat-pump';
import type { HeatpumpDeviceReading } from '@homelab/heat-pump';
import { heatPumpDeviceIdAnnotation } from '@homelab/plugin-heat-pump-common';
import { ReadingAge, useFreshness } from '@homelab/plugin-heat-pump-react';
import { reasonOf, SiteClockProvider, StatusIcon } from '@homelab/portal-react';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useHouseNow } from '../../hooks/useHouseNow';
import { rootRouteRef } from '../../routes';

const State = styled('div')(({ theme }) => ({
  display: 'flex',
  gap: theme.spacing(1.5),
  fontSize: '1rem',
  lineHeight: 1.5,
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
}));

function Now({ heatPump }: { heatPump: HeatpumpDeviceReading }) {
  const freshness = useFreshness(heatPump);
  const { tone, sentence } = describeState(
    heatPump.reading,
    freshness,
    heatPump.wholeFields,
  );
  return (
    <State>
      <StatusIcon tone={tone} stale={freshness !== 'fresh'} sizePx={24} />
      <div>
        {sentence}
        <br />
        <ReadingAge reading={heatPump} prefix="as of " />
      </div>
    </State>
  );
}

/** What the heat pump of an entity is doing, in one sentence, with a link to all of it. */
export function HeatPumpEntityCard() {
  const { entity } = useEntity();
  const deviceId =
    entity.metadata.annotations?.[heatPumpDeviceIdAnnotation] ?? '';
  const { answer: house, error, clockOffsetMs } = useHouseNow();
  const page = useRouteRef(rootRouteRef)?.();
  const heatPump = house?.heatPumps.find(one => one.deviceId === deviceId);
  const link = page !== undefined && {
    title: 'Heat pump',
    link: `${page}?device=${encodeURIComponent(deviceId)}`,
  };
  return (
    <InfoCard title="Heat pump" {...(link && { deepLink: link })}>
      <SiteClockProvider
        clockOffsetMs={clockOffsetMs}
        timeZone={house?.siteTimeZone ?? 'UTC'}
      >
        {heatPump && <Now heatPump={heatPump} />}
        {house && !heatPump && <>{deviceId} has not sent a reading yet.</>}
        {!house && error && (
          <div role="status">
            The heat pump cannot be read: {reasonOf(error)}
          </div>
        )}
        {!house && !error && (
          <Skeleton
            variant="rounded"
            height={48}
            aria-label="Loading the heat pump"
          />
        )}
      </SiteClockProvider>
    </InfoCard>
  );
}
