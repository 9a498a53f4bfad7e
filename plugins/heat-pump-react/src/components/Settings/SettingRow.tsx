import type { Command, HeatPumpSetting } from '@homelab/homelab-api-client';
import { Age, StatusMark } from '@homelab/portal-react/ui';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import { useEffect, useId, useRef, useState } from 'react';
import { commandLooks } from './commandLooks';
import { SettingEditor } from './SettingEditor';
import type { SettingsApi } from './SettingsApi';

const Item = styled('li')(({ theme }) => ({
  padding: theme.spacing(1, 0),
  borderTop: `1px solid ${theme.palette.divider}`,
  fontSize: '0.875rem',
  lineHeight: 1.5,
}));

const Line = styled('div')(({ theme }) => ({
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: theme.spacing(2),
}));

const Value = styled('span')({
  display: 'block',
  fontSize: '1.25rem',
  fontWeight: 600,
  fontVariantNumeric: 'tabular-nums',
});

const Quiet = styled('span')(({ theme }) => ({
  display: 'block',
  maxWidth: '75ch',
  color: theme.palette.text.secondary,
}));

/** A setting with its value and age, and what is becoming of its last change. */
export function SettingRow(props: {
  api: SettingsApi;
  deviceId: string;
  setting: HeatPumpSetting;
  /** The newest command for this setting. */
  newest: Command | undefined;
  canChange: boolean;
  reasonId: string;
  onChanged(): void;
}) {
  const { setting, newest, canChange } = props;
  const { open_command: open, label } = setting;
  const reasonId = canChange ? undefined : props.reasonId;
  const statusId = useId();
  const [isEditing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  // The keyboard goes on where it was when the form closes.
  useEffect(() => {
    if (wasEditing.current && !isEditing) button.current?.focus();
    wasEditing.current = isEditing;
  }, [isEditing]);
  return (
    <Item aria-label={label}>
      <Line>
        <span>
          {label}
          <Value>{setting.value_text}</Value>
        </span>
        {!isEditing && (
          <Button
            variant="outlined"
            ref={button}
            disabled={!canChange || open !== null}
            aria-label={`Change ${label}`}
            aria-describedby={open === null ? reasonId : statusId}
            onClick={() => setEditing(true)}
            sx={{ minHeight: 44 }}
          >
            Change…
          </Button>
        )}
      </Line>
      <Quiet>
        {setting.description}. <Age at={setting.read_at} prefix="as of " />
      </Quiet>
      {isEditing && (
        <SettingEditor
          api={props.api}
          deviceId={props.deviceId}
          setting={setting}
          onClose={isChanged => {
            setEditing(false);
            if (isChanged) props.onChanged();
          }}
        />
      )}
      <div role="status" id={statusId}>
        {newest !== undefined && isRecent(newest) && (
          <>
            <StatusMark {...commandLooks[newest.state]} sizePx={18} />
            <Quiet>
              {newest.text}. {newest.message}
            </Quiet>
          </>
        )}
      </div>
    </Item>
  );
}

const recentMs = 10 * 60_000;

/** What was asked for a while ago is found in the list of changes. */
function isRecent({ finished_at: finishedAt }: Command): boolean {
  return finishedAt === null || Date.now() - Date.parse(finishedAt) < recentMs;
}
