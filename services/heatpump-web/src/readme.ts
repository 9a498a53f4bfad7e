import { code, configurationTable, markdownTable } from '@homelab/service-kit';
import { configSchema } from './config.ts';
import { problemCodes, problems } from './http/problems.ts';

/** The tables of the README by the name of their place, made from the code. */
export function readmeTables(): Readonly<Record<string, string>> {
  return {
    problems: markdownTable(
      ['Code', 'Status', 'Meaning'],
      problemCodes.map(name => {
        const [status, title] = problems[name];
        return [code(name), String(status), title];
      }),
    ),
    configuration: configurationTable(configSchema),
  };
}
