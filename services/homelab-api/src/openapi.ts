import { problems, problemSchema } from '@homelab/homelab-api-client';
import type { ProblemCode } from '@homelab/homelab-api-client';
import {
  componentSchemas,
  jsonContent,
  parametersOf,
  textParams,
} from '@homelab/openapi';
import { apiScopes } from '@homelab/timescale-schema';
import type { ApiRoute } from './http/define-route.ts';
import { components as answers, routes } from './routes/index.ts';

const components = { ...answers, Problem: problemSchema };

/** What every route may answer with. */
const commonProblems: readonly ProblemCode[] = [
  'invalid_parameter',
  'unauthenticated',
  'forbidden',
  'body_not_allowed',
  'uri_too_long',
  'rate_limited',
  'internal',
  'database_busy',
  'database_unavailable',
  'query_timeout',
  'issuer_unavailable',
];

/** The OpenAPI 3.1 document of the API, made from its routes. */
export function buildOpenApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Homelab API',
      version: '1',
      description:
        'Reads what is stored of electricity meters, heat pumps and room sensors, and changes settings of heat pumps where that is switched on. Times are ISO 8601; a missing value is null, never 0. Answers have an ETag, and every failure is application/problem+json with a stable code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map(name => ({ name })),
    paths: pathsOf(routes),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: `Made by "homelab token create", or an access token of the configured OpenID Connect issuer. Scopes: ${apiScopes.join(', ')}.`,
        },
      },
      schemas: componentSchemas(components),
    },
  };
}

function pathsOf(all: readonly ApiRoute[]) {
  const paths: Record<
    string,
    { get?: ReturnType<typeof describe>; post?: ReturnType<typeof describe> }
  > = {};
  for (const route of all)
    paths[route.path] = {
      ...paths[route.path],
      [route.method === 'POST' ? 'post' : 'get']: describe(route),
    };
  return paths;
}

/** What the routes that change something may answer with besides. */
const changeProblems: readonly ProblemCode[] = [
  'invalid_body',
  'body_too_large',
  'unsupported_media_type',
];

const idempotencyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description:
    'New for each change, the same when it is repeated: then nothing more happens',
  schema: { type: 'string', minLength: 1, maxLength: 100 },
} as const;

function describe(route: ApiRoute) {
  const changes = route.method === 'POST';
  const parameters = [
    ...parametersOf('path', route.params ?? textParams(route.path)),
    ...parametersOf('query', route.query),
    ...(changes ? [idempotencyParameter] : []),
  ];
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(route.description !== undefined && { description: route.description }),
    tags: [route.tag],
    security: [{ token: [route.scope] }],
    ...(parameters.length > 0 && { parameters }),
    ...(route.body && {
      requestBody: {
        required: true,
        content: jsonContent(route.body, components),
      },
    }),
    responses: {
      [changes ? '202' : '200']: {
        description: route.summary,
        content: contentOf(route),
      },
      ...(!isText(route) &&
        !changes && {
          '304': { description: 'It has not changed since the given ETag.' },
        }),
      ...problemResponses([
        ...commonProblems,
        ...(changes ? changeProblems : []),
        ...route.problems,
      ]),
    },
  };
}

const isText = ({ answer }: ApiRoute) => !('_zod' in answer);

function contentOf({ answer }: ApiRoute) {
  if ('_zod' in answer) return jsonContent(answer, components);
  return Object.fromEntries(
    answer.map(type => [type, { schema: { type: 'string' } }]),
  );
}

/** One response for each status, with its codes. */
function problemResponses(codes: readonly ProblemCode[]) {
  const statuses = [...new Set(codes.map(code => problems[code][0]))].sort();
  return Object.fromEntries(
    statuses.map(status => {
      const own = codes.filter(code => problems[code][0] === status);
      return [
        String(status),
        {
          description: own
            .map(code => `\`${code}\`: ${problems[code][1]}.`)
            .join(' '),
          content: {
            'application/problem+json': {
              schema: { $ref: '#/components/schemas/Problem' },
            },
          },
        },
      ];
    }),
  );
}
