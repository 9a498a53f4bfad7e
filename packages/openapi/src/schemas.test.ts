import { expect, test } from 'vitest';
import { z } from 'zod';
import { componentSchemas, jsonContent, parametersOf } from './index.ts';

const box = z.object({
  madeAt: z.iso.datetime().transform(text => new Date(text)),
});
const boxes = z.object({ boxes: z.array(box) });

test('schemas are described as they are sent, and refer to each other by name', () => {
  expect(componentSchemas({ Box: box, Boxes: boxes })).toMatchObject({
    Box: { properties: { madeAt: { type: 'string', format: 'date-time' } } },
    Boxes: {
      properties: { boxes: { items: { $ref: '#/components/schemas/Box' } } },
    },
  });
});

test('the description of a parameter is its own, not that of its schema', () => {
  const limit = z.coerce.number().int().default(10).describe('Most boxes');
  expect(parametersOf('query', z.object({ limit }))).toEqual([
    {
      name: 'limit',
      in: 'query',
      required: false,
      description: 'Most boxes',
      schema: expect.objectContaining({ type: 'integer', default: 10 }),
    },
  ]);
});

test('a body whose schema has no name is refused', () => {
  expect(() => jsonContent(boxes, { Box: box })).toThrow(/not a component/);
});
