import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  commandRequestSchema,
  commandSchema,
  commandsSchema,
  heatPumpSettingsSchema,
  HomelabApiError,
  settingPreviewSchema,
} from '@homelab/homelab-api-client';
import type { HomelabApi } from '@homelab/homelab-api-client';
import { audited, parseRequest } from '@homelab/portal-node';
import type { Authorizer, Operation } from '@homelab/portal-node';
import {
  heatPumpReadPermission,
  heatPumpSettingsWritePermission,
} from '@homelab/plugin-heat-pump-common';
import { settingNames } from '@homelab/telemetry';
import { json } from 'express';
import type { Request, Router } from 'express';
import { z } from 'zod';
import { deviceParamsSchema } from './requests';
import { asBackstageError } from './services/ApiHistorySource';

/** The configuration key that lets settings be changed. */
export const settingsSwitch = 'heatPump.settings.enabled';

const maxBody = '4kb';

const keySchema = z.string().regex(/^[\x21-\x7e]{1,100}$/);
const previewParamsSchema = deviceParamsSchema.extend({
  setting: z.enum(settingNames),
});
const undoParamsSchema = deviceParamsSchema.extend({ commandId: z.uuid() });
const previewQuerySchema = z.strictObject({
  value: z.string().min(1).max(100),
});

/** Body of `POST /heat-pumps/:deviceId/commands`; the person is the one who is signed in. */
export const changeRequestSchema = commandRequestSchema
  .omit({ on_behalf_of: true })
  .extend({ idempotency_key: keySchema });

/** Body of `POST /heat-pumps/:deviceId/commands/:commandId/undo`. */
export const undoChangeRequestSchema = z.strictObject({
  idempotency_key: keySchema,
});

/** Adds the routes of settings; each asks the Homelab API once, in the name of the person. */
export function addSettingRoutes(
  router: Router,
  deps: {
    api: HomelabApi;
    logger: LoggerService;
    auditor: AuditorService;
    authorizer: Authorizer<'read' | 'changeSettings'>;
  },
): void {
  const { api, logger, auditor, authorizer } = deps;
  const body = json({ limit: maxBody });

  async function asked<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw asSettingError(error) ?? asBackstageError(error, logger);
    }
  }

  const change = <T>(
    request: Request,
    queryType: string,
    act: (person: string) => Promise<T>,
  ) =>
    audited(
      auditor,
      {
        eventId: 'heat-pump-settings',
        severityLevel: 'medium',
        request,
        meta: { queryType, ...request.params },
      },
      async () => act(await authorizer.require(request, 'changeSettings')),
    );

  router.get('/heat-pumps/:deviceId/settings', async (request, response) => {
    await authorizer.require(request, 'read');
    const { deviceId } = parseRequest(deviceParamsSchema, request.params);
    const settings = await asked(() => api.heatPumpSettings(deviceId));
    const credentials = await authorizer.credentials(request);
    const { changeSettings } = await authorizer.allowances(
      ['changeSettings'],
      credentials,
    );
    // What this person may not do is as good as switched off.
    const refusal = settings.enabled ? changeSettings.reason : null;
    response.json(
      refusal === null
        ? settings
        : { ...settings, enabled: false, reason: refusal },
    );
  });

  router.get(
    '/heat-pumps/:deviceId/settings/:setting/preview',
    async (request, response) => {
      await authorizer.require(request, 'changeSettings');
      const params = parseRequest(previewParamsSchema, request.params);
      const { value } = parseRequest(previewQuerySchema, request.query);
      const { deviceId, setting } = params;
      response.json(
        await asked(() => api.previewSetting(deviceId, { setting, value })),
      );
    },
  );

  router.get('/heat-pumps/:deviceId/commands', async (request, response) => {
    await authorizer.require(request, 'read');
    const { deviceId } = parseRequest(deviceParamsSchema, request.params);
    response.json(await asked(() => api.commands(deviceId)));
  });

  router.post(
    '/heat-pumps/:deviceId/commands',
    body,
    async (request, response) => {
      const command = await change(request, 'change', async person => {
        const { deviceId } = parseRequest(deviceParamsSchema, request.params);
        const order = parseRequest(changeRequestSchema, request.body);
        const { idempotency_key: key, ...wanted } = order;
        return asked(() =>
          api.requestCommand(
            deviceId,
            { ...wanted, on_behalf_of: person },
            key,
          ),
        );
      });
      response.status(202).json(command);
    },
  );

  router.post(
    '/heat-pumps/:deviceId/commands/:commandId/undo',
    body,
    async (request, response) => {
      const command = await change(request, 'undo', async person => {
        const params = parseRequest(undoParamsSchema, request.params);
        const order = parseRequest(undoChangeRequestSchema, request.body);
        return asked(() =>
          api.undoCommand(
            params.deviceId,
            params.commandId,
            { on_behalf_of: person },
            order.idempotency_key,
          ),
        );
      });
      response.status(202).json(command);
    },
  );
}

/** What the API refuses is told as it says it; undefined for what it did not decide. */
function asSettingError(error: unknown): Error | undefined {
  if (!(error instanceof HomelabApiError)) return undefined;
  const { code, status, message } = error;
  if (code === 'control_off') return new NotAllowedError(message);
  if (code === 'forbidden') {
    return new NotAllowedError(
      'The token of the portal may not change settings: start everything with HEAT_PUMP_CONTROL=true ./homelab up.',
    );
  }
  if (code === 'setting_unknown' || code === 'command_unknown')
    return new NotFoundError(message);
  if (code === 'value_out_of_bounds') return new InputError(message);
  return status === 409 || code === 'rate_limited'
    ? new ConflictError(message)
    : undefined;
}

const read = [heatPumpReadPermission];
const write = [heatPumpReadPermission, heatPumpSettingsWritePermission];
const unavailable = 'The Homelab API cannot be asked.';

/** The routes of settings for the document. */
export const settingOperations: readonly Operation[] = [
  {
    path: '/heat-pumps/{deviceId}/settings',
    method: 'get',
    summary: 'The settings that can be changed, with bounds and what they are',
    params: deviceParamsSchema,
    answer: heatPumpSettingsSchema,
    permissions: read,
    unavailable,
  },
  {
    path: '/heat-pumps/{deviceId}/settings/{setting}/preview',
    method: 'get',
    summary: 'What a change of a setting would do, without doing it',
    params: previewParamsSchema,
    query: previewQuerySchema,
    answer: settingPreviewSchema,
    permissions: write,
    unavailable,
  },
  {
    path: '/heat-pumps/{deviceId}/commands',
    method: 'get',
    summary: 'Every change of a setting that was asked for: who, when, what',
    params: deviceParamsSchema,
    answer: commandsSchema,
    permissions: read,
    unavailable,
  },
  {
    path: '/heat-pumps/{deviceId}/commands',
    method: 'post',
    summary: 'Ask for a change of a setting, in the name of the caller',
    params: deviceParamsSchema,
    body: changeRequestSchema,
    answer: commandSchema,
    status: '202',
    permissions: write,
    unavailable,
  },
  {
    path: '/heat-pumps/{deviceId}/commands/{commandId}/undo',
    method: 'post',
    summary: 'Ask for the value from before a command',
    params: undoParamsSchema,
    body: undoChangeRequestSchema,
    answer: commandSchema,
    status: '202',
    permissions: write,
    unavailable,
  },
];
