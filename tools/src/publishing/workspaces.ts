import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const names = z.record(z.string(), z.string()).default({});

/** What publishing needs to know of a package.json. */
const manifestSchema = z.object({
  name: z.string(),
  version: z.string().default('0.0.0'),
  private: z.boolean().default(false),
  license: z.string().optional(),
  repository: z
    .object({ url: z.string(), directory: z.string().optional() })
    .optional(),
  exports: z.record(z.string(), z.unknown()).optional(),
  publishConfig: z.object({ access: z.string().optional() }).optional(),
  files: z.array(z.string()).default([]),
  configSchema: z.string().optional(),
  backstage: z
    .object({
      role: z.string().optional(),
      pluginId: z.string().optional(),
    })
    .default({}),
  scripts: names,
  dependencies: names,
  peerDependencies: names,
});

/** A package.json, as far as publishing is concerned. */
export type Manifest = z.infer<typeof manifestSchema>;

/** A package of the repository. */
export interface Workspace {
  /** Relative to the root of the checkout. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** The root's own package.json. */
export function readRootManifest(root: string): Manifest {
  return readManifest(join(root, 'package.json'));
}

/** The packages and plugins of a checkout. */
export function readWorkspaces(root: string): Workspace[] {
  return globSync('{packages,plugins}/*/package.json', { cwd: root })
    .sort()
    .map(path => ({
      folder: dirname(path),
      manifest: readManifest(join(root, path)),
    }));
}

function readManifest(path: string): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
