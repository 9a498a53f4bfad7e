import { z } from 'zod';
import { components } from './components';
import type { ComponentName } from './components';
import { operations } from './operations';
import type { Operation } from './operations';

const componentRef = (name: string) => `#/components/schemas/${name}`;

const withoutPattern: z.core.ToJSONSchemaParams = {
  io: 'input',
  override: ({ jsonSchema }) => {
    // The format says it; the pattern of a calendar with leap years helps nobody.
    if (jsonSchema.format) delete jsonSchema.pattern;
  },
};

function componentSchemas(): Record<string, unknown> {
  const registry = z.registry<{ id?: string }>();
  for (const [id, schema] of Object.entries(components))
    registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    ...withoutPattern,
    uri: componentRef,
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [
      name,
      schema,
    ]),
  );
}

function queryParameters(schema: z.ZodObject) {
  const { properties = {}, required = [] } = z.toJSONSchema(
    schema,
    withoutPattern,
  );
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }));
}

function pathParameters(path: string) {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

const json = (name: ComponentName) => ({
  'application/json': { schema: { $ref: componentRef(name) } },
});

function describe({
  path,
  summary,
  answer,
  status = '200',
  asksKafka = false,
  query,
  body,
  permission,
}: Operation) {
  const permissions = [
    'consumer-lag.read',
    ...(permission ? [permission] : []),
  ];
  const parameters = [
    ...pathParameters(path),
    ...(query ? queryParameters(query) : []),
  ];
  return {
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      [status]: { description: summary, content: json(answer) },
      ...((query || body) && {
        '400': {
          description: 'The request is not valid; the message says what.',
        },
      }),
      '401': { description: 'Nobody is signed in.' },
      '403': { description: `It needs ${permissions.join(' and ')}.` },
      ...(parameters.some(one => one.in === 'path') && {
        '404': { description: 'There is no such thing, as far as is known.' },
      }),
      ...(body && {
        '409': { description: 'It cannot be done now; the message says why.' },
      }),
      ...(asksKafka && {
        '503': { description: 'Kafka did not answer; the message says why.' },
      }),
    },
  };
}

/** The OpenAPI document of the routes, built from the schemas they answer with. */
export function buildOpenApi() {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const one of operations)
    paths[one.path] = { ...paths[one.path], [one.method]: describe(one) };
  paths['/metrics'] = {
    get: {
      summary: 'Every number as a gauge of Prometheus',
      responses: {
        '200': {
          description: 'Metrics in the text format of Prometheus.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
        '401': { description: 'Nobody is signed in.' },
        '403': { description: 'It needs consumer-lag.read.' },
      },
    },
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Consumer lag',
      version: '1',
      description:
        'How far consumer groups of Kafka are behind, dead letters, and moving offsets. Paths are below /api/consumer-lag of the portal.',
    },
    servers: [{ url: '/api/consumer-lag' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: componentSchemas(),
    },
  };
}
