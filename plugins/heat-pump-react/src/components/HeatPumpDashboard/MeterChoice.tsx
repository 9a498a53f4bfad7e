import type { EnergyDeviceReading } from '@homelab/heat-pump';
import { formatNumber } from '@homelab/portal-react/ui';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { memo, useId } from 'react';
import { lookOf } from '../measurements';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(1),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.primary,
}));

const Buttons = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(1),
  '& button': {
    textTransform: 'none',
    overflowWrap: 'anywhere',
    '@media (pointer: coarse)': { minHeight: 44 },
  },
}));

/** There may be many, each with readings of its own. */
const One = memo(function DrawnOne(props: {
  meter: EnergyDeviceReading;
  onChoose(deviceId: string): void;
}) {
  const { meter, onChoose } = props;
  return (
    <Button
      variant="outlined"
      size="small"
      onClick={() => onChoose(meter.deviceId)}
    >
      {meter.deviceId}, {powerWords(meter)}
    </Button>
  );
});

/** Asks which of several meters is that of the house; a guess could mislead. */
export function MeterChoice(props: {
  meters: readonly EnergyDeviceReading[];
  onChoose(deviceId: string): void;
}) {
  const { meters } = props;
  const id = useId();
  return (
    <Root role="group" aria-labelledby={id}>
      <div id={id}>
        <strong>{meters.length} meters: choose one.</strong> Which one measures
        the whole house?
      </div>
      <Buttons>
        {meters.map(meter => (
          <One key={meter.deviceId} meter={meter} onChoose={props.onChoose} />
        ))}
      </Buttons>
    </Root>
  );
}

function powerWords(meter: EnergyDeviceReading): string {
  const { decimals, unit } = lookOf(meter, 'power_kw');
  const { power_kw: powerKw } = meter.reading;
  return powerKw === null
    ? 'power unknown'
    : `${formatNumber(powerKw, decimals)} ${unit}`;
}
