import { z } from 'zod';

/** The named schemas of a document, by name. */
export type Components = Readonly<Record<string, z.ZodType>>;

/** A parameter as the document has it. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: object;
}

const refTo = (name: string) => `#/components/schemas/${name}`;

const asSent: z.core.ToJSONSchemaParams = {
  io: 'input',
  override: ({ jsonSchema }) => {
    // The format suffices; zod's pattern of a calendar with leap years is noise.
    if (jsonSchema.format) delete jsonSchema.pattern;
  },
};

/** The JSON schemas of all components; where one holds another it refers to it. */
export function componentSchemas(
  components: Components,
): Record<string, object> {
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

/** Every parameter of a path like `/boxes/{box}`, as text; undefined when there are none. */
export function textParams(path: string): z.ZodObject | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  if (names.length === 0) return undefined;
  return z.object(Object.fromEntries(names.map(name => [name, z.string()])));
}

/** The parameters that an object schema describes; a description moves to the parameter. */
export function parametersOf(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
): Parameter[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, asSent);
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } =
      typeof property === 'object' ? property : {};
    return {
      name,
      in: place,
      required: required.includes(name),
      ...(description !== undefined && { description }),
      schema: rest,
    };
  });
}

/**
 * The content of a JSON body.
 * @throws Error when the schema is not a component
 */
export function jsonContent(schema: z.ZodType, components: Components) {
  const name = Object.keys(components).find(key => components[key] === schema);
  if (name === undefined)
    throw new Error('The schema of an answer or a body is not a component.');
  return { 'application/json': { schema: { $ref: refTo(name) } } };
}
