import type { Principal } from '@homelab/access';
import {
  commandAnswerSchema,
  commandRequestSchema,
  commandSchema,
  commandsSchema,
  undoRequestSchema,
} from '@homelab/homelab-api-client';
import { deviceIdSchema } from '@homelab/telemetry';
import type { SettingName, SettingValue } from '@homelab/telemetry';
import { z } from 'zod';
import {
  addCommand,
  commandOf,
  countLastHour,
  findByKey,
  findCommand,
  listCommands,
  lockCommands,
  openCommands,
  undoRefusal,
} from '../commands/commands.ts';
import type { CommandRow } from '../commands/commands.ts';
import { readKnownSettings } from '../commands/known-settings.ts';
import type { KnownSetting } from '../commands/known-settings.ts';
import { planChange, requireControl } from '../commands/plan-change.ts';
import type { Query } from '../database/database.ts';
import { defineRoute } from '../http/define-route.ts';
import type { Asked } from '../http/define-route.ts';
import { ProblemError } from '../http/problems.ts';
import type { Services } from '../services.ts';
import { heatPumpParameters, requireDevice } from './device-parameters.ts';

const commandParameters = z.object({
  deviceId: deviceIdSchema.describe('Id of the heat pump, percent-encoded'),
  commandId: z.uuid().describe('Id of the command'),
});

/** What a command needs besides the device: decided inside of the transaction. */
interface Wanted {
  readonly setting: SettingName;
  readonly to: SettingValue;
  readonly undoOf: string | null;
}

/**
 * Accepts a command, or returns the one that the same client has called by this key before.
 * `decide` is asked in the transaction, while no other change of the heat pump is decided.
 */
async function accept(
  asked: Pick<Asked, 'principal' | 'idempotencyKey'> & {
    readonly deviceId: string;
    readonly onBehalfOf: string | undefined;
    decide(query: Query, known: readonly KnownSetting[]): Promise<Wanted>;
    /** Whether an earlier command is what is asked for now. */
    isSame(command: CommandRow): boolean;
  },
  { database, control, now }: Services,
) {
  requireControl(control);
  const { deviceId, principal, idempotencyKey } = asked;
  const requestedBy = personOf(principal, asked.onBehalfOf);
  return database.change(async query => {
    await lockCommands(query, deviceId);
    const known = await readKnownSettings(query, deviceId);
    const before = await findByKey(query, principal.id, idempotencyKey);
    if (before !== undefined) {
      if (before.device_id === deviceId && asked.isSame(before))
        return { command: commandOf(before, known) };
      throw new ProblemError(
        'idempotency_key_reused',
        'This Idempotency-Key belongs to another change: send a new one with each.',
      );
    }
    const { setting, to, undoOf } = await asked.decide(query, known);
    const open = await openCommands(query, deviceId);
    const { value: from } = planChange({
      name: setting,
      to,
      known,
      changing: open.map(one => one.setting),
      nowMs: now(),
    });
    if ((await countLastHour(query, deviceId)) >= control.commandsPerHour)
      throw new ProblemError(
        'rate_limited',
        `A heat pump takes ${control.commandsPerHour} changes in an hour: each one wears its memory.`,
        { retryAfterSeconds: 600 },
      );
    const id = await addCommand(query, {
      principal: principal.id,
      idempotencyKey,
      requestedBy,
      deviceId,
      setting,
      from,
      to,
      undoOf,
      expiresInMs: control.commandTimeoutMs,
    });
    const added = await findCommand(query, deviceId, id);
    if (added === undefined) throw new Error('The command is not there.');
    return { command: commandOf(added, known) };
  });
}

/** A program of ours says for whom it asks; whoever signed in to the issuer speaks for themselves. */
function personOf(principal: Principal, onBehalfOf: string | undefined) {
  if (onBehalfOf === undefined) return principal.id.slice(0, 200);
  if (principal.id.startsWith('token:')) return onBehalfOf;
  throw new ProblemError(
    'invalid_body',
    'on_behalf_of: this access token belongs to a person, who cannot ask for another one.',
  );
}

