import type {
  Command,
  HeatPumpSetting,
  HeatPumpSettings,
} from '@homelab/homelab-api-client';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { SettingsApi } from './SettingsApi';
import { SettingsPanel } from './SettingsPanel';

const now = new Date().toISOString();

const roomTarget: HeatPumpSetting = {
  setting: 'target_temp',
  label: 'Room target',
  description: 'Target room temperature',
  kind: 'number',
  unit: '°C',
  decimals: 0,
  min: 10,
  max: 30,
  step: 1,
  words: [],
  value: 20,
  value_text: '20 °C',
  read_at: now,
  open_command: null,
};

const command: Command = {
  id: '7f1f5d2e-6d1c-4b3c-9f5e-0a1b2c3d4e5f',
  device_id: 'pump',
  setting: 'target_temp',
  label: 'Room target',
  from: 20,
  to: 21,
  text: 'Room target 20 → 21 °C',
  state: 'published',
  message: 'It was sent. The heat pump has not reported it yet.',
  requested_by: 'user:default/eva',
  requested_at: now,
  expires_at: now,
  published_at: now,
  confirm_by: now,
  finished_at: null,
  undo_of: null,
  undone_by: null,
  can_undo: false,
};

/** A house whose settings are in the hands of the test. */
function playedHouse(options: Partial<HeatPumpSettings> = {}) {
  const state = {
    settings: {
      device_id: 'pump',
      enabled: true,
      reason: null,
      data: [roomTarget],
      ...options,
    } as HeatPumpSettings,
    commands: [] as Command[],
    asked: [] as unknown[],
  };
  const api: SettingsApi = {
    getSettings: async () => state.settings,
    getCommands: async () => ({
      device_id: 'pump',
      truncated: false,
      data: state.commands,
    }),
    previewSetting: async (_, { setting, value }) => ({
      device_id: 'pump',
      setting,
      label: 'Room target',
      from: 20,
      to: value,
      text: `Room target 20 → ${value} °C`,
      consequences: Number(value) > 30 ? [] : [`Room target 20 → ${value} °C.`],
      refusal: Number(value) > 30 ? 'Room target is 10 to 30 °C.' : null,
    }),
    changeSetting: async (_, change, key) => {
      state.asked.push({ ...change, key });
      state.commands = [command];
      return command;
    },
    undoSetting: async (_, id, key) => {
      state.asked.push({ undo: id, key });
      return command;
    },
  };
  return { api, state };
}

async function open(house: ReturnType<typeof playedHouse>) {
  render(<SettingsPanel api={house.api} deviceId="pump" />);
  const row = await screen.findByRole('listitem', { name: 'Room target' });
  await userEvent.click(
    within(row).getByRole('button', { name: 'Change Room target' }),
  );
  return screen.getByLabelText('Room target, °C');
}

const button = (name: string) => screen.getByRole('button', { name });

it('previews a change before it can be asked for, then shows that it is waited for', async () => {
  const house = playedHouse();
  const field = await open(house);
  expect(button('Change it')).toBeDisabled();
  await userEvent.clear(field);
  await userEvent.type(field, '21');
  await screen.findByText('Room target 20 → 21 °C.');
  await userEvent.click(button('Change it'));
  expect(await screen.findAllByText('Waiting for the heat pump')).toHaveLength(
    2,
  );
  expect(screen.getByText(/^by eva,/)).toBeInTheDocument();
  expect(house.state.asked).toEqual([
    {
      setting: 'target_temp',
      value: 21,
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  ]);
});

it('says why a value is refused, and asks for nothing', async () => {
  const house = playedHouse();
  const field = await open(house);
  await userEvent.clear(field);
  await userEvent.type(field, '31');
  expect(await screen.findByText('Room target is 10 to 30 °C.')).toBeVisible();
  expect(button('Change it')).toBeDisabled();
  await userEvent.click(button('Cancel'));
  expect(button('Change Room target')).toHaveFocus();
});

it('undoes what can be undone', async () => {
  const house = playedHouse();
  house.state.commands = [
    { ...command, state: 'confirmed', finished_at: now, can_undo: true },
  ];
  render(<SettingsPanel api={house.api} deviceId="pump" />);
  await userEvent.click(
    await screen.findByRole('button', { name: 'Undo Room target 20 → 21 °C' }),
  );
  await waitFor(() =>
    expect(house.state.asked).toMatchObject([{ undo: command.id }]),
  );
});

it('shows settings that this person may not change, and why', async () => {
  const reason = 'You need the permission heat-pump.settings.write.';
  const house = playedHouse({ enabled: false, reason });
  render(<SettingsPanel api={house.api} deviceId="pump" />);
  expect(await screen.findByText(reason)).toBeVisible();
  expect(screen.getByText('20 °C')).toBeVisible();
  expect(button('Change Room target')).toBeDisabled();
});

it('is not there where changing is switched off and no setting is known', async () => {
  const fetched = jest.fn();
  const { api } = playedHouse({ enabled: false, reason: 'Off.', data: [] });
  const { container } = render(
    <SettingsPanel
      api={{
        ...api,
        getCommands: async (...args) => {
          fetched();
          return api.getCommands(...args);
        },
      }}
      deviceId="pump"
    />,
  );
  await waitFor(() => expect(fetched).toHaveBeenCalled());
  expect(container).toBeEmptyDOMElement();
});
