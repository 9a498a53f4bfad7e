import { z } from 'zod';
import { configSchema } from './config.ts';
import { problemCodes, problems } from './http/problems.ts';

/** The tables of the README by the name of their place, made from the code. */
export function readmeTables(): Readonly<Record<string, string>> {
  return {
    problems: table(
      ['Code', 'Status', 'Meaning'],
      problemCodes.map(name => {
        const [status, title] = problems[name];
        return [code(name), String(status), title];
      }),
    ),
    configuration: table(
      ['Variable', 'Default', 'Meaning'],
      [
        ...Object.entries(configSchema.shape).map(([name, schema]) => [
          code(name),
          defaultOf(schema),
          schema.description ?? '',
        ]),
        [
          ['OPS_HOST', 'OPS_PORT', 'LOG_LEVEL'].map(code).join(' '),
          '`127.0.0.1`, required, `info`',
          'Ops server and log',
        ],
      ],
    ),
  };
}

const dayMs = 86_400_000;

function defaultOf(schema: z.ZodType): string {
  if (!(schema instanceof z.ZodDefault))
    return schema instanceof z.ZodOptional ? 'none' : 'required';
  const value = schema.def.defaultValue;
  return code(typeof value === 'number' ? `${value / dayMs}d` : String(value));
}

const code = (text: string) => `\`${text}\``;

function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}
