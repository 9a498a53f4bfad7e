import { eventually, fileScope } from '@homelab/test-kit';
import type { TestScope } from '@homelab/test-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCommands, playDevice, startControl } from './control-fixture.ts';
import type { Commands } from './control-fixture.ts';

const file = fileScope(afterAll);
/** Long enough for a busy machine to hear a device that answers at once. */
const confirmTimeoutMs = 4_000;
let commands: Commands;
let control: Awaited<ReturnType<typeof startControl>>;

beforeAll(async () => {
  commands = await createCommands(file);
  control = await startControl(file, commands, { confirmTimeoutMs });
});

/** A ThermIQ module whose room target of 20 °C is known. */
async function knownThermiq(t: TestScope) {
  const device = await playDevice(t);
  await device.report({ d50: 20, d51: 1, d52: 38, d84: 50 });
  await eventually(async () => {
    expect(await commands.settings(device.deviceId)).toEqual({
      target_temp: 20,
      operating_mode: 'auto',
      heating_curve: 38,
      hot_water_target_temp: 50,
    });
  });
  return device;
}

const ends = (id: string, state: string) =>
  eventually(async () => expect(await commands.state(id)).toBe(state), {
    timeoutMs: 15_000,
  });

test('a setting is written once, not retained, and confirmed by the same register', async t => {
  const device = await knownThermiq(t);
  const id = await commands.add({ deviceId: device.deviceId, to: 21 });
  await eventually(() => expect(device.writes).toHaveLength(1));
  const write = {
    mqttTopic: `${device.baseTopic}/write`,
    payload: '{"d50":21}',
  };
  expect(device.writes).toEqual([{ ...write, isRetained: false }]);
  expect(await commands.state(id)).toBe('published');
  // The old value was on its way; another register says nothing.
  await device.report({ d50: 20 });
  await device.report({ d84: 50 });
  await device.report({ d50: 21 });
  await ends(id, 'confirmed');
  expect(await commands.row(id)).toMatchObject({
    reported_value: 21,
    written: [write],
    requested_by: 'user:default/eva',
  });
  await eventually(async () =>
    expect(await commands.settings(device.deviceId)).toMatchObject({
      target_temp: 21,
    }),
  );
  const late = await playDevice(t);
  expect(late.writes).toEqual([]);
  expect(device.writes).toHaveLength(1);
});

test('a mode of a HeishaMon gateway is two commands in order, confirmed by both registers', async t => {
  const device = await playDevice(t);
  const off = { Heatpump_State: '0', Operating_Mode_State: '4' };
  await device.publish({ ...off, DHW_Target_Temp: '48' });
  const deviceId = device.baseTopic;
  await eventually(async () =>
    expect(await commands.settings(deviceId)).toEqual({
      operating_mode: 'off',
      hot_water_target_temp: 48,
    }),
  );
  const id = await commands.add({
    deviceId,
    setting: 'operating_mode',
    from: 'off',
    to: 'hot_water_only',
  });
  await eventually(() => expect(device.writes).toHaveLength(2));
  expect(device.writes.map(one => [one.mqttTopic, one.payload])).toEqual([
    [`${deviceId}/commands/SetOperationMode`, '3'],
    [`${deviceId}/commands/SetHeatpump`, '1'],
  ]);
  await device.publish({ Heatpump_State: '1' });
  await eventually(async () =>
    expect(await commands.row(id)).toMatchObject({
      state: 'published',
      reported_value: 'heating_and_hot_water',
    }),
  );
  await device.publish({ Operating_Mode_State: '3' });
  await ends(id, 'confirmed');
});

test('a device that keeps its value contradicts, one that is silent lets the command time out', async t => {
  const [stubborn, silent] = [await knownThermiq(t), await knownThermiq(t)];
  const refused = await commands.add({ deviceId: stubborn.deviceId, to: 25 });
  const unheard = await commands.add({ deviceId: silent.deviceId, to: 25 });
  await eventually(() => {
    expect(stubborn.writes).toHaveLength(1);
    expect(silent.writes).toHaveLength(1);
  });
  await stubborn.report({ d50: 20 });
  await ends(refused, 'contradicted');
  await ends(unheard, 'timed_out');
  expect(await commands.row(refused)).toMatchObject({ reported_value: 20 });
  // Too late: the answer was given.
  await silent.report({ d50: 25 });
  await eventually(async () =>
    expect(await commands.settings(silent.deviceId)).toMatchObject({
      target_temp: 25,
    }),
  );
  expect(await commands.state(unheard)).toBe('timed_out');
  await eventually(async () =>
    expect(await control.registry.metrics()).toMatch(
      /homelab_control_commands_total\{outcome="contradicted"\} [1-9]/,
    ),
  );
});

test('a command for a device that is not there expires, and is not written when it comes', async t => {
  const device = await playDevice(t);
  const { deviceId } = device;
  const id = await commands.add({ deviceId, to: 21, expiresInMs: 1_500 });
  await ends(id, 'expired');
  await device.report({ d50: 20 });
  const next = await commands.add({ deviceId, to: 22 });
  await eventually(() => expect(device.writes).toHaveLength(1));
  expect(device.writes[0]?.payload).toBe('{"d50":22}');
  expect(await commands.state(id)).toBe('expired');
  expect(await commands.state(next)).toBe('published');
});

test('what is out of bounds or no setting of the device is never written', async t => {
  const device = await knownThermiq(t);
  const { deviceId } = device;
  const high = await commands.add({ deviceId, to: 40 });
  const none = await commands.add({
    deviceId,
    setting: 'heating_curve_shift',
    to: 1,
  });
  await ends(high, 'failed');
  await ends(none, 'failed');
  expect((await commands.row(high)).failure).toBe(
    'Room target is 10 to 30 °C in steps of 1.',
  );
  const fine = await commands.add({ deviceId, to: 21 });
  await eventually(() => expect(device.writes).toHaveLength(1));
  await device.report({ d50: 21 });
  await ends(fine, 'confirmed');
});
