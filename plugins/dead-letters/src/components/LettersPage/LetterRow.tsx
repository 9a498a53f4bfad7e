import { unknownCode } from '@homelab/plugin-dead-letters-common';
import type { DeadLetter } from '@homelab/plugin-dead-letters-common';
import {
  Age,
  dash,
  focusRing,
  Quiet,
  Row,
  StatusMark,
  VisuallyHidden,
  whenNarrow,
  whenOneColumn,
} from '@homelab/portal-react';
import ExpandIcon from '@mui/icons-material/ExpandMoreOutlined';
import ButtonBase from '@mui/material/ButtonBase';
import Checkbox from '@mui/material/Checkbox';
import { styled } from '@mui/material/styles';
import { memo } from 'react';
import { Bytes, LetterDetails } from './LetterDetails';
import { printable } from './printable';

/** Checkbox, why, from, failed in, when, position. */
export const letterGrid =
  '28px minmax(0, 2fr) minmax(0, 1.2fr) 92px 104px 84px 24px';

const Root = styled(Row)(({ theme }) => ({
  gridTemplateColumns: letterGrid,
  '& > *': { minWidth: 0 },
  '& .cut': {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .details': { gridColumn: '2 / -1' },
  '& .number': { textAlign: 'right' },
  '& .expand': {
    alignSelf: 'center',
    transition: 'transform 150ms',
    color: theme.palette.text.secondary,
  },
  '&[data-open="true"] .expand': { transform: 'rotate(180deg)' },
  [whenOneColumn]: {
    gridTemplateColumns: '28px minmax(0, 1fr) auto 24px',
    rowGap: theme.spacing(0.25),
    '& .stage, & .place': { display: 'none' },
    '& .key': { gridColumn: 2, gridRow: 2 },
    '& .failed': { gridColumn: 3, gridRow: 1 },
    '& .expand': { gridColumn: 4, gridRow: 1 },
    '& .details': { gridColumn: '1 / -1' },
  },
  [whenNarrow]: {
    '& .cut': { whiteSpace: 'normal', overflowWrap: 'anywhere' },
    '& .failed': { gridColumn: 2, gridRow: 3, textAlign: 'left' },
  },
}));

const Reason = styled(ButtonBase)(({ theme }) => ({
  ...focusRing(theme),
  display: 'block',
  maxWidth: '100%',
  fontFamily: 'inherit',
  fontSize: 'inherit',
  lineHeight: 'inherit',
  textAlign: 'left',
  color: theme.palette.text.primary,
  '& strong': { fontWeight: 600 },
  '&::after': { content: '""', position: 'absolute', inset: 0 },
}));

const AboveReason = styled('div')({
  position: 'relative',
  zIndex: 1,
  alignSelf: 'center',
});

/** A letter as a row that expands in place. */
export const LetterRow = memo(function DrawnLetterRow(props: {
  letter: DeadLetter;
  isOpen: boolean;
  isChosen: boolean;
  onToggle(place: string): void;
  onChoose(place: string): void;
}) {
  const { letter, isOpen, isChosen } = props;
  const { reason, stage, message, failedAt, partition, offset } = letter;
  const place = placeOf(letter);
  return (
    <Root role="row" data-open={isOpen}>
      <AboveReason role="cell">
        <Checkbox
          size="small"
          sx={{ padding: 0.5, margin: -0.5 }}
          checked={isChosen}
          onChange={() => props.onChoose(place)}
          inputProps={{ 'aria-label': `Select message ${place}` }}
        />
      </AboveReason>
      <div role="cell">
        <Reason
          disableRipple
          aria-expanded={isOpen}
          className="cut"
          onClick={() => props.onToggle(place)}
        >
          <strong>{printable(reason)}</strong>{' '}
          <Quiet>{printable(message)}</Quiet>
        </Reason>
        {letter.redriven && (
          <Quiet>
            <StatusMark tone="ok" word="sent again" sizePx={16} />{' '}
            <Age at={letter.redriven.at} /> to {letter.redriven.target}
          </Quiet>
        )}
      </div>
      <div role="cell" className="cut key">
        <From letter={letter} />
      </div>
      <div role="cell" className="cut stage">
        {stage === unknownCode ? dash : printable(stage)}
      </div>
      <div role="cell" className="number failed">
        <Age at={failedAt} />
      </div>
      <div role="cell" className="number place">
        <VisuallyHidden>partition and offset </VisuallyHidden>
        <Quiet>{`${partition}:${offset}`}</Quiet>
      </div>
      <ExpandIcon aria-hidden fontSize="small" className="expand" />
      {isOpen && (
        <div
          role="cell"
          className="details"
          style={{ position: 'relative', zIndex: 1 }}
        >
          <LetterDetails letter={letter} />
        </div>
      )}
    </Root>
  );
});

/**
 * Where a letter came from: its key, which at home is the device or its MQTT topic; without a
 * key the topic that the letter names.
 */
function From({ letter: { origin, key } }: { letter: DeadLetter }) {
  if (key !== null) return <Bytes bytes={key} />;
  return <>{origin === null ? dash : printable(origin)}</>;
}

/** The position of a letter: `partition:offset`. */
export function placeOf(
  letter: Pick<DeadLetter, 'partition' | 'offset'>,
): string {
  return `${letter.partition}:${letter.offset}`;
}
