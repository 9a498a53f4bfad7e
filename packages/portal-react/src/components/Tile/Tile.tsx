import { styled } from '@mui/material/styles';
import { useId } from 'react';
import type { ReactNode } from 'react';
import { whenNarrow } from '../Panel';

const Root = styled('div')({
  display: 'flex',
  flexDirection: 'column',
  gap: 2,
  minWidth: 0,
});

const Label = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  gap: theme.spacing(1),
  fontSize: '0.8125rem',
  lineHeight: 1.4,
  color: theme.palette.text.secondary,
}));

const Mark = styled('span')({
  flex: 'none',
  width: 8,
  height: 8,
  borderRadius: 2,
});

const Value = styled('div', {
  shouldForwardProp: name => name !== 'large' && name !== 'dimmed',
})<{ large: boolean; dimmed: boolean }>(({ theme, large, dimmed }) => ({
  // Only what is large enough to be read so; the age below it must stay clear.
  opacity: dimmed ? 0.62 : 1,
  transition: 'opacity 200ms',
  fontSize: large ? '2rem' : '1.625rem',
  fontWeight: 600,
  lineHeight: 1.15,
  letterSpacing: '-0.01em',
  color: theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
  // So that `≥ 3 h 26 min` fits in half a telephone.
  [whenNarrow]: { fontSize: large ? '1.75rem' : '1.25rem' },
}));

const Note = styled('div')(({ theme }) => ({
  // The age stands on a line of its own, for its growing text must not move anything.
  display: 'flex',
  flexDirection: 'column',
  fontSize: '0.75rem',
  lineHeight: 1.4,
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}));

/**
 * One number with its name and what to compare it with. Named by its label for tests and
 * screen readers: `group "Supply"` holds `38.0 °C`.
 */
export function Tile(props: {
  label: string;
  children: ReactNode;
  /** A square of this colour before the label, as the line of the same name in a chart has. */
  markColour?: string;
  /** What to compare the value with, or why it is not known. */
  note?: ReactNode;
  large?: boolean;
  /** How far the value can be trusted to be of now; all but `fresh` is dimmed. */
  freshness?: string;
}) {
  const { label, markColour, note, large = false, freshness } = props;
  const id = useId();
  return (
    <Root role="group" aria-labelledby={id} data-freshness={freshness}>
      <Label>
        {markColour !== undefined && (
          <Mark aria-hidden style={{ background: markColour }} />
        )}
        <span id={id}>{label}</span>
      </Label>
      <Value
        large={large}
        dimmed={freshness !== undefined && freshness !== 'fresh'}
      >
        {props.children}
      </Value>
      <Note>{note}</Note>
    </Root>
  );
}
