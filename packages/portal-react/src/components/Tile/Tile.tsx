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
  // Dimmed by colour: an opacity would take the contrast of the smaller unit.
  transition: 'color 200ms',
  fontSize: large ? '2rem' : '1.625rem',
  fontWeight: 600,
  lineHeight: 1.15,
  letterSpacing: '-0.01em',
  color: dimmed ? theme.palette.text.secondary : theme.palette.text.primary,
  fontVariantNumeric: 'tabular-nums',
  // Fits `≥ 3 h 26 min` into half the width of a phone.
  [whenNarrow]: { fontSize: large ? '1.75rem' : '1.25rem' },
}));

const Note = styled('div')(({ theme }) => ({
  // The age has its own line, so that its growing text moves nothing else.
  display: 'flex',
  flexDirection: 'column',
  fontSize: '0.75rem',
  lineHeight: 1.4,
  color: theme.palette.text.secondary,
  fontVariantNumeric: 'tabular-nums',
}));

/**
 * One number with its label and something to compare it with. Tests and screen readers find it
 * by its label: `group "Supply"` holds `38.0 °C`.
 */
export function Tile(props: {
  label: string;
  children: ReactNode;
  /** Colour of the square before the label, matching the chart's line. */
  markColour?: string;
  /** What to compare the value with, or why it is unknown. */
  note?: ReactNode;
  large?: boolean;
  /** How current the value is; anything but `fresh` is dimmed. */
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
