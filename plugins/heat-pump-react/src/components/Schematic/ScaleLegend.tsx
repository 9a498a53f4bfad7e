import { styled, useTheme } from '@mui/material/styles';
import { scaleEndsC, temperatureColour } from './temperatureColour';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'flex-end',
  gap: theme.spacing(1),
  marginTop: theme.spacing(1),
  fontSize: '0.75rem',
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}));

const Bar = styled('div')({ width: 120, height: 6, borderRadius: 3 });

/** Legend of the pipe colours. */
export function ScaleLegend() {
  const { mode } = useTheme().palette;
  const { cold, warm } = scaleEndsC;
  const stops = [cold, (cold + warm) / 2, warm].map(temperature =>
    temperatureColour(temperature, mode),
  );
  return (
    <Root
      role="img"
      aria-label="Pipe colours: from blue at −10 °C to red at 65 °C"
    >
      <span aria-hidden>−10</span>
      <Bar
        sx={{
          background: `linear-gradient(in oklab to right, ${stops.join(', ')})`,
        }}
      />
      <span aria-hidden>65 °C</span>
    </Root>
  );
}
