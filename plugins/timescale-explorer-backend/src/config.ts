import type { RootConfigService } from '@backstage/backend-plugin-api';
import { badConfig, configFields, parseConfig } from '@homelab/portal-node';
import { z } from 'zod';

const { text, port, flag } = configFields;

const qualified = text.regex(
  /^[^.]+\.[^.]+$/,
  'must be schema.table, such as public.readings_hourly',
);

const rollupSchema = z.object({
  table: qualified,
  source: qualified,
  bucketColumn: text,
  bucket: text,
  job: text.optional(),
  pending: z
    .object({
      table: qualified,
      timeColumn: text,
      where: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
});

const databaseSchema = z
  .object({
    id: text.regex(
      /^[\w-]{1,60}$/,
      'must have only letters, digits, - and _, and at most 60 of them',
    ),
    title: text.optional(),
    host: text,
    port: port.default(5432),
    database: text,
    user: text,
    password: text,
    ssl: z.union([flag, z.object({ ca: text })]).default(false),
    diskBytes: z.coerce.number().positive().optional(),
    rollups: z.array(rollupSchema).default([]),
  })
  .transform(one => ({ ...one, title: one.title ?? one.id }));

const explorerSchema = z.object({
  databases: z.array(databaseSchema).default([]),
});

/** The `timescaleExplorer` section of the configuration, parsed. */
export type ExplorerConfig = z.infer<typeof explorerSchema>;
export type DatabaseConfig = ExplorerConfig['databases'][number];
export type RollupConfig = DatabaseConfig['rollups'][number];

/**
 * Reads the `timescaleExplorer` section.
 * @throws InputError that names every invalid key, never a value that may be secret
 */
export function readExplorerConfig(root: RootConfigService): ExplorerConfig {
  const config = parseConfig(explorerSchema, root, 'timescaleExplorer');
  const ids = config.databases.map(({ id }) => id);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  if (repeated.length > 0)
    throw badConfig(
      repeated.map(
        id => `timescaleExplorer.databases: there are two databases ${id}`,
      ),
    );
  return config;
}