const requestCommand = defineRoute({
  operationId: 'requestCommand',
  method: 'POST',
  path: '/api/v1/heatpump/{deviceId}/commands',
  summary: 'Ask for a change of a setting',
  description:
    'The answer is 202: the change is stored, then sent to the heat pump, then read back from it. The command says how far it has come.',
  tag: 'Settings',
  scope: 'settings:write',
  params: heatPumpParameters,
  body: commandRequestSchema,
  answer: commandAnswerSchema,
  problems: [
    'control_off',
    'setting_unknown',
    'value_out_of_bounds',
    'setting_stale',
    'command_open',
    'nothing_to_change',
    'idempotency_key_reused',
  ],
  async handle({ params, body, spend, ...asked }, services) {
    spend(10);
    const { setting, value: to } = body;
    return accept(
      {
        ...asked,
        deviceId: params.deviceId,
        onBehalfOf: body.on_behalf_of,
        decide: async () => ({ setting, to, undoOf: null }),
        isSame: command =>
          command.setting === setting &&
          command.to_value === to &&
          command.undo_of === null,
      },
      services,
    );
  },
});

const undoCommand = defineRoute({
  operationId: 'undoCommand',
  method: 'POST',
  path: '/api/v1/heatpump/{deviceId}/commands/{commandId}/undo',
  summary: 'Ask for the value from before a command',
  description:
    'A new command with the old value. It is refused when the setting has been changed again since.',
  tag: 'Settings',
  scope: 'settings:write',
  params: commandParameters,
  body: undoRequestSchema,
  answer: commandAnswerSchema,
  problems: [
    'control_off',
    'command_unknown',
    'not_undoable',
    'setting_unknown',
    'value_out_of_bounds',
    'setting_stale',
    'command_open',
    'idempotency_key_reused',
  ],
  async handle({ params, body, spend, ...asked }, services) {
    spend(10);
    const { deviceId, commandId } = params;
    return accept(
      {
        ...asked,
        deviceId,
        onBehalfOf: body.on_behalf_of,
        async decide(query, known) {
          const command = await findCommand(query, deviceId, commandId);
          if (command === undefined) throw unknownCommand();
          const { setting, from_value: to } = command;
          const current = known.find(({ name }) => name === setting)?.value;
          const refusal = undoRefusal(command, current);
          if (refusal !== undefined)
            throw new ProblemError('not_undoable', refusal);
          return { setting, to, undoOf: commandId };
        },
        isSame: command => command.undo_of === commandId,
      },
      services,
    );
  },
});

function unknownCommand(): ProblemError {
  return new ProblemError(
    'command_unknown',
    'This heat pump has had no command of that id. Its commands are listed below /commands.',
  );
}

const listOfCommands = defineRoute({
  operationId: 'listCommands',
  path: '/api/v1/heatpump/{deviceId}/commands',
  summary: 'Every change of a setting that was asked for: who, when, what',
  tag: 'Settings',
  params: heatPumpParameters,
  query: z.strictObject({
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(200)
      .default(50)
      .describe('Most commands in the answer'),
  }),
  answer: commandsSchema,
  problems: ['device_unknown'],
  async handle({ params: { deviceId }, query, spend }, { database }) {
    spend(query.limit);
    const rows = await listCommands(database.rows, deviceId, query.limit + 1);
    const known = await readKnownSettings(database.rows, deviceId);
    if (rows.length === 0 && known.length === 0)
      await requireDevice(database, 'heatpump', deviceId);
    return {
      device_id: deviceId,
      truncated: rows.length > query.limit,
      data: rows.slice(0, query.limit).map(row => commandOf(row, known)),
    };
  },
});

const oneCommand = defineRoute({
  operationId: 'command',
  path: '/api/v1/heatpump/{deviceId}/commands/{commandId}',
  summary: 'A command and what became of it',
  tag: 'Settings',
  params: commandParameters,
  answer: commandAnswerSchema,
  problems: ['command_unknown'],
  async handle({ params: { deviceId, commandId }, spend }, { database }) {
    spend(10);
    const row = await findCommand(database.rows, deviceId, commandId);
    if (row === undefined) throw unknownCommand();
    const known = await readKnownSettings(database.rows, deviceId);
    return { command: commandOf(row, known) };
  },
});

export const commandRoutes = [
  requestCommand,
  listOfCommands,
  oneCommand,
  undoCommand,
];
export const commandComponents = {
  Command: commandSchema,
  CommandAnswer: commandAnswerSchema,
  Commands: commandsSchema,
  CommandRequest: commandRequestSchema,
  UndoRequest: undoRequestSchema,
};
