import type { Command } from '@homelab/homelab-api-client';
import { Age, StatusMark, reasonOf, userName } from '@homelab/portal-react/ui';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useState } from 'react';
import { commandLooks } from './commandLooks';
import { newKey } from './newKey';
import type { SettingsApi } from './SettingsApi';

const List = styled('ol')(({ theme }) => ({
  listStyle: 'none',
  margin: theme.spacing(1, 0, 0),
  padding: 0,
  fontSize: '0.875rem',
  lineHeight: 1.5,
  '& li': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    minHeight: 44,
    gap: theme.spacing(0.25, 2),
    padding: theme.spacing(0.75, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
}));

const Quiet = styled('span')(({ theme }) => ({
  display: 'block',
  fontSize: '0.8125rem',
  color: theme.palette.text.secondary,
}));

/** Every change that was asked for: what, who, when, what became of it; with undo. */
export function CommandHistory(props: {
  api: SettingsApi;
  deviceId: string;
  commands: readonly Command[];
  canUndo: boolean;
  onChanged(): void;
}) {
  if (props.commands.length === 0)
    return <Quiet>Nothing has been changed here yet.</Quiet>;
  return (
    <List aria-label="Changes">
      {props.commands.map(command => (
        <Entry key={command.id} {...props} command={command} />
      ))}
    </List>
  );
}

function Entry(props: {
  api: SettingsApi;
  deviceId: string;
  command: Command;
  canUndo: boolean;
  onChanged(): void;
}) {
  const { api, deviceId, command, canUndo, onChanged } = props;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [key] = useState(newKey);

  async function undo() {
    setBusy(true);
    setProblem(undefined);
    try {
      await api.undoSetting(deviceId, command.id, key);
      onChanged();
    } catch (error) {
      setProblem(reasonOf(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <li>
      <span>
        {command.text}
        <Quiet>
          by {userName(command.requested_by)}, <Age at={command.requested_at} />
          {command.undo_of !== null && ', an undo'}
          {command.undone_by !== null && ', undone since'}
        </Quiet>
        {problem !== undefined && (
          <Quiet role="status">It was not undone: {problem}</Quiet>
        )}
      </span>
      <span>
        <StatusMark {...commandLooks[command.state]} sizePx={18} />
        {canUndo && command.can_undo && (
          <Button
            size="small"
            disabled={isBusy}
            aria-label={`Undo ${command.text}`}
            onClick={undo}
            sx={{ minHeight: 44, ml: 1 }}
          >
            Undo
          </Button>
        )}
      </span>
    </li>
  );
}
