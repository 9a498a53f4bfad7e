import { freshnessOf } from '@homelab/heat-pump';
import { ReadingAge, lookOf } from '@homelab/plugin-heat-pump-react';
import {
  Quantity,
  formatNumber,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import { styled, useTheme } from '@mui/material/styles';
import { indoorOf } from '../house/describe-house.ts';
import type { House } from '../house/useHouse.ts';
import { Big, Card, Quiet } from './Card.tsx';
import { Sparkline } from './Sparkline.tsx';

const Pair = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'flex-end',
  justifyContent: 'space-between',
  gap: theme.spacing(2),
  flexWrap: 'wrap',
}));

const Outside = styled('div')(({ theme }) => ({
  textAlign: 'right',
  '& strong': {
    display: 'block',
    fontSize: '1.5rem',
    fontWeight: 600,
    lineHeight: 1.2,
    letterSpacing: '-0.01em',
    color: theme.palette.text.primary,
  },
  '&[data-old="true"] strong': { color: theme.palette.text.secondary },
}));

const Curve = styled('div')({ marginTop: 'auto' });

/** How the temperature compares with what is wished. */
function againstTarget(valueC: number, targetC: number, decimals: number) {
  const differenceK = Number((valueC - targetC).toFixed(decimals));
  const wished = `set to ${formatNumber(targetC, decimals)} °C`;
  if (Math.abs(differenceK) < 0.3) return `Just right, ${wished}`;
  const size = formatNumber(Math.abs(differenceK), decimals);
  return `${size}° ${differenceK < 0 ? 'below' : 'above'}, ${wished}`;
}

/** How warm it is inside, against what is wished, and outside. */
export function IndoorCard({ house }: { house: House }) {
  const { heatPump, rooms } = house;
  const { clockOffsetMs } = useSiteClock();
  const nowMs = useNow(1_000) + clockOffsetMs;
  const { mode } = useTheme().palette;
  const fresh = rooms.filter(
    room => freshnessOf(nowMs - Date.parse(room.asOf), room) === 'fresh',
  );
  const indoor = indoorOf(heatPump, fresh);
  const isMeasured =
    heatPump !== undefined && heatPump.reading.actual_temp !== null;
  const isOld =
    isMeasured &&
    freshnessOf(nowMs - Date.parse(heatPump.asOf), heatPump) !== 'fresh';
  const outdoorC = heatPump?.reading.outdoor_temp ?? null;
  return (
    <Card
      title="Indoors"
      aside={isMeasured && <ReadingAge reading={heatPump} compact />}
    >
      <Pair>
        <div role="group" aria-label="Indoors now">
          <Big dimmed={isOld}>
            <Quantity
              value={indoor?.valueC}
              decimals={indoor?.decimals ?? 1}
              unit="°C"
            />
          </Big>
        </div>
        {heatPump && outdoorC !== null && (
          <Outside role="group" aria-label="Outdoors now" data-old={isOld}>
            <Quiet>Outside</Quiet>
            <strong>
              <Quantity
                value={outdoorC}
                {...lookOf(heatPump, 'outdoor_temp')}
              />
            </strong>
          </Outside>
        )}
      </Pair>
      <Quiet>
        {indoor === undefined && 'No room temperature is known'}
        {indoor &&
          indoor.targetC !== null &&
          againstTarget(indoor.valueC, indoor.targetC, indoor.decimals)}
        {indoor && !isMeasured && 'The mean of all rooms'}
      </Quiet>
      {isMeasured && (
        <Curve>
          <Sparkline
            stream="heatpump"
            deviceId={heatPump.deviceId}
            field="actual_temp"
            {...lookOf(heatPump, 'actual_temp')}
            colour={measurementColours.room[mode]}
            heightPx={88}
          />
        </Curve>
      )}
    </Card>
  );
}
