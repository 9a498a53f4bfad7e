import { styled, useTheme } from '@mui/material/styles';
import { heatColours } from './heatColours';
import { heatLabels } from './heatSteps';
import type { HeatMetric } from './heatSteps';

const Root = styled('ul')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(0.5, 1.5),
  margin: 0,
  padding: 0,
  listStyle: 'none',
  fontSize: '0.75rem',
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
  '& li': { display: 'flex', alignItems: 'center', gap: 6 },
}));

const Swatch = styled('span')(({ theme }) => ({
  boxSizing: 'border-box',
  width: 14,
  height: 14,
  borderRadius: 3,
  border: `1px solid ${theme.palette.divider}`,
}));

/** The meaning of the colours of a heat strip. */
export function HeatLegend(props: { metric: HeatMetric }) {
  const { mode } = useTheme().palette;
  return (
    <Root aria-label="Meaning of the colours">
      {heatLabels[props.metric].map((label, step) => (
        <li key={label}>
          <Swatch style={{ background: heatColours[mode][step]?.fill }} />
          {label}
        </li>
      ))}
    </Root>
  );
}
