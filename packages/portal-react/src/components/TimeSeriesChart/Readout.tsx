import ButtonBase from '@mui/material/ButtonBase';
import { styled, useTheme } from '@mui/material/styles';
import { focusRing } from '../Panel';
import { dash, Quantity } from '../Quantity';
import { lastValueIndex, nearestIndex } from './chartSeries';
import type { ChartLines, ValueWords } from './chartSeries';

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(0, 0.5),
  marginLeft: theme.spacing(-1),
  minHeight: 32,
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

const Time = styled('span')(({ theme }) => ({
  padding: theme.spacing(0.5, 1),
  minWidth: 132,
  fontVariantNumeric: 'tabular-nums',
}));

const Toggle = styled(ButtonBase)(({ theme }) => ({
  ...focusRing(theme),
  display: 'inline-flex',
  gap: 6,
  alignItems: 'center',
  minHeight: 32,
  padding: theme.spacing(0, 1),
  borderRadius: 6,
  fontFamily: 'inherit',
  fontSize: 'inherit',
  color: theme.palette.text.secondary,
  '&[aria-pressed="false"] svg': { opacity: 0.4 },
  '&:hover': { background: theme.palette.action.hover },
  '@media (pointer: coarse)': { minHeight: 44 },
}));

const Reading = styled('span')(({ theme }) => ({
  minWidth: '4.2em',
  textAlign: 'right',
  fontWeight: 600,
  color: theme.palette.text.primary,
}));

/** The newest point at which any line has a value. */
function lastPoint({ lines }: ChartLines): number {
  return Math.max(-1, ...lines.map(({ mean }) => lastValueIndex(mean)));
}

/**
 * Every value at the cursor, or the last ones; each name toggles its line. The time that they
 * are of always stands before them.
 */
export function Readout(props: {
  chart: ChartLines;
  hidden: ReadonlySet<string>;
  onToggle(id: string): void;
  cursorIndex: number | null;
  unit: string;
  decimals: number;
  words?: ValueWords;
  /** What a point stands for: `mean of 5 min`. */
  pointWords?: string;
  /** Writes the time of a point. */
  writeTime(timeMs: number): string;
}) {
  const { chart, hidden, cursorIndex, unit, decimals, words } = props;
  const { mode } = useTheme().palette;
  const timeMs = chart.time[cursorIndex ?? lastPoint(chart)];
  return (
    <Root>
      <Time>
        {timeMs !== undefined && props.writeTime(timeMs)}
        {props.pointWords !== undefined && <>, {props.pointWords}</>}
      </Time>
      {chart.lines.map(line => {
        const index =
          cursorIndex === null
            ? lastValueIndex(line.mean)
            : nearestIndex(line.mean, cursorIndex);
        return (
          <Toggle
            key={line.id}
            aria-pressed={!hidden.has(line.id)}
            title={hidden.has(line.id) ? 'Show this line' : 'Hide this line'}
            onClick={() => props.onToggle(line.id)}
          >
            <svg width={18} height={10} aria-hidden>
              <line
                x1={1}
                x2={17}
                y1={5}
                y2={5}
                strokeWidth={3}
                strokeDasharray={line.dashed ? '4 3' : undefined}
                stroke={line.colour[mode]}
              />
            </svg>
            {line.label}
            {!hidden.has(line.id) && (
              <Reading>
                {words ? (
                  writeKnown(line.mean[index], words)
                ) : (
                  <Quantity
                    value={line.mean[index]}
                    decimals={line.decimals ?? decimals}
                    unit={unit}
                  />
                )}
              </Reading>
            )}
          </Toggle>
        );
      })}
    </Root>
  );
}

function writeKnown(
  value: number | null | undefined,
  words: ValueWords,
): string {
  return value === null || value === undefined ? dash : words.write(value);
}
