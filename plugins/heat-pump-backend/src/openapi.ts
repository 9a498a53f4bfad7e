import {
  deviceReadingSchema,
  devicesResponseSchema,
  energyDeviceReadingSchema,
  heatpumpDeviceReadingSchema,
  historySchema,
  houseSchema,
  readingEventSchema,
  statusEventSchema,
  temperatureDeviceReadingSchema,
} from '@homelab/plugin-heat-pump-common';
import {
  energyReadingSchema,
  heatpumpStatusSchema,
  streams,
  temperatureReadingSchema,
} from '@homelab/telemetry';
import { z } from 'zod';
import { historyQuerySchema, latestQuerySchema } from './requests';

/** Schemas of answers and events by the name they have in the document. */
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
};

const componentRef = (name: string) => `#/components/schemas/${name}`;

/** JSON Schemas of all components; where one holds another it refers to it. */
function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id?: string }>();
  for (const [id, schema] of Object.entries(components)) {
    registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, {
    uri: componentRef,
    io: 'input',
    override: ({ jsonSchema }) => {
      // The format says it; the pattern of a calendar with leap years helps nobody.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [
      name,
      schema,
    ]),
  );
}

/** Query parameters as the schema of a request's query says. */
function queryParameters(schema: z.ZodObject) {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: false,
    schema: property,
  }));
}

const deviceParameter = {
  name: 'deviceId',
  in: 'path',
  required: true,
  schema: { type: 'string', minLength: 1, maxLength: 128 },
};

const failures = {
  '401': { description: 'Nobody is signed in.' },
  '403': { description: 'The permission heat-pump.read is missing.' },
};

const badRequest = {
  '400': { description: 'The request is not valid; the message says what.' },
};

const perDevice = {
  ...failures,
  ...badRequest,
  '404': { description: 'No such device has ever sent a reading.' },
  '503': { description: 'The database of readings cannot be read.' },
};

function answer(name: string, description: string) {
  return {
    description,
    content: {
      'application/json': { schema: { $ref: componentRef(name) } },
    },
  };
}

function operation(
  summary: string,
  responses: Record<string, unknown>,
  parameters: unknown[] = [],
) {
  return {
    get: { summary, ...(parameters.length > 0 && { parameters }), responses },
  };
}

const live = {
  '200': {
    description:
      'Server-sent events: `snapshot` (House) first and whenever a device is new, `reading` (ReadingEvent), `status` (StatusEvent), and a comment every 15 seconds. Ends when the credentials expire.',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  },
  ...failures,
  '503': { description: 'Too many browsers follow already.' },
};

/** The OpenAPI document of the heat pump backend, built from the schemas it answers with. */
export function buildOpenApi(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Heat pump',
      version: '1',
      description: `Newest and stored readings of the house (streams ${streams.join(', ')}), and the stream of events behind the live view. Paths are below /api/heat-pump of the portal.`,
    },
    servers: [{ url: '/api/heat-pump' }],
    security: [{ token: [] }],
    paths: {
      '/devices': operation('Devices that have sent a reading', {
        '200': answer('Devices', 'All known devices.'),
        ...failures,
      }),
      '/devices/{deviceId}/latest': operation(
        'The newest reading of a device',
        { '200': answer('DeviceReading', 'Its newest reading.'), ...perDevice },
        [deviceParameter, ...queryParameters(latestQuerySchema)],
      ),
      '/devices/{deviceId}/history': operation(
        'Stored readings of a device, thinned to points that keep mean, least and greatest',
        { '200': answer('History', 'Points, bands and gaps.'), ...perDevice },
        [deviceParameter, ...queryParameters(historyQuerySchema)],
      ),
      '/house': operation(
        'The newest readings of meter, heat pumps and rooms',
        {
          '200': answer('House', 'The house at this moment.'),
          ...failures,
        },
      ),
      '/live': operation('Follow the house', live),
    },
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: componentSchemas(),
    },
  };
}
