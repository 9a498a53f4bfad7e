import type { EnergyPrices } from '@homelab/homelab-api-client';
import {
  formatClock,
  formatDayTime,
  formatNumber,
  Panel,
  PanelTitle,
  useNow,
  useSiteClock,
  VisuallyHidden,
} from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import { styled, useTheme } from '@mui/material/styles';
import type { Figure } from '../../figure';

type Slot = EnergyPrices['data'][number];

const minuteMs = 60_000;

const Sentence = styled('p')(({ theme }) => ({
  margin: theme.spacing(1, 0, 2),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
}));

const Bars = styled('div')({
  display: 'flex',
  alignItems: 'flex-end',
  gap: 1,
  height: 96,
});

const Bar = styled('div')({ flex: '1 1 0', minHeight: 2, borderRadius: 2 });

const Ends = styled('div')(({ theme }) => ({
  display: 'flex',
  justifyContent: 'space-between',
  marginTop: theme.spacing(0.5),
  fontSize: '0.75rem',
  color: theme.palette.text.secondary,
}));

/** The price of electricity now and in the slots to come; nothing without a tariff. */
export function PricePanel(props: { prices: Figure<EnergyPrices> }) {
  const { value } = props.prices;
  const { timeZone, clockOffsetMs } = useSiteClock();
  const { mode } = useTheme().palette;
  const nowMs = useNow(minuteMs) + clockOffsetMs;
  const slots = (value?.data ?? []).filter(({ to }) => Date.parse(to) > nowMs);
  const [now, ...later] = slots;
  const last = slots.at(-1);
  if (value === undefined || now === undefined || last === undefined) {
    return null;
  }
  const unit = `${value.currency ?? ''}/kWh`;
  const top = Math.max(...slots.map(({ price }) => price), 0);
  const heightOf = ({ price }: Slot) =>
    top === 0 ? 0 : (100 * Math.max(0, price)) / top;
  const colour = (slot: Slot) =>
    measurementColours[slot === now ? 'electricity' : 'neutral'][mode];
  return (
    <Panel aria-label="Price of electricity">
      <PanelTitle>Price of electricity</PanelTitle>
      <Sentence>
        <strong>
          {formatNumber(now.price, 2)} {unit} now
        </strong>
        , until {formatClock(now.to, timeZone)}.{' '}
        {cheapestWords(now, later, timeZone)}
      </Sentence>
      <Bars aria-hidden>
        {slots.map(slot => (
          <Bar
            key={slot.from}
            style={{ height: `${heightOf(slot)}%`, background: colour(slot) }}
            title={`${formatDayTime(slot.from, timeZone)}: ${formatNumber(slot.price, 2)} ${unit}`}
          />
        ))}
      </Bars>
      <Ends aria-hidden>
        <span>now</span>
        <span>{formatDayTime(last.to, timeZone)}</span>
      </Ends>
      <VisuallyHidden>
        <table>
          <caption>Prices to come, {unit}</caption>
          <tbody>
            {slots.map(slot => (
              <tr key={slot.from}>
                <th scope="row">{formatDayTime(slot.from, timeZone)}</th>
                <td>{formatNumber(slot.price, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </Panel>
  );
}

/** When it gets cheapest, or that it does not get cheaper. */
function cheapestWords(
  now: Slot,
  later: readonly Slot[],
  timeZone: string,
): string {
  const cheapest = later.reduce(
    (best, slot) => (slot.price < best.price ? slot : best),
    now,
  );
  if (cheapest === now) {
    return later.length === 0
      ? 'Later prices are not known yet.'
      : 'It does not get cheaper as far as prices are known.';
  }
  return `Cheapest on ${formatDayTime(cheapest.from, timeZone)}: ${formatNumber(cheapest.price, 2)}.`;
}
