import type {
  AuditorService,
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import type { HomelabApi } from '@homelab/homelab-api-client';
import {
  heatPumpReadPermission,
  heatPumpSettingsWritePermission,
} from '@homelab/plugin-heat-pump-common';
import type {
  DevicesResponse,
  History,
} from '@homelab/plugin-heat-pump-common';
import { createAuthorizer, parseRequest } from '@homelab/portal-node';
import { streams } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import type { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { addFigureRoutes } from './figures';
import {
  deviceParamsSchema,
  historyFields,
  historyQuerySchema,
  historyRange,
  latestQuerySchema,
} from './requests';
import { addSettingRoutes, settingsSwitch } from './settings';
import type { HouseState } from './services/HouseState';
import type { LiveClients } from './services/LiveClients';
import type { DeviceRef } from '@homelab/heat-pump';
import type { HistorySource } from '@homelab/plugin-heat-pump-node';

interface Deps {
  house: HouseState;
  history: HistorySource;
  api: HomelabApi;
  logger: LoggerService;
  liveClients: LiveClients;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  auditor: AuditorService;
  /** Settings may be changed by whoever has the permission. */
  areSettingsOn: boolean;
  siteTimeZone: string;
  now?: () => number;
}

/** The order in which streams are searched when a request names only the device. */
const streamPreference: readonly Stream[] = [
  'heatpump',
  'energy',
  'temperature',
];

/** The HTTP API of the heat pump plugin, under `/api/heat-pump`. */
export function createRouter(deps: Deps): Router {
  const { house, history, liveClients, now = Date.now } = deps;
  const router = PromiseRouter();

  const authorizer = createAuthorizer({
    httpAuth: deps.httpAuth,
    permissions: deps.permissions,
    rules: {
      read: { permissions: [heatPumpReadPermission] },
      changeSettings: {
        permissions: [heatPumpReadPermission, heatPumpSettingsWritePermission],
        switch: { key: settingsSwitch, isOn: deps.areSettingsOn },
      },
    },
  });

  router.get('/devices', async (request, response) => {
    await authorizer.require(request, 'read');
    const body: DevicesResponse = { devices: house.devices() };
    response.json(body);
  });

  router.get('/devices/:deviceId/latest', async (request, response) => {
    await authorizer.require(request, 'read');
    const { deviceId } = parseRequest(deviceParamsSchema, request.params);
    const { stream } = parseRequest(latestQuerySchema, request.query);
    const device = findDevice(house, deviceId, stream);
    response.json(house.latest(device));
  });

  router.get('/devices/:deviceId/history', async (request, response) => {
    await authorizer.require(request, 'read');
    const { deviceId } = parseRequest(deviceParamsSchema, request.params);
    const query = parseRequest(historyQuerySchema, request.query);
    const device = findDevice(house, deviceId, query.stream);
    const range = historyRange(query, now());
    const fields = historyFields(device.stream, query.fields);
    const result = await history.history({ ...device, ...range, fields });
    const body: History = {
      ...device,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      siteTimeZone: deps.siteTimeZone,
      ...result,
    };
    response.json(body);
  });

  addFigureRoutes(router, {
    api: deps.api,
    logger: deps.logger,
    requireRead: request => authorizer.require(request, 'read'),
  });

  addSettingRoutes(router, {
    api: deps.api,
    logger: deps.logger,
    auditor: deps.auditor,
    authorizer,
  });

  router.get('/house', async (request, response) => {
    await authorizer.require(request, 'read');
    response.json(house.house());
  });

  router.get('/live', async (request, response) => {
    await authorizer.require(request, 'read');
    const credentials = await authorizer.credentials(request);
    liveClients.connect(response, credentials.expiresAt);
  });

  return router;
}

/**
 * @throws NotFoundError if the device has never sent a reading,
 * ServiceUnavailableError if that cannot be determined.
 */
function findDevice(
  house: HouseState,
  deviceId: string,
  wanted: Stream | undefined,
): DeviceRef {
  const candidates = wanted === undefined ? streamPreference : [wanted];
  for (const stream of candidates) {
    if (house.latest({ stream, deviceId })) return { stream, deviceId };
  }
  const { history } = house.sources();
  if (!history.ok) throw new ServiceUnavailableError(history.detail);
  const where = wanted ?? streams.join(', ');
  throw new NotFoundError(
    `No device "${deviceId}" has sent a reading (searched streams: ${where}).`,
  );
}
