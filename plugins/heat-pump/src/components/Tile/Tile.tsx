import type { DeviceReading } from '@homelab/plugin-heat-pump-common';
import { measurementColours } from '@homelab/telemetry';
import type { ColourToken } from '@homelab/telemetry';
import { styled } from '@mui/material/styles';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { Age, useAge } from '../Age';
import { dash, Quantity } from '../Quantity';

const Root = styled('div', {
  shouldForwardProp: name => name !== 'dimmed',
})<{ dimmed: boolean }>(({ dimmed }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: 2,
  minWidth: 0,
  opacity: dimmed ? 0.62 : 1,
  transition: 'opacity 200ms',
}));

const Label = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: theme.spacing(1),
  fontSize: '0.8125rem',
  lineHeight: 1.4,
  color: theme.palette.text.secondary,
}));

const Mark = styled('span')({
  flex: 'none',
  width: 8,
  height: 8,
  borderRadius: 2,
});

const Value = styled('div', {
  shouldForwardProp: name => name !== 'large',
})<{ large: boolean }>(({ theme, large }) => ({
  fontSize: large ? '2rem' : '1.625rem',
  fontWeight: 600,
  lineHeight: 1.15,
  letterSpacing: '-0.01em',
  color: theme.palette.text.primary,
}));

const Note = styled('div')(({ theme }) => ({
  // The age stands on a line of its own, for its growing text must not move anything.
  display: 'flex',
  flexDirection: 'column',
  fontSize: '0.75rem',
  lineHeight: 1.4,
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}));

/** A device without any reading: everything about it is a dash. */
function EmptyTile(props: {
  label: string;
  note?: ReactNode;
  large?: boolean;
}) {
  const id = useId();
  return (
    <Root role="group" aria-labelledby={id} dimmed={false}>
      <Label>
        <span id={id}>{props.label}</span>
      </Label>
      <Value large={props.large === true}>{dash}</Value>
      <Note>{props.note}</Note>
    </Root>
  );
}

interface TileProps {
  label: string;
  /** Where the value comes from; decides age and freshness. */
  reading: DeviceReading | null;
  value: number | null;
  decimals: number;
  unit: string;
  colour: ColourToken;
  /** What to compare the value with, or why it is not known. */
  note?: ReactNode;
  large?: boolean;
}

function ReadTile(props: TileProps & { reading: DeviceReading }) {
  const { freshness } = useAge(props.reading);
  const id = useId();
  return (
    <Root
      role="group"
      aria-labelledby={id}
      data-freshness={freshness}
      dimmed={freshness !== 'fresh'}
    >
      <Label>
        <Mark
          aria-hidden
          sx={theme => ({
            background: measurementColours[props.colour][theme.palette.mode],
          })}
        />
        <span id={id}>{props.label}</span>
      </Label>
      <Value large={props.large === true}>
        <Quantity
          value={props.value}
          decimals={props.decimals}
          unit={props.unit}
        />
      </Value>
      <Note>
        {props.note !== undefined && <span>{props.note}</span>}
        <Age reading={props.reading} compact />
      </Note>
    </Root>
  );
}

/**
 * One live number with its name, what to compare it with, and its age. Named by its
 * label for tests and screen readers: `group "Supply"` holds `38.0 °C`.
 */
export function Tile(props: TileProps) {
  const { reading } = props;
  return reading === null ? (
    <EmptyTile {...props} />
  ) : (
    <ReadTile {...props} reading={reading} />
  );
}
