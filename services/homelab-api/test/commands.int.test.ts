import { fileScope } from '@homelab/test-kit';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startApi } from './api-fixture.ts';
import type { TestApi } from './api-fixture.ts';

const file = fileScope(afterAll);
const control = {
  isOn: true,
  commandTimeoutMs: 60_000,
  commandsPerHour: 5,
};
let api: TestApi;
let owner: Client;
let pumps = 0;
/** Each test has a heat pump of its own. */
let pump = '';

beforeAll(async () => {
  api = await startApi(file, { control });
  owner = await api.database.connect('homelab_owner');
});

beforeEach(async () => {
  pump = `pump ${(pumps += 1)}`;
  await report({ target_temp: 20, operating_mode: 'auto' });
});

/** The heat pump reports these settings now, or some minutes ago. */
async function report(settings: Record<string, unknown>, minutesAgo = 0) {
  for (const [setting, value] of Object.entries(settings))
    await owner.query(
      `INSERT INTO heat_pump_settings (device_id, setting, value, read_at, format)
       VALUES ($1, $2, $3, now() - $4 * interval '1 minute', 'thermiq')
       ON CONFLICT (device_id, setting) DO UPDATE
       SET value = excluded.value, read_at = excluded.read_at`,
      [pump, setting, JSON.stringify(value), minutesAgo],
    );
}

/** Ends a command as heat-pump-control does when the heat pump has taken it. */
async function confirm(id: string, settings: Record<string, unknown>) {
  await report(settings);
  await owner.query(
    `UPDATE heat_pump_commands SET published_at = now(), confirm_by = now(), confirmed_at = now()
     WHERE id = $1`,
    [id],
  );
}

const at = (path: string) =>
  `/api/v1/heatpump/${encodeURIComponent(pump)}${path}`;

async function post(
  path: string,
  body: unknown,
  options: {
    key?: string;
    from?: TestApi;
    token?: string;
    headers?: Record<string, string>;
  } = {},
) {
  const { from = api } = options;
  const response = await fetch(`${from.url}${at(path)}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${options.token ?? from.token}`,
      'content-type': 'application/json',
      'idempotency-key': options.key ?? crypto.randomUUID(),
      ...options.headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const count = async () =>
  (
    await owner.query('SELECT 1 FROM heat_pump_commands WHERE device_id = $1', [
      pump,
    ])
  ).rowCount;

test('a change is accepted with an id, and told with who asked for it', async () => {
  const { status, body } = await post('/commands', {
    setting: 'target_temp',
    value: 21,
    on_behalf_of: 'user:default/eva',
  });
  expect(status).toBe(202);
  expect(body.command).toMatchObject({
    text: 'Room target 20 → 21 °C',
    state: 'accepted',
    requested_by: 'user:default/eva',
    can_undo: false,
  });
  const list = await api.json<{ data: unknown[] }>(at('/commands'));
  expect(list.data).toEqual([body.command]);
  expect(await api.json(at(`/commands/${body.command.id}`))).toEqual(body);
  const settings = await api.json<{ data: { open_command: unknown }[] }>(
    at('/settings'),
  );
  expect(settings).toMatchObject({ enabled: true, reason: null });
  expect(settings.data[0]).toMatchObject({
    setting: 'target_temp',
    value: 20,
    value_text: '20 °C',
    min: 10,
    max: 30,
    open_command: body.command,
  });
});

test('the same key is the same command, also at the same time, and never another one', async () => {
  const change = { setting: 'target_temp', value: 21 };
  const key = crypto.randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => post('/commands', change, { key })),
  );
  expect(answers.map(({ status }) => status)).toEqual([
    202, 202, 202, 202, 202,
  ]);
  expect(new Set(answers.map(({ body }) => body.command.id)).size).toBe(1);
  expect(await count()).toBe(1);
  const other = await post('/commands', { ...change, value: 22 }, { key });
  expect(other).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
  const token = await api.addToken();
  const ofAnother = await post('/commands', change, { key, token });
  expect(ofAnother.body).toMatchObject({ code: 'command_open' });
});

test.each([
  [
    { setting: 'target_temp', value: 31 },
    422,
    'value_out_of_bounds',
    '10 to 30 °C',
  ],
  [
    { setting: 'target_temp', value: 20.5 },
    422,
    'value_out_of_bounds',
    'steps of 1',
  ],
  [{ setting: 'target_temp', value: '21' }, 422, 'value_out_of_bounds', ''],
  [
    { setting: 'operating_mode', value: 'turbo' },
    422,
    'value_out_of_bounds',
    'off, auto',
  ],
  [
    { setting: 'target_temp', value: 20 },
    409,
    'nothing_to_change',
    '20 °C already',
  ],
  [
    { setting: 'heating_curve_shift', value: 1 },
    404,
    'setting_unknown',
    'target_temp',
  ],
  [{ setting: 'other', value: 1 }, 400, 'invalid_body', 'setting'],
  [{ setting: 'target_temp', value: 21, more: 1 }, 400, 'invalid_body', 'more'],
  [{ setting: 'target_temp', value: null }, 400, 'invalid_body', 'value'],
  [
    { setting: 'target_temp', value: 21, on_behalf_of: '' },
    400,
    'invalid_body',
    '',
  ],
  ['{broken', 400, 'invalid_body', ''],
  ['', 400, 'invalid_body', ''],
  ['[]', 400, 'invalid_body', ''],
  [`{"setting":"${'x'.repeat(5_000)}"}`, 413, 'body_too_large', ''],
])('%j is refused with %d %s', async (body, status, code, detail) => {
  const answer = await post('/commands', body);
  expect(answer).toMatchObject({ status, body: { code } });
  expect(answer.body.detail ?? '').toContain(detail);
  expect(await count()).toBe(0);
});

