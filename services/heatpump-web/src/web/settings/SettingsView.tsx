import { SettingsPanel } from '@homelab/plugin-heat-pump-react';
import {
  Choices,
  StatusMark,
  formatExactTime,
  useNow,
  useSiteClock,
} from '@homelab/portal-react/ui';
import Button from '@mui/material/Button';
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { DeviceSelect } from '../app/DeviceSelect.tsx';
import { choose, usePreferences } from '../app/preferences.ts';
import { useTitle } from '../app/useTitle.ts';
import { Card, Quiet } from '../home/Card.tsx';
import { silenceOf } from '../house/connection.ts';
import { useHouse } from '../house/useHouse.ts';
import type { House } from '../house/useHouse.ts';
import { useOnline } from '../house/useOnline.ts';
import { signOut, useSession } from '../session/session.ts';
import { settingsApi } from './settings-api.ts';
import { useInstall } from './useInstall.ts';

const Row = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: theme.spacing(1, 3),
  padding: theme.spacing(1, 0),
  '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  '& strong': { display: 'block', fontSize: '1rem', fontWeight: 600 },
  '& > div:first-of-type': { flex: '1 1 240px', minWidth: 0 },
}));

function Setting(props: {
  label: string;
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <Row>
      <div>
        <strong>{props.label}</strong>
        {props.note !== undefined && <Quiet>{props.note}</Quiet>}
      </div>
      {props.children}
    </Row>
  );
}

/** A choice of one device out of several. */
function DeviceSetting(props: {
  label: string;
  note: string;
  devices: readonly { deviceId: string }[];
  chosen: string | undefined;
  onChoose(deviceId: string): void;
}) {
  const { note, ...choice } = props;
  if (choice.devices.length < 2) return null;
  return (
    <Setting label={choice.label} note={note}>
      <DeviceSelect {...choice} />
    </Setting>
  );
}

const linkWords = {
  none: ['ok', 'Live'],
  connecting: ['unknown', 'Connecting'],
  device: ['watch', 'This device is offline'],
  server: ['watch', 'The house cannot be reached'],
  pipeline: ['watch', 'No new values arrive'],
} as const;

function ConnectionSetting({ house }: { house: House }) {
  const { state } = house;
  const { timeZone } = useSiteClock();
  useNow(1_000);
  const silence = silenceOf(state, useOnline());
  const [tone, words] = linkWords[silence.link];
  const heardAt =
    state.heardAtMs === undefined
      ? 'never'
      : formatExactTime(state.heardAtMs + state.clockOffsetMs, timeZone);
  const aheadS = Math.round(state.clockOffsetMs / 1_000);
  return (
    <Setting
      label="Connection"
      note={
        <>
          Last heard of the house: {heardAt}
          {Math.abs(aheadS) >= 30 &&
            `. The clock of this device is ${Math.abs(aheadS)} s ${aheadS > 0 ? 'behind' : 'ahead'}; ages are told by the clock of the server.`}
        </>
      }
    >
      <StatusMark tone={tone} word={words} />
    </Setting>
  );
}

function InstallSetting() {
  const install = useInstall();
  if (install.kind === 'installed') return null;
  const notes = {
    possible: 'It opens like other apps, also without a network.',
    byHand:
      'In the menu of the browser, choose “Add to Home Screen” or “Install”.',
    insecure:
      'A browser installs a page only when it comes over TLS (https). See the guide “Household page”.',
  };
  return (
    <Setting label="Keep it on this device" note={notes[install.kind]}>
      {install.kind === 'possible' && (
        <Button variant="outlined" onClick={install.ask}>
          Install
        </Button>
      )}
    </Setting>
  );
}

/** What can be set: for the house, and on this device. */
export function SettingsView() {
  const house = useHouse();
  const session = useSession();
  const { appearance, meterId, heatPumpId } = usePreferences();
  useTitle('Settings');
  return (
    <>
      <Card title="This device">
        <Setting label="Appearance">
          <Choices
            label="Appearance"
            value={appearance}
            options={[
              { value: 'auto', label: 'Automatic' },
              { value: 'light', label: 'Light' },
              { value: 'dark', label: 'Dark' },
            ]}
            onChoose={value => choose({ appearance: value })}
          />
        </Setting>
        <DeviceSetting
          label="Heat pump"
          note="The one that this device shows."
          devices={house.heatPumps}
          chosen={heatPumpId ?? house.heatPump?.deviceId}
          onChoose={deviceId => choose({ heatPumpId: deviceId })}
        />
        <DeviceSetting
          label="Electricity meter"
          note="The one that measures the whole house."
          devices={house.meters}
          chosen={meterId ?? house.meter?.deviceId}
          onChoose={deviceId => choose({ meterId: deviceId })}
        />
        <ConnectionSetting house={house} />
        <InstallSetting />
        <Setting
          label="Signed in"
          note={
            session.status === 'signed-in'
              ? `As ${session.name}. This device then also forgets what it knows of the house.`
              : 'Not known while the house cannot be reached.'
          }
        >
          <Button variant="outlined" onClick={() => void signOut()}>
            Sign out
          </Button>
        </Setting>
      </Card>
      {house.heatPump !== undefined && (
        <SettingsPanel
          key={house.heatPump.deviceId}
          api={settingsApi}
          deviceId={house.heatPump.deviceId}
        />
      )}
    </>
  );
}
