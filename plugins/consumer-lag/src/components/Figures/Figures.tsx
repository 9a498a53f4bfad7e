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

/** Small text beside a number: its unit, or `est.`. */
export const Qualifier = styled('span')(({ theme }) => ({
  // Units must stay readable beside small text.
  fontSize: 'max(0.55em, 0.75rem)',
  fontWeight: 400,
  letterSpacing: 0,
  color: theme.palette.text.secondary,
}));

/** More digits do not fit in a column. */
const columnDigits = 8;

/** A count of records with commas; a dash when unknown. */
export function Count(props: {
  value: string | null;
  /** Shortens long numbers, and shows them in full on hover. */
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

/** The tooltip of the head of a column of {@link TimeLagFigure}s. */
export const behindTitle =
  'How long the oldest unread record has been waiting; an estimate, off by at most one poll.';

/** The age of the oldest unread record, and its precision. */
export function TimeLagFigure(props: {
  timeLag: TimeLag;
  /** The head of the column already says that it is an estimate. */
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

/** A rate in about five characters, such as `<0.01`, `12.4` or `1.2M`. */
function shortRate(perSecond: number): string {
  return perSecond < 10_000 ? formatRate(perSecond) : compactCount(perSecond);
}

/** Records per second; a dash when unknown. */
export function Rate(props: { perSecond: number | null }) {
  const { perSecond } = props;
  return (
    <Figure title={perSecond === null ? undefined : formatRate(perSecond)}>
      {perSecond === null ? dash : shortRate(perSecond)}
    </Figure>
  );
}

/** The rates of produced and consumed records, side by side. */
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

/** When a group will catch up, short enough for a table. */
function etaWords(eta: Eta): string {
  switch (eta.kind) {
    case 'done':
      return 'caught up';
    case 'draining':
      return `in ${formatDuration(eta.ms)}`;
    case 'steady':
      return 'keeps pace';
    case 'falling-behind': {
      const rate = shortRate(eta.recordsPerSecond);
      return rate.startsWith('<') ? 'never' : `never, −${rate}/s`;
    }
    case 'not-moving':
      return 'not moving';
    default:
      return dash;
  }
}

const Quiet = styled('span')(({ theme }) => ({
  color: theme.palette.text.secondary,
}));

/** {@link etaWords}, in grey when caught up. */
export function EtaFigure(props: { eta: Eta }) {
  const { eta } = props;
  const Root = eta.kind === 'done' ? Quiet : Figure;
  return <Root title={describeEta(eta)}>{etaWords(eta)}</Root>;
}
