import { z } from 'zod';
import { configSchema } from './config.ts';
import { problemCodes, problems } from '@homelab/homelab-api-client';
import { routes } from './routes/index.ts';

/** The tables of the README by the name of their place, made from the code. */
export function readmeTables(): Readonly<Record<string, string>> {
  return {
    routes: table(
      ['Route', 'Answer', 'Scope'],
      routes.map(({ method, path, summary, scope }) => [
        code(method === 'GET' ? path : `${method} ${path}`),
        summary,
        code(scope),
      ]),
    ),
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
        [
          ['PGHOST', 'PGPORT', 'PGUSER', 'PGPASSWORD', 'PGDATABASE']
            .map(code)
            .join(' '),
          'required',
          'The database, as `homelab_api`',
        ],
        ...Object.entries(configSchema.shape)
          .filter(([name]) => name.startsWith('API_'))
          .map(([name, schema]) => [
            code(name),
            defaultOf(name, schema),
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

function defaultOf(name: string, schema: z.ZodType): string {
  if (!(schema instanceof z.ZodDefault))
    return schema instanceof z.ZodOptional ? 'none' : 'required';
  const value = schema.def.defaultValue;
  return code(
    name.endsWith('_TIMEOUT') ? `${Number(value) / 1_000}s` : String(value),
  );
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
