import { copOf, heatOutputOf } from '@homelab/heat-pump';
import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import type { HeatPumpSummary } from '@homelab/homelab-api-client';
import { formatNumber, whenNarrow } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { lookOf } from '../measurements';
import { ReadingTile } from '../Tile';
import { temperatureNote } from './temperatureNote';

const Grid = styled('div', {
  shouldForwardProp: name => name !== 'columns',
})<{ columns: number }>(({ theme, columns }) => ({
  display: 'grid',
  gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
  gap: theme.spacing(3, 2),
  [whenNarrow]: {
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
    // One alone in its row would look as if its neighbour was missing.
    '& > :last-of-type:nth-of-type(odd)': { gridColumn: '1 / -1' },
  },
}));

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(4),
}));

const Quiet = styled('p')(({ theme }) => ({
  margin: 0,
  fontSize: '0.8125rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
}));

/** A number of the view; one that is not known is not shown. */
interface Shown {
  label: string;
  /** Names its colour, unit and decimals. */
  field: string;
  value: number | null;
  /** The heat pump's own unless it differs. */
  reading?: EnergyDeviceReading;
  note?: ReactNode;
  /** What to call it among the unknown ones; nothing if it is not missed. */
  missedAs?: string;
}

interface LiveNumbersProps {
  heatPump: HeatpumpDeviceReading;
  meter: EnergyDeviceReading | null;
  /** Absent until it is known. */
  summary?: HeatPumpSummary;
  /** In place of the power of the house while its meter is not chosen. */
  meterChoice?: ReactNode;
}

/** Electric power of the heat pump if known, else of the whole house, labelled as such. */
function powerOf({ heatPump, meter }: LiveNumbersProps): Shown {
  const ownKw = heatPump.reading.power_consumption_kw;
  if (ownKw === null && meter !== null) {
    return {
      label: 'House power',
      field: 'power_kw',
      reading: meter,
      value: meter.reading.power_kw,
      note: 'the whole house',
    };
  }
  return {
    label: 'Electric power',
    field: 'power_consumption_kw',
    value: ownKw,
    note: 'the heat pump',
    missedAs: 'electric power',
  };
}

/** The COP of now, else of today, and that of longer times beside it, as far as they are known. */
function copShown({ heatPump, summary }: LiveNumbersProps): Shown {
  const now = copOf(heatPump.reading);
  const windows: [string, number | null | undefined][] = [
    ['today', summary?.today?.cop],
    ['30 days', summary?.last_30_days?.cop],
  ];
  const known = windows.flatMap(([words, cop]) =>
    typeof cop === 'number' ? [{ words, cop }] : [],
  );
  const shown = { label: 'COP', field: 'cop' };
  const write = (rest: typeof known) =>
    rest.map(({ words, cop }) => `${words} ${formatNumber(cop, 1)}`).join(', ');
  if (now.value !== null) {
    return { ...shown, value: now.value, note: write(known) || now.basis };
  }
  const [first, ...rest] = known;
  const note = [first?.words, write(rest)].filter(Boolean).join(', ');
  return { ...shown, value: first?.cop ?? null, note };
}

function largeOf(props: LiveNumbersProps): Shown[] {
  const { heatPump } = props;
  const { reading } = heatPump;
  const heat = heatOutputOf(reading);
  return [
    {
      label: 'Room',
      field: 'actual_temp',
      value: reading.actual_temp,
      note: temperatureNote(heatPump, 'actual_temp'),
      missedAs: 'room temperature',
    },
    powerOf(props),
    {
      label: 'Heat output',
      field: 'heat_output_kw',
      value: heat.value,
      note: heat.basis === 'computed' ? 'from flow' : 'measured',
      missedAs: 'heat output',
    },
    copShown(props),
  ];
}

type Field = Extract<keyof HeatpumpDeviceReading['reading'], string>;

const smallFields: readonly {
  label: string;
  field: Field;
  missedAs?: string;
}[] = [
  { label: 'Outdoor', field: 'outdoor_temp', missedAs: 'outdoor temperature' },
  { label: 'Supply', field: 'supply_temp', missedAs: 'supply temperature' },
  { label: 'Return', field: 'return_temp', missedAs: 'return temperature' },
  { label: 'Hot water', field: 'hot_water_temp', missedAs: 'hot water' },
  { label: 'Degree minutes', field: 'degree_minutes' },
  { label: 'Brine in', field: 'brine_in_temp' },
  { label: 'Brine out', field: 'brine_out_temp' },
  { label: 'Flow', field: 'flow_rate_lpm' },
  { label: 'Pump speed', field: 'circulation_pump_pct' },
  { label: 'Compressor', field: 'compressor_hz' },
];

/** Three rows of three; the rest is among all values. */
const maxSmall = 9;

function smallOf({ heatPump }: LiveNumbersProps): Shown[] {
  return smallFields.map(tile => {
    const value = heatPump.reading[tile.field];
    return {
      ...tile,
      value: typeof value === 'number' ? value : null,
      note: temperatureNote(heatPump, tile.field),
    };
  });
}

function NumberTile(props: {
  shown: Shown;
  heatPump: HeatpumpDeviceReading;
  large?: boolean;
}) {
  const { shown, heatPump, large } = props;
  const { label, field, value, note } = shown;
  const reading = shown.reading ?? heatPump;
  return (
    <ReadingTile
      large={large}
      label={label}
      reading={reading}
      beside={heatPump}
      value={value}
      {...lookOf(reading, field)}
      note={note}
    />
  );
}

/**
 * The live numbers of a heat pump and its house, the room first. What is not known is named
 * below instead of having a dash of its own.
 */
export function LiveNumbers(props: LiveNumbersProps) {
  const { heatPump, meterChoice } = props;
  const isKnown = ({ value }: Shown) => value !== null;
  const large = largeOf(props);
  const small = smallOf(props);
  const missed = [...large, ...small].flatMap(one =>
    isKnown(one) || one.missedAs === undefined ? [] : [one.missedAs],
  );
  return (
    <Root>
      <Grid columns={2}>
        {large.filter(isKnown).map(shown => (
          <NumberTile key={shown.label} large {...{ shown, heatPump }} />
        ))}
      </Grid>
      {meterChoice}
      <Grid columns={3}>
        {small
          .filter(isKnown)
          .slice(0, maxSmall)
          .map(shown => (
            <NumberTile key={shown.label} {...{ shown, heatPump }} />
          ))}
      </Grid>
      {missed.length > 0 && (
        <Quiet>Not in its readings: {missed.join(', ')}.</Quiet>
      )}
    </Root>
  );
}
