import {
  deviceReadingSchema,
  energyDeviceReadingSchema,
  heatpumpDeviceReadingSchema,
  temperatureDeviceReadingSchema,
} from '@homelab/heat-pump';
import {
  commandSchema,
  commandsSchema,
  heatPumpSettingSchema,
  heatPumpSettingsSchema,
  settingPreviewSchema,
  energyBucketsSchema,
  energyComparisonSchema,
  energyCostsSchema,
  energyPricesSchema,
  heatPumpDaysSchema,
  heatPumpRunsSchema,
  heatPumpSummarySchema,
} from '@homelab/homelab-api-client';
import {
  devicesResponseSchema,
  heatPumpReadPermission,
  historySchema,
  houseSchema,
  readingEventSchema,
  statusEventSchema,
} from '@homelab/plugin-heat-pump-common';
import { buildOpenApi as build } from '@homelab/portal-node';
import {
  energyReadingSchema,
  heatpumpStatusSchema,
  streams,
  temperatureReadingSchema,
} from '@homelab/telemetry';
import {
  changeRequestSchema,
  settingOperations,
  undoChangeRequestSchema,
} from './settings';
import { figureRoutes, isOfDevice } from './figures';
import {
  deviceParamsSchema,
  historyQuerySchema,
  latestQuerySchema,
  rangeQuerySchema,
} from './requests';

/** Schemas of responses and events by their name in the document. */
const components = {
  EnergyReading: energyReadingSchema,
  HeatpumpStatus: heatpumpStatusSchema,
  TemperatureReading: temperatureReadingSchema,
  EnergyDeviceReading: energyDeviceReadingSchema,
  HeatpumpDeviceReading: heatpumpDeviceReadingSchema,
  TemperatureDeviceReading: temperatureDeviceReadingSchema,
  DeviceReading: deviceReadingSchema,
  Devices: devicesResponseSchema,
  House: houseSchema,
  History: historySchema,
  ReadingEvent: readingEventSchema,
  StatusEvent: statusEventSchema,
  EnergyBuckets: energyBucketsSchema,
  EnergyComparison: energyComparisonSchema,
  EnergyCosts: energyCostsSchema,
  EnergyPrices: energyPricesSchema,
  HeatPumpDays: heatPumpDaysSchema,
  HeatPumpRuns: heatPumpRunsSchema,
  HeatPumpSummary: heatPumpSummarySchema,
  HeatPumpSetting: heatPumpSettingSchema,
  HeatPumpSettings: heatPumpSettingsSchema,
  SettingPreview: settingPreviewSchema,
  Command: commandSchema,
  Commands: commandsSchema,
  ChangeRequest: changeRequestSchema,
  UndoChangeRequest: undoChangeRequestSchema,
};

const permissions = [heatPumpReadPermission];
const unavailable = 'Stored readings cannot be read.';

/** The OpenAPI document of the heat pump backend. */
export const buildOpenApi = () =>
  build({
    pluginId: 'heat-pump',
    title: 'Heat pump',
    description: `Newest and stored readings of the house (streams ${streams.join(', ')}), and the event stream of the live view.`,
    components,
    operations: [
      {
        path: '/devices',
        method: 'get',
        summary: 'Devices that have sent a reading',
        answer: devicesResponseSchema,
        permissions,
      },
      {
        path: '/devices/{deviceId}/latest',
        method: 'get',
        summary: 'The newest reading of a device',
        params: deviceParamsSchema,
        query: latestQuerySchema,
        answer: deviceReadingSchema,
        permissions,
        unavailable,
      },
      {
        path: '/devices/{deviceId}/history',
        method: 'get',
        summary:
          'Stored readings of a device, downsampled to points with mean, minimum and maximum',
        params: deviceParamsSchema,
        query: historyQuerySchema,
        answer: historySchema,
        permissions,
        unavailable,
      },
      ...figureRoutes.map(route => ({
        path: route.path,
        method: 'get' as const,
        summary: route.summary,
        ...(isOfDevice(route) && { params: deviceParamsSchema }),
        query: route.query ?? rangeQuerySchema,
        answer: route.answer,
        permissions,
        unavailable,
      })),
      ...settingOperations,
      {
        path: '/house',
        method: 'get',
        summary: 'The newest readings of meter, heat pumps and rooms',
        answer: houseSchema,
        permissions,
      },
      {
        path: '/live',
        method: 'get',
        summary: 'Follow the house',
        answer: {
          contentType: 'text/event-stream',
          description:
            'Server-sent events: `snapshot` (House) first and whenever a new device appears, `reading` (ReadingEvent), `status` (StatusEvent), and a comment every 15 seconds. Ends when the credentials expire.',
        },
        permissions,
        unavailable: 'Too many browsers are following already.',
      },
    ],
  });
