import {
  describeEta,
  formatCount,
  formatDuration,
  formatRate,
} from '@homelab/plugin-consumer-lag-common';
import type { Eta, TimeLag } from '@homelab/plugin-consumer-lag-common';
import { dash, VisuallyHidden } from '@homelab/portal-react';
import { styled } from '@mui/material/styles';
import { compactCount } from './compactCount';

const Figure = styled('span')({
  fontVariantNumeric: 'tabular-nums',
  whiteSpace: 'nowrap',
});

/** What qualifies a number: its unit, or that it is an estimate. */
export const Qualifier = styled('span')(({ theme }) => ({
  // A unit beside small text must stay readable.
  fontSize: 'max(0.55em, 0.75rem)',
  fontWeight: 400,
  letterSpacing: 0,
  color: theme.palette.text.secondary,
}));

/** More digits do not fit in a column. */
const columnDigits = 8;

/** A count of records with commas; a dash when it is not known. */
export function Count(props: {
  value: string | null;
  /** Where there is room for a few digits only: more are cut, and shown on hover. */
  isInColumn?: boolean;
}) {
  const { value, isInColumn } = props;
  if (value === null) return <Figure>{dash}</Figure>;
  const whole = formatCount(value);
  return isInColumn && value.length > columnDigits ? (
    <Figure title={whole}>{compactCount(value)}</Figure>
  ) : (
    <Figure>{whole}</Figure>
  );
}

/** What the head of a column of {@link TimeLagFigure}s says on hover. */
export const behindTitle =
  'How long the oldest unread record has waited; an estimate, off by one poll at most.';

/** How old the oldest unread record is, and how well that is known. */
export function TimeLagFigure(props: {
  timeLag: TimeLag;
  /** Where the head of the column says already that it is an estimate. */
  isInColumn?: boolean;
}) {
  const { kind, ms } = props.timeLag;
  if (ms === null || kind === 'unknown') return <Figure>{dash}</Figure>;
  if (kind === 'caught-up') {
    return (
      <Figure>
        0<Qualifier> s</Qualifier>
      </Figure>
    );
  }
  return (
    <Figure>
      {kind === 'at-least' && (
        <>
          <span aria-hidden>≥ </span>
          <VisuallyHidden>at least </VisuallyHidden>
        </>
      )}
      {formatDuration(ms)}
      {kind === 'estimated' && !props.isInColumn && (
        <Qualifier> est.</Qualifier>
      )}
    </Figure>
  );
}

/** A rate in at most five characters or so, such as `<0.01`, `12.4` or `1.2M`. */
function shortRate(perSecond: number): string {
  return perSecond < 10_000 ? formatRate(perSecond) : compactCount(perSecond);
}

/** Records a second; a dash when it is not known. */
export function Rate(props: { perSecond: number | null }) {
  const { perSecond } = props;
  return (
    <Figure title={perSecond === null ? undefined : formatRate(perSecond)}>
      {perSecond === null ? dash : shortRate(perSecond)}
    </Figure>
  );
}

/** What comes and what is read, side by side. */
export function Rates(props: {
  produced: number | null;
  consumed: number | null;
}) {
  if (props.produced === null && props.consumed === null) {
    return <Figure>{dash}</Figure>;
  }
  return (
    <Figure>
      <VisuallyHidden>produced </VisuallyHidden>
      <Rate perSecond={props.produced} />
      <Qualifier aria-hidden> → </Qualifier>
      <VisuallyHidden>, consumed </VisuallyHidden>
      <Rate perSecond={props.consumed} />
    </Figure>
  );
}

/** When a group will have read everything, short enough for a table. */
function etaWords(eta: Eta): string {
  switch (eta.kind) {
    case 'done':
      return 'caught up';
    case 'draining':
      return `in ${formatDuration(eta.ms)}`;
    case 'steady':
      return 'keeps pace';
    case 'falling-behind':
      return `never, −${shortRate(eta.recordsPerSecond)}/s`;
    case 'not-moving':
      return 'not moving';
    default:
      return dash;
  }
}

const Quiet = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
}));

/** {@link etaWords}, quiet where there is nothing to wait for. */
export function EtaFigure(props: { eta: Eta }) {
  const { eta } = props;
  const Root = eta.kind === 'done' ? Quiet : Figure;
  return <Root title={describeEta(eta)}>{etaWords(eta)}</Root>;
}
