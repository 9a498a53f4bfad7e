import { Quantity } from '@homelab/portal-react/ui';
import { measurementColours } from '@homelab/telemetry';
import { styled, useTheme } from '@mui/material/styles';

const List = styled('dl')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: theme.spacing(1),
  margin: 0,
}));

const Row = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) auto',
  gap: '2px 16px',
  fontSize: '0.875rem',
  lineHeight: 1.4,
});

const Name = styled('dt')(({ theme }) => ({
  color: theme.palette.text.secondary,
}));

const Value = styled('dd')(({ theme }) => ({
  margin: 0,
  textAlign: 'right',
  color: theme.palette.text.primary,
}));

const Track = styled('div')(({ theme }) => ({
  gridColumn: '1 / -1',
  height: 8,
  borderRadius: 4,
  background: theme.palette.action.hover,
  overflow: 'hidden',
}));

const Bar = styled('div')({
  height: '100%',
  borderRadius: 4,
  transition: 'width 200ms',
  '@media (prefers-reduced-motion: reduce)': { transition: 'none' },
});

/** Amounts of energy as bars from zero, on one scale. */
export function CompareBars(props: {
  bars: readonly { label: string; kwh: number | null; isMain?: boolean }[];
}) {
  const { mode } = useTheme().palette;
  const greatest = Math.max(0, ...props.bars.map(({ kwh }) => kwh ?? 0));
  const percentOf = (kwh: number | null) =>
    greatest === 0 ? 0 : (100 * Math.max(0, kwh ?? 0)) / greatest;
  return (
    <List>
      {props.bars.map(({ label, kwh, isMain = false }) => (
        <Row key={label}>
          <Name>{label}</Name>
          <Value>
            <Quantity value={kwh} decimals={1} unit="kWh" />
          </Value>
          <Track aria-hidden>
            <Bar
              style={{
                width: `${percentOf(kwh)}%`,
                background:
                  measurementColours[isMain ? 'electricity' : 'neutral'][mode],
              }}
            />
          </Track>
        </Row>
      ))}
    </List>
  );
}
