import { createTestDatabase, fileScope } from '@homelab/test-kit';
import type { TestDatabase } from '@homelab/test-kit';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

const file = fileScope(afterAll);
let database: TestDatabase;
let owner: Client;
let keys = 0;

beforeAll(async () => {
  database = await createTestDatabase(file);
  owner = await database.connect('homelab_owner');
});

/** Adds a command with these facts, in SQL, and returns its id. */
async function addCommand(facts: Record<string, string> = {}): Promise<string> {
  const all: Record<string, string> = {
    principal: `'token'`,
    idempotency_key: `'key-${(keys += 1)}'`,
    requested_by: `'user:default/eva'`,
    device_id: `'pump'`,
    setting: `'target_temp'`,
    from_value: `'20'`,
    to_value: `'21'`,
    expires_at: `now() + interval '1 minute'`,
    ...facts,
  };
  const { rows } = await owner.query<{ id: string }>(
    `INSERT INTO heat_pump_commands (${Object.keys(all).join(', ')})
     VALUES (${Object.values(all).join(', ')}) RETURNING id`,
  );
  return rows[0]?.id ?? '';
}

async function logged(id: string) {
  const { rows } = await owner.query(
    'SELECT state, finished_at IS NOT NULL AS is_final, undone_by FROM heat_pump_command_log WHERE id = $1',
    [id],
  );
  return rows[0];
}

const ago = (minutes: number) => `now() - interval '${minutes} minutes'`;
const published = { published_at: ago(5), expires_at: ago(4) };
const waiting = { ...published, confirm_by: `now() + interval '1 minute'` };
const over = { ...published, confirm_by: ago(1) };

test.each([
  ['accepted', {}, false],
  ['expired', { expires_at: ago(1) }, true],
  ['failed', { failed_at: ago(1), failure: `'It is gone.'` }, true],
  ['published', waiting, false],
  ['confirmed', { ...over, confirmed_at: ago(2) }, true],
  [
    'contradicted',
    { ...over, reported_at: ago(2), reported_value: `'20'` },
    true,
  ],
  ['timed_out', over, true],
])('a command is %s by its facts alone', async (state, facts, isFinal) => {
  const id = await addCommand(facts);
  expect(await logged(id)).toEqual({
    state,
    is_final: isFinal,
    undone_by: null,
  });
});

test('a command is undone by one that undoes it, unless that one came to nothing', async () => {
  const id = await addCommand({ ...over, confirmed_at: ago(2) });
  await addCommand({ undo_of: `'${id}'`, expires_at: ago(1) });
  expect(await logged(id)).toMatchObject({ undone_by: null });
  const undo = await addCommand({ undo_of: `'${id}'`, ...waiting });
  expect(await logged(id)).toMatchObject({ undone_by: undo });
});

test('the API only adds commands, control only completes them, nobody deletes', async () => {
  const id = await addCommand();
  const api = await database.connect('homelab_api');
  await api.query('SET default_transaction_read_only = off');
  const control = await database.connect('homelab_control');
  const reader = await database.connect('homelab_reader');
  const insert = (columns: string, values: string) =>
    `INSERT INTO heat_pump_commands
       (principal, idempotency_key, requested_by, device_id, setting, from_value, to_value, expires_at${columns})
     VALUES ('token', 'own-${(keys += 1)}', 'eva', 'pump', 'target_temp', '20', '21', now()${values})`;
  await api.query(insert('', ''));
  await control.query(
    'UPDATE heat_pump_commands SET published_at = now(), confirm_by = now() WHERE id = $1',
    [id],
  );
  const denied = { code: '42501' };
  for (const [client, statement] of [
    [api, insert(', confirmed_at', ', now()')],
    [api, `UPDATE heat_pump_commands SET requested_by = 'another'`],
    [api, 'DELETE FROM heat_pump_commands'],
    [control, insert('', '')],
    [control, `UPDATE heat_pump_commands SET to_value = '30'`],
    [control, 'DELETE FROM heat_pump_commands'],
    [control, 'SELECT * FROM energy_readings'],
    [reader, 'SELECT * FROM heat_pump_commands'],
    [reader, 'SELECT * FROM heat_pump_command_log'],
  ] as const)
    await expect(client.query(statement), statement).rejects.toMatchObject(
      denied,
    );
});
