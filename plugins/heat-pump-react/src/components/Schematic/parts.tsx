import { dash, formatNumber } from '@homelab/portal-react/ui';
import { keyframes, styled, useTheme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import type { LabelPlace } from './layouts';
import type { Plant } from './plant';
import { temperatureColour } from './temperatureColour';

const flowStep = 18;
const advance = keyframes({ to: { strokeDashoffset: -flowStep } });
const turn = keyframes({ to: { transform: 'rotate(360deg)' } });

const still = {
  '@media (prefers-reduced-motion: reduce)': { animation: 'none !important' },
};

const Flow = styled('path')({
  fill: 'none',
  strokeWidth: 3,
  strokeLinecap: 'round',
  strokeDasharray: `0.1 ${flowStep - 0.1}`,
  pointerEvents: 'none',
  animationName: String(advance),
  animationTimingFunction: 'linear',
  animationIterationCount: 'infinite',
  animationPlayState: 'running',
  ...still,
});

/** Rotates around its own centre, like the scroll of a compressor. */
export const Turning = styled('g')({
  transformBox: 'fill-box',
  transformOrigin: 'center',
  ...still,
  '&[data-turning="true"]': { animation: `${turn} 1.6s linear infinite` },
});

/** Text of the drawing. */
export const Words = styled('text')(({ theme }) => ({
  fill: theme.palette.text.secondary,
  fontSize: 13,
  fontFamily: 'inherit',
}));

/** Values of the drawing. */
export const Figures = styled('text')(({ theme }) => ({
  fill: theme.palette.text.primary,
  fontSize: 17,
  fontWeight: 600,
  fontFamily: 'inherit',
  fontVariantNumeric: 'tabular-nums',
}));

/** A part with a name that tests and screen readers can address. */
export function Part(props: { name: string; children: ReactNode }) {
  return (
    <g role="img" aria-label={props.name}>
      {props.children}
    </g>
  );
}

/** A name with a value below it. */
export function Labelled(props: {
  at: LabelPlace;
  label: string;
  value?: string;
}) {
  const { at, label, value } = props;
  return (
    <g textAnchor={at.anchor} aria-hidden>
      <Words x={at.x} y={at.y}>
        {label}
      </Words>
      {value !== undefined && (
        <Figures x={at.x} y={at.y + 20}>
          {value}
        </Figures>
      )}
    </g>
  );
}

/** Whether something moves, in words. */
export const flowing = (flows: boolean) => (flows ? 'flowing' : 'not flowing');

/** A temperature such as `38.0 °C`, without decimals if the device sends none; or a dash. */
export function celsius(plant: Plant, field: TemperatureField): string {
  const valueC = plant.status[field];
  const decimals = plant.wholeFields.includes(field) ? 0 : 1;
  return valueC === null ? dash : `${formatNumber(valueC, decimals)} °C`;
}

type TemperatureField = Extract<keyof Plant['status'], `${string}_temp`>;

/** Arrowheads in the direction of flow; only shown while water flows, also when animations are off. */
export function Arrow(props: {
  at: { x: number; y: number; angle: number };
  flows: boolean;
}) {
  const { palette } = useTheme();
  const { x, y, angle } = props.at;
  return (
    <path
      d="M -5 -9 L 7 0 L -5 9 Z"
      transform={`translate(${x} ${y}) rotate(${angle})`}
      fill={palette.text.primary}
      style={{ display: props.flows ? undefined : 'none' }}
    />
  );
}

/**
 * A pipe in the colour of its water temperature. The moving dots are drawn only while water flows,
 * and they are switched by style alone, because a re-created element would restart its animation.
 */
export function Pipe(props: {
  path: string;
  temperatureC: number | null;
  flows: boolean;
  stepS: number;
  /** Replaces the colour of the temperature. */
  stroke?: string;
}) {
  const theme = useTheme();
  const { mode } = theme.palette;
  const colour =
    props.stroke ?? temperatureColour(props.temperatureC, mode) ?? undefined;
  return (
    <>
      <path
        d={props.path}
        fill="none"
        stroke={colour ?? theme.palette.divider}
        strokeWidth={10}
        strokeLinejoin="round"
        style={{ transition: 'stroke 250ms' }}
      />
      <Flow
        d={props.path}
        stroke={theme.palette.background.paper}
        style={{
          display: props.flows ? undefined : 'none',
          animationDuration: `${props.stepS}s`,
        }}
      />
    </>
  );
}
