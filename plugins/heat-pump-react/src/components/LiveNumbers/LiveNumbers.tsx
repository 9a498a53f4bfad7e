import { copOf, heatOutputOf } from '@homelab/heat-pump';
import type {
  EnergyDeviceReading,
  HeatpumpDeviceReading,
} from '@homelab/heat-pump';
import type { HeatPumpSummary } from '@homelab/homelab-api-client';
import { formatNumber, whenNarrow } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import { lookOf } from '../measurements';
import { ReadingTile } from '../Tile';

const Large = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
  gap: theme.spacing(3, 2),
  paddingBottom: theme.spacing(4),
  [whenNarrow]: {
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  },
}));

const Small = styled('div')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
  gap: theme.spacing(3, 2),
  [whenNarrow]: {
    gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
  },
}));

/** Electric power of the heat pump if known, else of the whole house, labelled as such. */
function PowerTile(props: {
  heatPump: HeatpumpDeviceReading;
  meter: EnergyDeviceReading | null;
}) {
  const { heatPump, meter } = props;
  const ownKw = heatPump.reading.power_consumption_kw;
  if (ownKw === null && meter !== null) {
    return (
      <ReadingTile
        large
        label="House power"
        reading={meter}
        value={meter.reading.power_kw}
        {...lookOf(meter, 'power_kw')}
        note="the whole house"
      />
    );
  }
  return (
    <ReadingTile
      large
      label="Electric power"
      reading={heatPump}
      value={ownKw}
      {...lookOf(heatPump, 'power_consumption_kw')}
      note={ownKw === null ? 'no electricity meter' : 'the heat pump'}
    />
  );
}

/** The COP of longer times beside that of now, as far as they are known. */
function copOverTime(summary: HeatPumpSummary | undefined): string | undefined {
  const windows = [
    ['today', summary?.today],
    ['30 days', summary?.last_30_days],
  ] as const;
  const known = windows.flatMap(([words, window]) => {
    const cop = window?.cop ?? null;
    return cop === null ? [] : [`${words} ${formatNumber(cop, 1)}`];
  });
  return known.length === 0 ? undefined : known.join(', ');
}

function DerivedTiles(props: {
  heatPump: HeatpumpDeviceReading;
  summary: HeatPumpSummary | undefined;
}) {
  const { heatPump, summary } = props;
  const overTime = copOverTime(summary);
  const heat = heatOutputOf(heatPump.reading);
  const cop = copOf(heatPump.reading);
  const heatNotes = {
    measured: 'measured',
    computed: 'from flow',
    unknown: 'no heat meter',
  };
  return (
    <>
      <ReadingTile
        large
        label="Heat output"
        reading={heatPump}
        value={heat.value}
        {...lookOf(heatPump, 'heat_output_kw')}
        note={heatNotes[heat.basis]}
      />
      <ReadingTile
        large
        label="COP"
        reading={heatPump}
        value={cop.value}
        {...lookOf(heatPump, 'cop')}
        note={overTime ?? cop.basis}
      />
    </>
  );
}

interface SmallTile {
  label: string;
  field:
    | 'supply_temp'
    | 'return_temp'
    | 'actual_temp'
    | 'outdoor_temp'
    | 'hot_water_temp'
    | 'degree_minutes'
    | 'circulation_pump_pct'
    | 'flow_rate_lpm'
    | 'brine_in_temp'
    | 'brine_out_temp'
    | 'compressor_hz'
    | 'compressor_starts'
    | 'total_consumed_kwh';
  target?: 'supply_target_temp' | 'target_temp' | 'hot_water_target_temp';
}

/** Values that ground-source and air-source heat pumps share. */
const commonTiles: readonly SmallTile[] = [
  { label: 'Supply', field: 'supply_temp', target: 'supply_target_temp' },
  { label: 'Return', field: 'return_temp' },
  { label: 'Room', field: 'actual_temp', target: 'target_temp' },
  {
    label: 'Hot water',
    field: 'hot_water_temp',
    target: 'hot_water_target_temp',
  },
  { label: 'Outdoor', field: 'outdoor_temp' },
];

/** The grid is filled with the first of these that are known. */
const furtherTiles: readonly SmallTile[] = [
  { label: 'Degree minutes', field: 'degree_minutes' },
  { label: 'Brine in', field: 'brine_in_temp' },
  { label: 'Brine out', field: 'brine_out_temp' },
  { label: 'Flow', field: 'flow_rate_lpm' },
  { label: 'Pump speed', field: 'circulation_pump_pct' },
  { label: 'Compressor', field: 'compressor_hz' },
  { label: 'Starts', field: 'compressor_starts' },
  { label: 'Electricity used', field: 'total_consumed_kwh' },
];

const furtherCount = 4;

function smallTilesOf({ reading }: HeatpumpDeviceReading): SmallTile[] {
  const known = furtherTiles.filter(({ field }) => reading[field] !== null);
  return [...commonTiles, ...known.slice(0, furtherCount)];
}

function noteOf(tile: SmallTile, heatPump: HeatpumpDeviceReading) {
  const { reading } = heatPump;
  if (tile.target !== undefined) {
    const target = reading[tile.target];
    const { decimals } = lookOf(heatPump, tile.target);
    return target === null
      ? undefined
      : `target ${formatNumber(target, decimals)} °C`;
  }
  if (tile.field === 'return_temp') {
    const { supply_temp: supply, return_temp: back } = reading;
    if (supply === null || back === null) return undefined;
    const decimals = Math.max(
      lookOf(heatPump, 'supply_temp').decimals,
      lookOf(heatPump, 'return_temp').decimals,
    );
    return `${formatNumber(supply - back, decimals)} K below supply`;
  }
  return undefined;
}

/** The live numbers of a heat pump and its house, each with its own age. */
export function LiveNumbers(props: {
  heatPump: HeatpumpDeviceReading;
  meter: EnergyDeviceReading | null;
  /** Absent until it is known. */
  summary?: HeatPumpSummary;
}) {
  const { heatPump, meter, summary } = props;
  return (
    <div>
      <Large>
        <PowerTile heatPump={heatPump} meter={meter} />
        <DerivedTiles heatPump={heatPump} summary={summary} />
      </Large>
      <Small>
        {smallTilesOf(heatPump).map(tile => (
          <ReadingTile
            key={tile.field}
            label={tile.label}
            reading={heatPump}
            value={heatPump.reading[tile.field]}
            {...lookOf(heatPump, tile.field)}
            note={noteOf(tile, heatPump)}
          />
        ))}
      </Small>
    </div>
  );
}
