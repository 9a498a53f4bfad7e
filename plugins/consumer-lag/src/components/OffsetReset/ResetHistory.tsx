import type { OffsetReset } from '@homelab/plugin-consumer-lag-common';
import {
  Age,
  reasonOf,
  StatusMark,
  userName,
  useSiteClock,
} from '@homelab/portal-react';
import type { Tone } from '@homelab/portal-react';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { useSlowLag } from '../../api';
import type { GroupRef } from '../../api';
import { describeEffect, describeTarget } from './describeTarget';
import { UndoReset } from './UndoReset';

const List = styled('ol')({
  listStyle: 'none',
  margin: 0,
  padding: 0,
  width: '100%',
});

const Item = styled('li')(({ theme }) => ({
  padding: theme.spacing(1, 0),
  borderTop: `1px solid ${theme.palette.divider}`,
}));

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: theme.spacing(0.25, 2),
}));

const Quiet = styled('span')(({ theme }) => ({
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

const looks: Record<OffsetReset['state'], { tone: Tone; word: string }> = {
  applying: { tone: 'watch', word: 'Started' },
  applied: { tone: 'ok', word: 'Moved' },
  failed: { tone: 'act', word: 'Failed' },
  undone: { tone: 'unknown', word: 'Undone' },
};

/** Earlier moves of a group's offsets, with undo. */
export function ResetHistory(props: { group: GroupRef; canUndo: boolean }) {
  const { cluster, groupId } = props.group;
  const { answer, error } = useSlowLag(queries =>
    queries.resets({ cluster, groupId }),
  );
  if (answer === undefined) {
    return error === undefined ? null : (
      <Quiet role="status">
        Earlier moves cannot be loaded: {reasonOf(error)}
      </Quiet>
    );
  }
  if (answer.resets.length === 0) {
    return <Quiet>Its offsets have never been moved here.</Quiet>;
  }
  return (
    <List aria-label="Earlier moves">
      {answer.resets.map(reset => (
        <Entry key={reset.id} reset={reset} canUndo={props.canUndo} />
      ))}
    </List>
  );
}

function Entry(props: { reset: OffsetReset; canUndo: boolean }) {
  const { reset, canUndo } = props;
  const { timeZone } = useSiteClock();
  const [isUndoing, setUndoing] = useState(false);
  const canGoBack = canUndo && reset.state === 'applied';
  return (
    <Item>
      <Line>
        <span>
          <StatusMark {...looks[reset.state]} sizePx={18} />{' '}
          {describeTarget(reset.target, timeZone)}
        </span>
        {canGoBack && !isUndoing && (
          <Button size="small" onClick={() => setUndoing(true)}>
            Undo…
          </Button>
        )}
      </Line>
      <Quiet>
        by {userName(reset.by)}, <Age at={reset.at} />. {describeEffect(reset)}{' '}
        {reset.undoneBy !== null && `Undone by ${userName(reset.undoneBy)}. `}
        {reset.failure?.message}
      </Quiet>
      {isUndoing && (
        <UndoReset reset={reset} onClose={() => setUndoing(false)} />
      )}
    </Item>
  );
}
