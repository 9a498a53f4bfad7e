import { freshnessOf } from '@homelab/heat-pump';
import type { EnergyDeviceReading } from '@homelab/heat-pump';
import { ReadingAge, lookOf } from '@homelab/plugin-heat-pump-react';
import {
  Quantity,
  formatNumber,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import { useEffect } from 'react';
import { Link } from 'wouter';
import { api } from '../api/api.ts';
import { useFigure } from '../api/useFigure.ts';
import { houseStore } from '../house/useHouse.ts';
import type { House } from '../house/useHouse.ts';
import { Big, Card, Quiet } from './Card.tsx';
import { HourBars } from './HourBars.tsx';
import { priceWords } from './price-words.ts';

const Today = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'baseline',
  gap: theme.spacing(0.5, 2),
  '& strong': {
    fontSize: '1.25rem',
    fontWeight: 600,
    letterSpacing: '-0.01em',
  },
}));

/** `12 % less than yesterday by now`; undefined where one of the two is not known. */
export function againstYesterday(
  todayKwh: number | null,
  yesterdayKwh: number | null,
): string | undefined {
  if (todayKwh === null || yesterdayKwh === null || yesterdayKwh <= 0.05)
    return undefined;
  const percent = Math.round((100 * (todayKwh - yesterdayKwh)) / yesterdayKwh);
  if (Math.abs(percent) < 3) return 'as much as yesterday by now';
  const word = percent < 0 ? 'less' : 'more';
  return `${formatNumber(Math.abs(percent), 0)} % ${word} than yesterday by now`;
}

/** What the house takes now, and what today has taken and cost. */
export function ElectricityCard({ house }: { house: House }) {
  const { meter } = house;
  if (meter === null) {
    return (
      <Card title="Electricity">
        <Quiet>
          {house.meters.length} meters send values.{' '}
          <Link href="/settings">Choose the one of the house</Link>.
        </Quiet>
      </Card>
    );
  }
  return <Known meter={meter} />;
}

function Known({ meter }: { meter: EnergyDeviceReading }) {
  const { deviceId, reading } = meter;
  const { clockOffsetMs, timeZone } = useSiteClock();
  const nowMs = useNow(1_000) + clockOffsetMs;
  const isOld = freshnessOf(nowMs - Date.parse(meter.asOf), meter) !== 'fresh';
  const comparison = useFigure(
    ['comparison', deviceId],
    options => api.energyComparison({ deviceId }, options),
    60_000,
  );
  const cost = useFigure(['cost', deviceId], options =>
    api.energyCost({ deviceId }, options),
  );
  const prices = useFigure(['prices'], options =>
    api.energyPrices({}, options),
  );
  const price = prices.value && priceWords(prices.value, nowMs, timeZone);
  const zone = comparison.value?.time_zone;
  useEffect(() => {
    if (zone !== undefined) houseStore.tellTimeZone(zone);
  }, [zone]);
  const today = comparison.value?.data[0];
  const costToday = cost.value?.data[0];
  const exportKw = reading.production_power_kw;
  const todayKwh = today?.today.energy_kwh ?? null;
  const compared = againstYesterday(
    todayKwh,
    today?.yesterday.energy_kwh ?? null,
  );
  const percent = Math.floor((today?.today.coverage ?? 1) * 100);
  return (
    <Card title="Electricity" aside={<ReadingAge reading={meter} compact />}>
      <div role="group" aria-label="House power">
        <Big dimmed={isOld}>
          <Quantity value={reading.power_kw} {...lookOf(meter, 'power_kw')} />
        </Big>
      </div>
      {exportKw !== null && exportKw > 0 && (
        <Quiet>{formatNumber(exportKw, 2)} kW goes to the grid</Quiet>
      )}
      <Today>
        {todayKwh !== null && (
          <span role="group" aria-label="Energy today">
            <strong>
              <Quantity value={todayKwh} decimals={1} unit="kWh" />
            </strong>{' '}
            today{today?.today.estimated && ', est.'}
          </span>
        )}
        {costToday && costToday.cost !== null && (
          <span role="group" aria-label="Cost today">
            <strong>
              <Quantity
                value={costToday.cost}
                decimals={2}
                unit={cost.value?.currency ?? ''}
              />
            </strong>
            {costToday.priced_share < 1 &&
              ` for ${Math.floor(costToday.priced_share * 100)} % of it`}
          </span>
        )}
      </Today>
      <Quiet>
        {compared}
        {todayKwh !== null &&
          percent < 100 &&
          `${compared ? '; ' : ''}values for ${percent} % of the day`}
      </Quiet>
      {price !== undefined && <Quiet>{price}</Quiet>}
      <HourBars deviceId={deviceId} />
    </Card>
  );
}
