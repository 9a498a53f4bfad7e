import type { BasicPermission } from '@backstage/plugin-permission-common';
import { z } from 'zod';

/** A route of a plugin. */
export interface Operation {
  /** Below `/api/<plugin>`, in OpenAPI notation: `/devices/{deviceId}`. */
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly summary: string;
  /** The schema of the JSON response, or the type and meaning of another response. */
  readonly answer:
    z.ZodType | { readonly contentType: string; readonly description: string };
  /** 200 when absent. */
  readonly status?: '200' | '201' | '202';
  /** Schemas of the path's parameters; text when absent. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** All are required. */
  readonly permissions: readonly BasicPermission[];
  /** What 503 means, where it may occur. */
  readonly unavailable?: string;
}

/** The named schemas of the document, by name. */
type Components = Readonly<Record<string, z.ZodType>>;

/**
 * Builds the OpenAPI 3.1 document of a plugin from the schemas of its requests and
 * responses. Responses are described as sent, before a client transforms anything.
 * @param api.components every schema that an answer or a body has; where one of them holds
 * another the document refers to it
 */
export function buildOpenApi(api: {
  readonly pluginId: string;
  readonly title: string;
  readonly description: string;
  readonly components: Components;
  readonly operations: readonly Operation[];
}) {
  const paths: Record<string, Record<string, object>> = {};
  for (const one of api.operations)
    paths[one.path] = {
      ...paths[one.path],
      [one.method]: describe(one, api.components),
    };
  return {
    openapi: '3.1.0',
    info: {
      title: api.title,
      version: '1',
      description: `${api.description} Paths are below /api/${api.pluginId} of the portal.`,
    },
    servers: [{ url: `/api/${api.pluginId}` }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: componentSchemas(api.components),
    },
  };
}

const refTo = (name: string) => `#/components/schemas/${name}`;

const asSent: z.core.ToJSONSchemaParams = {
  io: 'input',
  override: ({ jsonSchema }) => {
    // The format suffices; zod's pattern of a calendar with leap years is noise.
    if (jsonSchema.format) delete jsonSchema.pattern;
  },
};

function componentSchemas(components: Components): Record<string, object> {
  const registry = z.registry<{ id?: string }>();
  for (const [id, schema] of Object.entries(components))
    registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, { ...asSent, uri: refTo });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema, $id, ...schema }]) => [
      name,
      schema,
    ]),
  );
}

function describe(operation: Operation, components: Components) {
  const { path, summary, answer, status = '200', query, body } = operation;
  const permissions = operation.permissions.map(({ name }) => name);
  const params = operation.params ?? textParams(path);
  const parameters = [
    ...parametersOf('path', params),
    ...parametersOf('query', query),
  ];
  return {
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: json(body, components) },
    }),
    responses: {
      [status]:
        'contentType' in answer
          ? {
              description: answer.description,
              content: { [answer.contentType]: { schema: { type: 'string' } } },
            }
          : { description: summary, content: json(answer, components) },
      ...((query || body) && {
        '400': {
          description: 'The request is not valid; the message says what.',
        },
      }),
      '401': { description: 'Nobody is signed in.' },
      '403': { description: `It needs ${permissions.join(' and ')}.` },
      ...(params && {
        '404': { description: 'There is no such thing, as far as is known.' },
      }),
      ...(body && {
        '409': { description: 'It cannot be done now; the message says why.' },
      }),
      ...(operation.unavailable !== undefined && {
        '503': { description: operation.unavailable },
      }),
    },
  };
}

/** Every path parameter, as text; undefined when there are none. */
function textParams(path: string): z.ZodObject | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  if (names.length === 0) return undefined;
  return z.object(Object.fromEntries(names.map(name => [name, z.string()])));
}

function parametersOf(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
) {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, asSent);
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}

function json(schema: z.ZodType, components: Components) {
  const name = Object.keys(components).find(key => components[key] === schema);
  if (name === undefined)
    throw new Error('The schema of an answer or a body is no component.');
  return { 'application/json': { schema: { $ref: refTo(name) } } };
}
