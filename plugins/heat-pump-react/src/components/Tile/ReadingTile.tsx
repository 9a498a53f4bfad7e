import type { DeviceReading } from '@homelab/heat-pump';
import { Quantity, Tile } from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import type { ColourToken } from '@homelab/telemetry';
import { useTheme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { ReadingAge, useReadingAge } from '../Age';

/** One live number with its age. */
export function ReadingTile(props: {
  label: string;
  /** The source of the value; determines age and freshness. */
  reading: DeviceReading;
  value: number | null;
  decimals: number;
  unit: string;
  colour: ColourToken;
  /** What to compare the value with, or why it is unknown. */
  note?: ReactNode;
  large?: boolean;
}) {
  const { label, reading, value, decimals, unit, colour, note, large } = props;
  const { freshness } = useReadingAge(reading);
  const { mode } = useTheme().palette;
  return (
    <Tile
      label={label}
      markColour={measurementColours[colour][mode]}
      freshness={freshness}
      large={large}
      note={
        <>
          {note !== undefined && <span>{note}</span>}
          <ReadingAge reading={reading} compact />
        </>
      }
    >
      <Quantity value={value} decimals={decimals} unit={unit} />
    </Tile>
  );
}
