import {
  code,
  configurationTable,
  databaseGroup,
  markdownTable,
} from '@homelab/service-kit';
import { problemCodes, problems } from '@homelab/homelab-api-client';
import { configSchema } from './config.ts';
import { routes } from './routes/index.ts';

/** The tables of the README by the name of their place, made from the code. */
export function readmeTables(): Readonly<Record<string, string>> {
  return {
    routes: markdownTable(
      ['Route', 'Answer', 'Scope'],
      routes.map(({ method, path, summary, scope }) => [
        code(method === 'GET' ? path : `${method} ${path}`),
        summary,
        code(scope),
      ]),
    ),
    problems: markdownTable(
      ['Code', 'Status', 'Meaning'],
      problemCodes.map(name => {
        const [status, title] = problems[name];
        return [code(name), String(status), title];
      }),
    ),
    configuration: configurationTable(configSchema, [
      databaseGroup('homelab_api'),
    ]),
  };
}
