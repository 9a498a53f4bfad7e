import type { Stream } from '@homelab/telemetry';
import { formatNumber } from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import { api } from '../api/api.ts';
import { useFigure } from '../api/useFigure.ts';
import { sparklinePath } from './sparkline-path.ts';

const dayMs = 86_400_000;
const maxPoints = 96;

const Root = styled('div')(({ theme }) => ({
  display: 'flex',
  flexDirection: 'column',
  gap: 2,
  '& svg': { display: 'block', width: '100%', overflow: 'visible' },
  '& path': {
    fill: 'none',
    strokeWidth: 2,
    strokeLinecap: 'round',
    strokeLinejoin: 'round',
    vectorEffect: 'non-scaling-stroke',
  },
  '& path.area': { opacity: 0.12, strokeWidth: 0 },
  '& small': {
    display: 'flex',
    justifyContent: 'space-between',
    fontSize: '0.75rem',
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** The last 24 hours of a value as a quiet curve with its range; nothing until two points are known. */
export function Sparkline(props: {
  stream: Stream;
  deviceId: string;
  field: string;
  unit: string;
  decimals: number;
  colour: string;
  heightPx?: number;
  /** The least height in units, so that noise looks like noise. */
  minSpan?: number;
}) {
  const { stream, deviceId, field, unit, decimals } = props;
  const { value: series, error } = useFigure(
    ['day', stream, deviceId, field],
    options =>
      api.series(
        { stream, deviceId },
        { from: new Date(Date.now() - dayMs), fields: [field], maxPoints },
        options,
      ),
  );
  const column = series?.series.find(one => one.field === field);
  const spark =
    series &&
    column &&
    sparklinePath(
      {
        timeMs: series.time.map(time => Date.parse(time)),
        values: column.mean,
      },
      {
        fromMs: Date.parse(series.from),
        toMs: Date.parse(series.to),
        minSpan: props.minSpan ?? 2,
      },
    );
  const height = props.heightPx ?? 36;
  // Its place is kept until it is known that there is nothing to draw.
  const isComing = series === undefined && error === undefined;
  if (isComing) return <div style={{ height: height + 20 }} />;
  if (spark === undefined) return null;
  const [least, greatest] = [spark.least, spark.greatest].map(one =>
    formatNumber(one, decimals),
  );
  return (
    <Root>
      <svg
        height={height}
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={`Between ${least} and ${greatest} ${unit} in the last 24 hours`}
      >
        <path className="area" d={spark.area} style={{ fill: props.colour }} />
        <path d={spark.line} stroke={props.colour} />
      </svg>
      <small aria-hidden>
        <span>24 h</span>
        <span>
          {least} to {greatest} {unit}
        </span>
      </small>
    </Root>
  );
}
