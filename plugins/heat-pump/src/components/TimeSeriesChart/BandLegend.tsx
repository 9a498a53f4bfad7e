import type { Band } from '@homelab/plugin-heat-pump-common';
import { bandKinds } from '@homelab/plugin-heat-pump-common';
import { measurementColours } from '@homelab/telemetry';
import { styled, useTheme } from '@mui/material/styles';
import { bandLooks } from './chartSeries';

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

/** What the coloured stretches behind the lines mean; only those that are there. */
export function BandLegend(props: { bands: readonly Band[] }) {
  const { mode } = useTheme().palette;
  const present = bandKinds.filter(kind =>
    props.bands.some(band => band.kind === kind),
  );
  if (present.length === 0) return null;
  return (
    <Root aria-label="Meaning of the coloured stretches">
      {present.map(kind => {
        const look = bandLooks[kind];
        return (
          <Item key={kind}>
            <svg width={16} height={12} aria-hidden>
              <rect
                width={16}
                height={look.strip ? 4 : 12}
                y={look.strip ? 4 : 0}
                rx={2}
                fill={measurementColours[look.colour][mode]}
                opacity={look.strip ? 0.8 : 0.35}
              />
            </svg>
            {look.label}
          </Item>
        );
      })}
    </Root>
  );
}
