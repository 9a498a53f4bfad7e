import {
  ActionReason,
  Notice,
  Panel,
  PanelTitle,
  reasonOf,
} from '@homelab/portal-react/ui';
import { styled } from '@mui/material/styles';
import { useId } from 'react';
import { CommandHistory } from './CommandHistory';
import { SettingRow } from './SettingRow';
import type { SettingsApi } from './SettingsApi';
import { useSettings } from './useSettings';

const List = styled('ul')(({ theme }) => ({
  display: 'grid',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 400px), 1fr))',
  columnGap: theme.spacing(4),
  listStyle: 'none',
  margin: theme.spacing(1.5, 0, 0),
  padding: 0,
}));

const SubTitle = styled('h4')(({ theme }) => ({
  margin: theme.spacing(2, 0, 0),
  fontSize: '0.875rem',
  fontWeight: 600,
  color: theme.palette.text.primary,
}));

/**
 * The settings of a heat pump: what they are, changing them after a preview, and who changed what.
 * Nothing is shown where changing is switched off and no setting is known.
 */
export function SettingsPanel(props: { api: SettingsApi; deviceId: string }) {
  const { api, deviceId } = props;
  const { settings, commands, error, refresh } = useSettings(api, deviceId);
  const id = useId();
  const reasonId = `${id}-reason`;
  if (settings === undefined) {
    return error === undefined ? null : (
      <Notice title="The settings of the heat pump cannot be loaded.">
        {reasonOf(error)}
      </Notice>
    );
  }
  const { enabled, reason, data } = settings;
  const past = commands?.data ?? [];
  if (!enabled && data.length === 0 && past.length === 0) return null;
  return (
    <Panel aria-label="Settings">
      <PanelTitle>Settings</PanelTitle>
      <ActionReason id={reasonId} reason={reason} />
      {error !== undefined && (
        <Notice isInside title="These are the last known settings.">
          {reasonOf(error)}
        </Notice>
      )}
      <List>
        {data.map(setting => (
          <SettingRow
            key={setting.setting}
            api={api}
            deviceId={deviceId}
            setting={setting}
            newest={past.find(one => one.setting === setting.setting)}
            canChange={enabled}
            reasonId={reasonId}
            onChanged={refresh}
          />
        ))}
      </List>
      <SubTitle>Changes</SubTitle>
      <CommandHistory
        api={api}
        deviceId={deviceId}
        commands={past}
        canUndo={enabled}
        onChanged={refresh}
      />
    </Panel>
  );
}
