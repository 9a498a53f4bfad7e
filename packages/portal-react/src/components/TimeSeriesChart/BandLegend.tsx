import { styled, useTheme } from '@mui/material/styles';
import type { ChartBand } from './chartSeries';

const Root = styled('ul')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  gap: theme.spacing(0.5, 2),
  margin: 0,
  padding: 0,
  listStyle: 'none',
  fontSize: '0.75rem',
  color: theme.palette.text.secondary,
}));

const Item = styled('li')({ display: 'flex', alignItems: 'center', gap: 6 });

/** Legend of the coloured bands behind the lines that are present. */
export function BandLegend(props: { bands: readonly ChartBand[] }) {
  const { mode } = useTheme().palette;
  const looks = new Map(props.bands.map(band => [band.label, band]));
  if (looks.size === 0) return null;
  return (
    <Root aria-label="Legend of the coloured bands">
      {[...looks.values()].map(({ label, colour, strip }) => (
        <Item key={label}>
          <svg width={16} height={12} aria-hidden>
            <rect
              width={16}
              height={strip ? 4 : 12}
              y={strip ? 4 : 0}
              rx={2}
              fill={colour[mode]}
              opacity={strip ? 0.8 : 0.35}
            />
          </svg>
          {label}
        </Item>
      ))}
    </Root>
  );
}
