import type { DeviceReading } from '@homelab/plugin-heat-pump-common';
import { dash, Quantity, Tile } from '@homelab/portal-react';
import { measurementColours } from '@homelab/telemetry';
import type { ColourToken } from '@homelab/telemetry';
import { useTheme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { ReadingAge, useReadingAge } from '../Age';

interface ReadingTileProps {
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

function ReadTile(props: ReadingTileProps & { reading: DeviceReading }) {
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

/** One live number with its age; a dash for a device without any reading. */
export function ReadingTile(props: ReadingTileProps) {
  const { reading, label, note, large } = props;
  return reading === null ? (
    <Tile label={label} note={note} large={large}>
      {dash}
    </Tile>
  ) : (
    <ReadTile {...props} reading={reading} />
  );
}
