import { targetsResponseSchema } from '@homelab/plugin-system-health-common';
import { z } from 'zod';

const errorResponse = (description: string) => ({ description });

/** The OpenAPI document of the routes, with schemas taken from the code. */
export function buildOpenApi() {
  const { $schema, ...schema } = z.toJSONSchema(targetsResponseSchema, {
    io: 'input',
    override({ jsonSchema }) {
      // `format` says what the long pattern of a time says.
      if (jsonSchema.format) delete jsonSchema.pattern;
    },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'System health API',
      version: '1',
      description: 'The last known health of everything that is watched.',
    },
    servers: [{ url: '/api/system-health' }],
    security: [{ backstageToken: [] }],
    paths: {
      '/targets': {
        get: {
          operationId: 'getTargets',
          summary: 'The health of every target, in configured order',
          responses: {
            200: {
              description: 'The last known health and the clock of the backend',
              content: { 'application/json': { schema } },
            },
            401: errorResponse('No valid token'),
            403: errorResponse('The permission system-health.read is missing'),
          },
        },
      },
    },
    components: {
      securitySchemes: {
        backstageToken: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
