import {
  maxSelectedLetters,
  deadLettersReadPermission,
} from '@homelab/plugin-dead-letters-common';
import { formatCount } from '@homelab/portal-common';
import type {
  DeadLetter,
  LetterFilter,
} from '@homelab/plugin-dead-letters-common';
import {
  ColumnHead,
  HeadRow,
  isRefused,
  LongList,
  Notice,
  Panel,
  reasonOf,
  Refused,
  TableFrame,
} from '@homelab/portal-react';
import LockIcon from '@mui/icons-material/LockOutlined';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Skeleton from '@mui/material/Skeleton';
import { styled } from '@mui/material/styles';
import { useCallback, useState } from 'react';
import type { TopicRef } from '../../api';
import { letterGrid, LetterRow, placeOf } from './LetterRow';
import { useLetters, useLettersReset } from './useLetters';

const Heads = styled(HeadRow)({ gridTemplateColumns: letterGrid });

const Foot = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1, 2),
  marginTop: theme.spacing(1.5),
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

const Locked = styled('p')(({ theme }) => ({
  display: 'flex',
  gap: theme.spacing(1),
  margin: theme.spacing(0, 0, 1.5),
  fontSize: '0.875rem',
  lineHeight: 1.5,
  color: theme.palette.text.secondary,
}));

const Nothing = styled('p')(({ theme }) => ({
  margin: 0,
  padding: theme.spacing(4, 0),
  textAlign: 'center',
  color: theme.palette.text.secondary,
}));

interface LetterListProps {
  topic: TopicRef;
  filter: LetterFilter;
  /** Why this user may not see the contents of letters; null when they may. */
  refusal: string | null;
  /** The positions of the selected letters. */
  places: ReadonlySet<string>;
  onPlaces(places: ReadonlySet<string>): void;
}

/** The letters that match the filter, newest first. */
export function LetterList(props: LetterListProps) {
  return (
    <Panel aria-label="Messages">
      {props.refusal !== null && (
        <Locked>
          <LockIcon aria-hidden fontSize="small" />
          The contents of the messages are locked. {props.refusal}
        </Locked>
      )}
      <Letters {...props} />
    </Panel>
  );
}

function Letters(props: LetterListProps) {
  const { topic, filter, places, onPlaces } = props;
  const { letters, examined, hasOlder, error, isBusy, showOlder } = useLetters(
    topic,
    filter,
  );
  const reset = useLettersReset(topic);
  if (error !== undefined && letters === undefined) {
    if (isRefused(error)) {
      return (
        <Refused
          permission={deadLettersReadPermission.name}
          what="the failed messages"
        />
      );
    }
    return (
      <Notice isInside title="The messages cannot be loaded.">
        {reasonOf(error)}{' '}
        <Button size="small" onClick={reset}>
          Try again
        </Button>
      </Notice>
    );
  }
  if (letters === undefined) return <Waiting />;
  if (letters.length === 0 && !hasOlder) {
    return <Nothing>No messages match.</Nothing>;
  }
  return (
    <>
      <LetterTable
        letters={letters}
        isBusy={isBusy}
        places={places}
        onPlaces={onPlaces}
      />
      <Foot>
        {hasOlder && (
          <Button variant="outlined" disabled={isBusy} onClick={showOlder}>
            {isBusy ? 'Loading…' : 'Show older'}
          </Button>
        )}
        <span>
          {formatCount(letters.length)} shown, {formatCount(examined)} examined
          {!hasOlder && '; there are no older ones'}
        </span>
        {error && <span role="status">{reasonOf(error)}</span>}
      </Foot>
    </>
  );
}

function LetterTable(props: {
  letters: readonly DeadLetter[];
  isBusy: boolean;
  places: ReadonlySet<string>;
  onPlaces(places: ReadonlySet<string>): void;
}) {
  const { letters, isBusy, places, onPlaces } = props;
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (place: string) => setOpen(before => toggled(before, place)),
    [],
  );
  const choose = useCallback(
    (place: string) => onPlaces(toggled(places, place)),
    [places, onPlaces],
  );
  const waiting = letters.filter(({ redriven }) => redriven === null);
  return (
    <TableFrame
      role="table"
      aria-label="Messages"
      aria-busy={isBusy}
      aria-rowcount={letters.length}
    >
      <div role="rowgroup">
        <Heads role="row">
          <div role="columnheader">
            <ChooseAll waiting={waiting} places={places} onPlaces={onPlaces} />
          </div>
          <ColumnHead>Why</ColumnHead>
          <ColumnHead>From</ColumnHead>
          <ColumnHead>Failed in</ColumnHead>
          <ColumnHead isNumber>When</ColumnHead>
          <ColumnHead isNumber>Position</ColumnHead>
        </Heads>
      </div>
      <div role="rowgroup">
        <LongList
          items={letters}
          rowHeightPx={44}
          render={letter => {
            const place = placeOf(letter);
            return (
              <LetterRow
                key={place}
                letter={letter}
                isOpen={open.has(place)}
                isChosen={places.has(place)}
                onToggle={toggle}
                onChoose={choose}
              />
            );
          }}
        />
      </div>
    </TableFrame>
  );
}

/** Selects every waiting letter that is shown, or none. */
function ChooseAll(props: {
  waiting: readonly DeadLetter[];
  places: ReadonlySet<string>;
  onPlaces(places: ReadonlySet<string>): void;
}) {
  const { waiting, places, onPlaces } = props;
  const areAllChosen =
    waiting.length > 0 && waiting.every(letter => places.has(placeOf(letter)));
  return (
    <Checkbox
      size="small"
      sx={{ padding: 0.5, margin: -0.5 }}
      checked={areAllChosen}
      indeterminate={places.size > 0 && !areAllChosen}
      disabled={waiting.length === 0}
      onChange={() =>
        onPlaces(
          areAllChosen
            ? new Set()
            : new Set(waiting.slice(0, maxSelectedLetters).map(placeOf)),
        )
      }
      inputProps={{
        'aria-label': 'Select all waiting messages shown',
      }}
    />
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading the messages">
      {Array.from({ length: 6 }, (_, row) => (
        <Skeleton
          key={row}
          variant="rounded"
          height={30}
          sx={{ marginBottom: 1.5 }}
        />
      ))}
    </div>
  );
}

function toggled(places: ReadonlySet<string>, place: string): Set<string> {
  const next = new Set(places);
  if (!next.delete(place)) next.add(place);
  return next;
}
