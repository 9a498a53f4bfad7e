import { createPermission } from '@backstage/plugin-permission-common';
import { z } from 'zod';
import { buildOpenApi } from './openapi';

const read = createPermission({ name: 'things.read', attributes: {} });
const thing = z.object({
  id: z.string(),
  madeAt: z.iso.datetime().transform(text => new Date(text)),
});
const things = z.object({ things: z.array(thing) });

const build = (components: Record<string, z.ZodType>) =>
  buildOpenApi({
    pluginId: 'things',
    title: 'Things',
    description: 'All things.',
    components,
    operations: [
      {
        path: '/boxes/{box}/things',
        method: 'get',
        summary: 'Things in a box',
        query: z.object({ limit: z.coerce.number().int().default(10) }),
        answer: things,
        permissions: [read],
      },
    ],
  });

it('describes responses as they are sent and refers to named schemas', () => {
  const { paths, components } = build({ Thing: thing, Things: things });
  expect(components.schemas).toMatchObject({
    Thing: { properties: { madeAt: { type: 'string', format: 'date-time' } } },
    Things: {
      properties: { things: { items: { $ref: '#/components/schemas/Thing' } } },
    },
  });
  expect(paths['/boxes/{box}/things']).toMatchObject({
    get: {
      parameters: [
        { name: 'box', in: 'path', required: true, schema: { type: 'string' } },
        {
          name: 'limit',
          in: 'query',
          required: false,
          schema: { type: 'integer', default: 10 },
        },
      ],
      responses: {
        200: {
          content: {
            'application/json': {
              schema: { $ref: '#/components/schemas/Things' },
            },
          },
        },
        400: {},
        403: { description: 'Requires things.read.' },
        404: {},
      },
    },
  });
});

it('refuses a response whose schema has no name', () => {
  expect(() => build({ Thing: thing })).toThrow(/not a component/);
});
