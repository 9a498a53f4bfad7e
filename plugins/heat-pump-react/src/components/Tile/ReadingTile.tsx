import type { DeviceReading } from '@homelab/heat-pump';
import { Quantity, Tile, VisuallyHidden } from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import type { ColourToken } from '@homelab/telemetry';
import { useTheme } from '@mui/material/styles';
import { memo } from 'react';
import type { ReactNode } from 'react';
import { ReadingAge, useFreshness } from '../Age';

/** Readings that are less far apart are of the same age to a reader. */
const sameAgeMs = 60_000;

function isSameAge(one: DeviceReading, other: DeviceReading): boolean {
  const apartMs = Date.parse(one.asOf) - Date.parse(other.asOf);
  return Math.abs(apartMs) < sameAgeMs;
}

/** One live number with its age. */
export const ReadingTile = memo(function DrawnReadingTile(props: {
  label: string;
  /** The source of the value; determines age and freshness. */
  reading: DeviceReading;
  /** The reading whose age stands above; the tile has one of its own only if it differs. */
  beside?: DeviceReading;
  value: number | null;
  decimals: number;
  unit: string;
  colour: ColourToken;
  /** What to compare the value with, or why it is unknown. */
  note?: ReactNode;
  large?: boolean;
}) {
  const { label, reading, value, decimals, unit, colour, note, large } = props;
  const freshness = useFreshness(reading);
  const { mode } = useTheme().palette;
  const hasOwnAge =
    props.beside === undefined || !isSameAge(reading, props.beside);
  return (
    <Tile
      label={label}
      markColour={measurementColours[colour][mode]}
      freshness={freshness}
      large={large}
      note={
        <>
          {note !== undefined && <span>{note}</span>}
          {hasOwnAge && <ReadingAge reading={reading} compact />}
          {!hasOwnAge && freshness !== 'fresh' && (
            <VisuallyHidden>last known</VisuallyHidden>
          )}
        </>
      }
    >
      <Quantity value={value} decimals={decimals} unit={unit} />
    </Tile>
  );
});
