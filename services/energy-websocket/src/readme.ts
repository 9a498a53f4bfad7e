import { liveErrorCodes, liveErrors } from '@homelab/live-client';
import { z } from 'zod';
import { configSchema } from './config.ts';

/** The tables of the README by the name of their place, made from the code. */
export function readmeTables(): Readonly<Record<string, string>> {
  return {
    errors: table(
      ['Code', 'Close code', 'Meaning', 'The client'],
      liveErrorCodes.map(name => {
        const [closeCode, after, title] = liveErrors[name];
        return [
          code(name),
          String(closeCode),
          title,
          after === 'retry' ? 'comes back' : 'gives up',
        ];
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
          'The database, as `homelab_live`',
        ],
        [
          ['KAFKA_BROKERS', 'KAFKA_CLIENT_ID'].map(code).join(' '),
          'required, `energy-websocket`',
          'The brokers',
        ],
        ...Object.entries(configSchema.shape)
          .filter(([name]) => name.startsWith('LIVE_'))
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

const durations = /_(INTERVAL|AGE)$/;

function defaultOf(name: string, schema: z.ZodType): string {
  if (!(schema instanceof z.ZodDefault))
    return schema instanceof z.ZodOptional ? 'none' : 'required';
  const value: unknown = schema.def.defaultValue;
  if (Array.isArray(value)) return 'none';
  return code(durations.test(name) ? `${String(value)}ms` : String(value));
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
