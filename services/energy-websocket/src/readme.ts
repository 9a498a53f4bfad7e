import { liveErrorCodes, liveErrors } from '@homelab/live-client';
import {
  code,
  configurationTable,
  databaseGroup,
  markdownTable,
} from '@homelab/service-kit';
import { configSchema } from './config.ts';

/** The tables of the README by the name of their place, made from the code. */
export function readmeTables(): Readonly<Record<string, string>> {
  return {
    errors: markdownTable(
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
    configuration: configurationTable(configSchema, [
      databaseGroup('homelab_live'),
      {
        names: ['KAFKA_BROKERS', 'KAFKA_CLIENT_ID'],
        byDefault: 'required, `energy-websocket`',
        meaning: 'The brokers',
      },
    ]),
  };
}
