import type { JobRun } from '@homelab/plugin-timescale-explorer-common';
import { formatDuration } from '@homelab/portal-common';
import { useTheme } from '@mui/material/styles';

const widthPx = 90;
const heightPx = 22;

/** How long the latest runs took, one bar each; failed ones in the colour of failure. */
export function DurationTrend(props: {
  name: string;
  runs: readonly JobRun[];
}) {
  const { palette } = useTheme();
  const runs = props.runs.filter(({ durationMs }) => durationMs !== null);
  if (runs.length < 2) return null;
  const longest = Math.max(1, ...runs.map(({ durationMs }) => durationMs ?? 0));
  const stepPx = widthPx / runs.length;
  const failed = runs.filter(({ succeeded }) => !succeeded).length;
  return (
    <svg
      role="img"
      aria-label={`The last ${runs.length} runs of ${props.name} took up to ${longest < 1000 ? `${Math.round(longest)} ms` : formatDuration(longest)}; ${failed} failed`}
      width={widthPx}
      height={heightPx}
      style={{ verticalAlign: 'middle' }}
    >
      {runs.map(({ startedAt, durationMs, succeeded }, index) => {
        const height = Math.max(2, ((durationMs ?? 0) / longest) * heightPx);
        return (
          <rect
            key={startedAt}
            x={index * stepPx}
            y={heightPx - height}
            width={Math.max(1, stepPx - 1)}
            height={height}
            fill={succeeded ? palette.text.secondary : palette.error.main}
          />
        );
      })}
    </svg>
  );
}
