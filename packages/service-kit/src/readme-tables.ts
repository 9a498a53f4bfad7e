import { z } from 'zod';
import { durationText, isDuration } from './env-fields.ts';

/** Variables that a table tells of in one row. */
export interface VariableGroup {
  readonly names: readonly string[];
  readonly byDefault: string;
  readonly meaning: string;
}

/** The row of the variables that every service has. */
const opsGroup: VariableGroup = {
  names: ['OPS_HOST', 'OPS_PORT', 'LOG_LEVEL'],
  byDefault: '`127.0.0.1`, required, `info`',
  meaning: 'Ops server and log',
};

/** The row of the variables of PostgreSQL, for this role. */
export function databaseGroup(role: string): VariableGroup {
  return {
    names: ['PGHOST', 'PGPORT', 'PGUSER', 'PGPASSWORD', 'PGDATABASE'],
    byDefault: 'required',
    meaning: `The database, as ${code(role)}`,
  };
}

/**
 * The table of a service's environment variables in Markdown, made from the schema that reads
 * them: first the groups, then each other variable with its default and description.
 */
export function configurationTable(
  schema: z.ZodObject,
  groups: readonly VariableGroup[] = [],
): string {
  const rowOf = ({ names, byDefault, meaning }: VariableGroup) => [
    names.map(code).join(' '),
    byDefault,
    meaning,
  ];
  const grouped = new Set(
    [...groups, opsGroup].flatMap(({ names }) => [...names]),
  );
  return markdownTable(
    ['Variable', 'Default', 'Meaning'],
    [
      ...groups.map(rowOf),
      ...Object.entries(schema.shape)
        .filter(([name]) => !grouped.has(name))
        .map(([name, field]) => [
          code(name),
          defaultOf(field),
          z.globalRegistry.get(field)?.description ?? '',
        ]),
      rowOf(opsGroup),
    ],
  );
}

/** A table in Markdown. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}

/** Text as code in Markdown. */
export function code(text: string): string {
  return `\`${text}\``;
}

function defaultOf(field: z.core.$ZodType): string {
  if (field instanceof z.ZodOptional) return 'none';
  if (!(field instanceof z.ZodDefault)) return 'required';
  const value: unknown = field.def.defaultValue;
  if (Array.isArray(value)) return 'none';
  return code(
    typeof value === 'number' && isDuration(field.def.innerType)
      ? durationText(value)
      : String(value),
  );
}
