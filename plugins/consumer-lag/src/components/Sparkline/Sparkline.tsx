import { formatCount } from '@homelab/plugin-consumer-lag-common';
import type { Severity, Spark } from '@homelab/plugin-consumer-lag-common';
import { toneColour } from '@homelab/portal-react';
import { styled, useTheme } from '@mui/material/styles';
import { compactCount } from '../Figures';
import { sparkPath } from './sparkPath';

const widthPx = 96;
const heightPx = 26;

const Root = styled('span')(({ theme }) => ({
  display: 'inline-flex',
  alignItems: 'flex-end',
  gap: 8,
  fontSize: '0.75rem',
  lineHeight: 1,
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
  '& svg': { overflow: 'visible', flex: 'none' },
}));

function wordsOf(values: readonly (number | null)[]): string {
  const known = values.filter(value => value !== null);
  const last = values[values.length - 1] ?? null;
  if (known.length === 0) return 'Lag of the last hour: unknown';
  const peak = formatCount(Math.max(...known));
  const now = last === null ? 'unknown' : formatCount(last);
  return `Lag of the last hour: at most ${peak}, now ${now}`;
}

/**
 * The lag of the last hour, from zero to its peak, which is written beside it. Unknown values
 * leave gaps. Coloured only when something is wrong.
 */
export function Sparkline(props: { spark: Spark; severity: Severity }) {
  const theme = useTheme();
  const { lag } = props.spark;
  const known = lag.filter(value => value !== null);
  const peak = Math.max(0, ...known);
  const { line, area, end } = sparkPath(lag, { widthPx, heightPx });
  const isTroubled = props.severity === 'act' || props.severity === 'watch';
  const colour = isTroubled
    ? toneColour(theme, props.severity)
    : theme.palette.text.secondary;
  return (
    <Root role="img" aria-label={wordsOf(lag)} title={wordsOf(lag)}>
      <svg width={widthPx} height={heightPx} aria-hidden>
        <line
          x1={0}
          x2={widthPx}
          y1={heightPx - 0.5}
          y2={heightPx - 0.5}
          stroke={theme.palette.divider}
        />
        <path d={area} fill={colour} opacity={0.16} />
        <path
          d={line}
          fill="none"
          stroke={colour}
          strokeWidth={1.5}
          strokeLinejoin="round"
        />
        {end && <circle cx={end.x} cy={end.y} r={2.5} fill={colour} />}
      </svg>
      {peak > 0 && <span aria-hidden>{compactCount(peak)}</span>}
    </Root>
  );
}
