import { dayEdges } from '@homelab/heat-pump';
import {
  formatClock,
  formatNumber,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import { styled, useTheme } from '@mui/material/styles';
import { api } from '../api/api.ts';
import { useFigure } from '../api/useFigure.ts';

const hourMs = 3_600_000;

const Root = styled('div')(({ theme }) => ({
  marginTop: 'auto',
  '& ol': {
    display: 'flex',
    alignItems: 'flex-end',
    gap: 2,
    height: 56,
    margin: 0,
    padding: 0,
    listStyle: 'none',
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  '& li': { flex: 1, minWidth: 0, borderRadius: '3px 3px 0 0' },
  '& small': {
    display: 'flex',
    justifyContent: 'space-between',
    paddingTop: 4,
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** The energy of each hour of today as bars from zero, at their place in the day. */
export function HourBars({ deviceId }: { deviceId: string }) {
  const { timeZone, clockOffsetMs } = useSiteClock();
  const { mode } = useTheme().palette;
  const nowMs = useNow(60_000) + clockOffsetMs;
  const [fromMs = nowMs, toMs = nowMs] = dayEdges(nowMs, nowMs, timeZone);
  const { value } = useFigure(['hours', deviceId, fromMs], options =>
    api.energyHourly(
      { deviceId, from: new Date(fromMs), to: new Date(toMs) },
      options,
    ),
  );
  const kwhAt = new Map(
    value?.data.map(({ timestamp, energy_kwh }) => [
      Date.parse(timestamp),
      energy_kwh,
    ]),
  );
  // A day of 23 or 25 hours has as many places.
  const hours = Array.from(
    { length: Math.round((toMs - fromMs) / hourMs) },
    (_, index) => fromMs + index * hourMs,
  );
  if (value?.data.every(({ energy_kwh }) => energy_kwh === null)) return null;
  const most = Math.max(0.5, ...[...kwhAt.values()].map(kwh => kwh ?? 0));
  return (
    <Root>
      <ol aria-label="Energy of each hour of today">
        {hours.map(hour => {
          const kwh = kwhAt.get(hour) ?? null;
          const clock = formatClock(hour, timeZone);
          const words =
            kwh === null ? 'not known' : `${formatNumber(kwh, 2)} kWh`;
          return (
            <li
              key={hour}
              title={hour < nowMs ? `${clock}: ${words}` : undefined}
              aria-hidden={hour >= nowMs}
              aria-label={`${clock}: ${words}`}
              style={{
                height: `${(100 * Math.max(0, kwh ?? 0)) / most}%`,
                background: measurementColours.electricity[mode],
              }}
            />
          );
        })}
      </ol>
      <small aria-hidden>
        <span>0:00</span>
        <span>up to {formatNumber(most, 1)} kWh an hour</span>
        <span>24:00</span>
      </small>
    </Root>
  );
}
