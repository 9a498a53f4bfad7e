import { changeText, settingText } from '@homelab/heat-pump-settings';
import type { commandSchema, CommandState } from '@homelab/homelab-api-client';
import { heatPumpSettings } from '@homelab/telemetry';
import type { SettingName, SettingValue } from '@homelab/telemetry';
import type { z } from 'zod';
import type { Query, Statement } from '../database/database.ts';
import type { KnownSetting } from './known-settings.ts';

/** A command with its state at this moment. */
export interface CommandRow {
  readonly id: string;
  readonly device_id: string;
  readonly setting: SettingName;
  readonly from_value: SettingValue;
  readonly to_value: SettingValue;
  readonly state: CommandState;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly expires_at: Date;
  readonly published_at: Date | null;
  readonly confirm_by: Date | null;
  readonly finished_at: Date | null;
  readonly reported_value: SettingValue | null;
  readonly failure: string | null;
  readonly undo_of: string | null;
  readonly undone_by: string | null;
}

const columns = `id, device_id, setting, from_value, to_value, state, requested_by, requested_at,
  expires_at, published_at, confirm_by, finished_at, reported_value, failure, undo_of, undone_by`;

const select = (name: string, rest: string): Statement => ({
  name,
  text: `SELECT ${columns} FROM heat_pump_command_log ${rest}`,
});

const statements = {
  list: select(
    'commands',
    'WHERE device_id = $1 ORDER BY requested_at DESC, id LIMIT $2',
  ),
  one: select('command', 'WHERE device_id = $1 AND id = $2'),
  open: select(
    'open-commands',
    `WHERE device_id = $1 AND state IN ('accepted', 'published')`,
  ),
  byKey: select(
    'command-by-key',
    'WHERE principal = $1 AND idempotency_key = $2',
  ),
  lock: {
    name: 'lock-commands',
    text: `SELECT pg_advisory_xact_lock(hashtextextended('heat_pump_commands ' || $1, 0))`,
  },
  ofLastHour: {
    name: 'commands-of-last-hour',
    text: `SELECT count(*)::int AS count FROM heat_pump_commands
      WHERE device_id = $1 AND requested_at > now() - interval '1 hour'`,
  },
  add: {
    name: 'add-command',
    text: `INSERT INTO heat_pump_commands (principal, idempotency_key, requested_by, device_id,
        setting, from_value, to_value, undo_of, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 millisecond')
      RETURNING id`,
  },
} satisfies Record<string, Statement>;

/** The commands of a heat pump, newest first. */
export function listCommands(query: Query, deviceId: string, limit: number) {
  return query<CommandRow & Row>(statements.list, [deviceId, limit]);
}

/** One command of a heat pump. */
export async function findCommand(
  query: Query,
  deviceId: string,
  id: string,
): Promise<CommandRow | undefined> {
  const [row] = await query<CommandRow & Row>(statements.one, [deviceId, id]);
  return row;
}

/** The commands of a heat pump whose end is not known yet. */
export function openCommands(query: Query, deviceId: string) {
  return query<CommandRow & Row>(statements.open, [deviceId]);
}

/** The command that a client has called by a key before. */
export async function findByKey(
  query: Query,
  principal: string,
  idempotencyKey: string,
): Promise<CommandRow | undefined> {
  const key = [principal, idempotencyKey];
  const [row] = await query<CommandRow & Row>(statements.byKey, key);
  return row;
}

/** Lets one change of a heat pump be decided after the other, until the transaction ends. */
export async function lockCommands(
  query: Query,
  deviceId: string,
): Promise<void> {
  await query(statements.lock, [deviceId]);
}

/** How many commands for a heat pump the last hour had. */
export async function countLastHour(
  query: Query,
  deviceId: string,
): Promise<number> {
  const [row] = await query<{ count: number }>(statements.ofLastHour, [
    deviceId,
  ]);
  return row?.count ?? 0;
}

/** Adds a command; returns its id. */
export async function addCommand(
  query: Query,
  command: {
    readonly principal: string;
    readonly idempotencyKey: string;
    readonly requestedBy: string;
    readonly deviceId: string;
    readonly setting: SettingName;
    readonly from: SettingValue;
    readonly to: SettingValue;
    readonly undoOf: string | null;
    readonly expiresInMs: number;
  },
): Promise<string> {
  const [row] = await query<{ id: string }>(statements.add, [
    command.principal,
    command.idempotencyKey,
    command.requestedBy,
    command.deviceId,
    command.setting,
    JSON.stringify(command.from),
    JSON.stringify(command.to),
    command.undoOf,
    command.expiresInMs,
  ]);
  if (row === undefined) throw new Error('The database returned no row.');
  return row.id;
}

type Row = Record<string, unknown>;

/** Why a command cannot be undone, as a sentence; undefined when it can. */
export function undoRefusal(
  command: CommandRow,
  current: SettingValue | undefined,
): string | undefined {
  const { setting, state, to_value: to } = command;
  if (command.undone_by !== null) return 'It has been undone already.';
  if (state === 'accepted' || state === 'published')
    return 'It has not ended yet. Wait for it, then undo it.';
  if (state === 'expired' || state === 'failed')
    return 'It was never sent, so there is nothing to undo.';
  if (current === to) return undefined;
  const now = settingText(setting, current ?? null);
  return `${heatPumpSettings[setting].label} is ${now}, not the ${settingText(setting, to)} of this change, so there is nothing to undo.`;
}

/** A command as the API tells it. */
export function commandOf(
  row: CommandRow,
  known: readonly KnownSetting[],
): z.input<typeof commandSchema> {
  const { setting, from_value: from, to_value: to } = row;
  const current = known.find(({ name }) => name === setting)?.value;
  return {
    id: row.id,
    device_id: row.device_id,
    setting,
    label: heatPumpSettings[setting].label,
    from,
    to,
    text: changeText(setting, from, to),
    state: row.state,
    message: messageOf(row),
    requested_by: row.requested_by,
    requested_at: row.requested_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    published_at: row.published_at?.toISOString() ?? null,
    confirm_by: row.confirm_by?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
    undo_of: row.undo_of,
    undone_by: row.undone_by,
    can_undo: undoRefusal(row, current) === undefined,
  };
}

function messageOf(row: CommandRow): string {
  const { setting, reported_value: reported } = row;
  switch (row.state) {
    case 'accepted':
      return 'It waits to be sent.';
    case 'published':
      return 'It was sent. The heat pump has not reported it yet.';
    case 'confirmed':
      return `The heat pump reports ${settingText(setting, row.to_value)}.`;
    case 'contradicted':
      return `The heat pump reports ${settingText(setting, reported)}: it did not take the change.`;
    case 'timed_out':
      return 'The heat pump has not said whether it took the change. Look at its display before you try again.';
    case 'expired':
      return 'It was not sent in time: the heat pump was silent, or the service that writes settings does not run.';
    case 'failed':
      return row.failure ?? 'It could not be sent.';
  }
}
