import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  componentSchemas,
  jsonContent,
  parametersOf,
  textParams,
} from '@homelab/openapi';
import type { Components } from '@homelab/openapi';
import type { z } from 'zod';

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
  /** All of them are required. */
  readonly permissions: readonly BasicPermission[];
  /** What 503 means, where it may occur. */
  readonly unavailable?: string;
}

/**
 * Builds the OpenAPI 3.1 document of a plugin from the schemas of its requests and
 * responses. Responses are described as sent, before a client transforms anything.
 * @param api.components every schema of an answer or a body; where one contains another, the
 * document refers to it
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
      requestBody: { required: true, content: jsonContent(body, components) },
    }),
    responses: {
      [status]:
        'contentType' in answer
          ? {
              description: answer.description,
              content: { [answer.contentType]: { schema: { type: 'string' } } },
            }
          : { description: summary, content: jsonContent(answer, components) },
      ...((query || body) && {
        '400': {
          description: 'The request is not valid; the message says why.',
        },
      }),
      '401': { description: 'The caller is not signed in.' },
      '403': { description: `Requires ${permissions.join(' and ')}.` },
      ...(params && {
        '404': { description: 'It does not exist.' },
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