test('a change needs a key, a body in JSON and a heat pump that is heard', async () => {
  const change = { setting: 'target_temp', value: 21 };
  const blank = { headers: { 'idempotency-key': ' ' } };
  expect(await post('/commands', change, blank)).toMatchObject({
    status: 400,
    body: { code: 'invalid_parameter', errors: [{ in: 'header' }] },
  });
  const xml = { headers: { 'content-type': 'text/plain' } };
  expect(await post('/commands', change, xml)).toMatchObject({
    status: 415,
    body: { code: 'unsupported_media_type' },
  });
  await report({ target_temp: 20 }, 16);
  expect(await post('/commands', change)).toMatchObject({
    status: 409,
    body: { code: 'setting_stale' },
  });
  pump = 'unheard';
  expect(await post('/commands', change)).toMatchObject({
    status: 404,
    body: { code: 'setting_unknown' },
  });
  expect((await api.get(at('/settings'))).status).toBe(404);
});

test('a setting is changed by one command at a time, and a heat pump not without end', async () => {
  const first = await post('/commands', { setting: 'target_temp', value: 21 });
  expect(
    await post('/commands', { setting: 'target_temp', value: 22 }),
  ).toMatchObject({ status: 409, body: { code: 'command_open' } });
  await confirm(first.body.command.id, { target_temp: 21 });
  for (const value of [22, 23, 24, 25]) {
    const { body } = await post('/commands', { setting: 'target_temp', value });
    await confirm(body.command.id, { target_temp: value });
  }
  expect(
    await post('/commands', { setting: 'target_temp', value: 26 }),
  ).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
});

test('a change is undone by the value from before, once, and not when it has been changed since', async () => {
  const { body } = await post('/commands', {
    setting: 'target_temp',
    value: 21,
  });
  const { id } = body.command;
  const undo = (key?: string) =>
    post(`/commands/${id}/undo`, { on_behalf_of: 'user:default/max' }, { key });
  expect(await undo()).toMatchObject({
    status: 409,
    body: { code: 'not_undoable' },
  });
  await confirm(id, { target_temp: 21 });
  const key = crypto.randomUUID();
  const undone = await undo(key);
  expect(undone).toMatchObject({
    status: 202,
    body: {
      command: {
        from: 21,
        to: 20,
        undo_of: id,
        requested_by: 'user:default/max',
      },
    },
  });
  expect((await undo(key)).body.command.id).toBe(undone.body.command.id);
  expect(await undo()).toMatchObject({
    status: 409,
    body: { code: 'not_undoable' },
  });
  const second = await post('/commands', {
    setting: 'operating_mode',
    value: 'off',
  });
  await confirm(second.body.command.id, { operating_mode: 'hot_water_only' });
  const other = await post(`/commands/${second.body.command.id}/undo`, {});
  expect(other.body.detail).toBe(
    'Operating mode is Hot water only, not the Off of this change, so there is nothing to undo.',
  );
});

test('a preview says what would change and what would be refused, and changes nothing', async () => {
  const preview = (setting: string, value: string) =>
    api.json(at(`/settings/${setting}/preview?value=${value}`));
  expect(await preview('operating_mode', 'off')).toMatchObject({
    text: 'Operating mode Automatic → Off',
    consequences: [
      'Operating mode Automatic → Off.',
      expect.stringContaining('freeze'),
    ],
    refusal: null,
  });
  expect(await preview('target_temp', '21')).toMatchObject({
    from: 20,
    to: 21,
  });
  for (const value of ['31', 'warm', '20'])
    expect(await preview('target_temp', value)).toMatchObject({
      consequences: [],
      refusal: expect.stringMatching(/10 to 30|already/),
    });
  expect(await count()).toBe(0);
});

test('it is off unless it is switched on, and says how', async () => {
  const off = await startApi(file, { database: api.database });
  const change = { setting: 'target_temp', value: 21 };
  const refused = await post('/commands', change, { from: off });
  expect(refused).toMatchObject({ status: 403, body: { code: 'control_off' } });
  expect(refused.body.detail).toContain('HEAT_PUMP_CONTROL=true');
  expect(await off.json(at('/settings'))).toMatchObject({
    enabled: false,
    reason: expect.stringContaining('switched off'),
    data: [{ setting: 'target_temp' }, { setting: 'operating_mode' }],
  });
  expect(await off.json(at('/commands?limit=1'))).toMatchObject({
    truncated: false,
    data: [],
  });
  expect(await count()).toBe(0);
});

test('reading settings is not changing them', async () => {
  const token = await api.addToken({ scopes: ['readings:read'] });
  const change = { setting: 'target_temp', value: 21 };
  expect(await post('/commands', change, { token })).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  });
  const headers = { authorization: `Bearer ${token}` };
  expect((await api.get(at('/settings'), headers)).status).toBe(200);
});
