import { copOf, describeState } from '@homelab/heat-pump';
import type { HeatpumpDeviceReading } from '@homelab/heat-pump';
import {
  focusRing,
  formatNumber,
  Panel,
  StatusMark,
  whenNarrow,
  whenOneColumn,
} from '@homelab/portal-react/ui';
import ButtonBase from '@mui/material/ButtonBase';
import { styled } from '@mui/material/styles';
import { memo } from 'react';
import { ReadingAge, useFreshness } from '../Age';
import { lookOf } from '../measurements';

const List = styled('ul')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(280px, 1fr))',
  gap: theme.spacing(2),
  margin: 0,
  padding: 0,
  listStyle: 'none',
  [whenOneColumn]: { gridTemplateColumns: 'minmax(0, 1fr)' },
}));

const Card = styled(Panel)(({ theme }) => ({
  padding: 0,
  [whenNarrow]: { padding: 0 },
  '&[data-chosen="true"]': {
    borderColor: theme.palette.primary.main,
    boxShadow: `inset 0 0 0 1px ${theme.palette.primary.main}`,
  },
})) as typeof Panel;

const Choose = styled(ButtonBase)(({ theme }) => ({
  ...focusRing(theme),
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'flex-start',
  gap: theme.spacing(0.5),
  width: '100%',
  padding: theme.spacing(2),
  borderRadius: 10,
  textAlign: 'left',
  fontFamily: 'inherit',
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.primary,
  '& strong': { fontWeight: 600, overflowWrap: 'anywhere' },
  '& .numbers': {
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
}));

function numbersOf(heatPump: HeatpumpDeviceReading): string {
  const { reading } = heatPump;
  const write = (field: string, value: number) => {
    const { decimals, unit } = lookOf(heatPump, field);
    return `${formatNumber(value, decimals)} ${unit}`.trim();
  };
  const known: [string, string, number | null][] = [
    ['room', 'actual_temp', reading.actual_temp],
    ['supply', 'supply_temp', reading.supply_temp],
    ['power', 'power_consumption_kw', reading.power_consumption_kw],
    ['COP', 'cop', copOf(reading).value],
  ];
  return known
    .flatMap(([label, field, value]) =>
      value === null ? [] : [`${label} ${write(field, value)}`],
    )
    .join(', ');
}

/** There may be many, each with readings of its own. */
const One = memo(function DrawnOne(props: {
  heatPump: HeatpumpDeviceReading;
  isChosen: boolean;
  onChoose(deviceId: string): void;
}) {
  const { heatPump, isChosen } = props;
  const freshness = useFreshness(heatPump);
  const state = describeState(
    heatPump.reading,
    freshness,
    heatPump.wholeFields,
  );
  return (
    <Card as="li" data-chosen={isChosen}>
      <Choose
        aria-pressed={isChosen}
        onClick={() => props.onChoose(heatPump.deviceId)}
      >
        <strong>{heatPump.deviceId}</strong>
        <StatusMark
          tone={state.tone}
          stale={freshness !== 'fresh'}
          word={state.word}
        />
        <span className="numbers">{numbersOf(heatPump)}</span>
        <ReadingAge reading={heatPump} />
      </Choose>
    </Card>
  );
});

/** Several heat pumps side by side; the chosen one is shown in full below. */
export function HeatPumpChoice(props: {
  heatPumps: readonly HeatpumpDeviceReading[];
  chosen: string | null;
  onChoose(deviceId: string): void;
}) {
  return (
    <List aria-label="Heat pumps">
      {props.heatPumps.map(heatPump => (
        <One
          key={heatPump.deviceId}
          heatPump={heatPump}
          isChosen={heatPump.deviceId === props.chosen}
          onChoose={props.onChoose}
        />
      ))}
    </List>
  );
}
