import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspaces, type Workspace } from '../publishing/workspaces.ts';
import { hasSteps, readSteps, type Steps } from './read-steps.ts';

/** A plugin with all its packages, as a stranger installs it. */
export interface Family {
  /** The id of the plugin. */
  readonly id: string;
  /** What the README of its frontend says. */
  readonly steps: Steps;
  /** The packages that the steps add, and all of ours that those need. */
  readonly packages: readonly Workspace[];
}

/** The families of the checkout; `unfinished` are ids of those whose README does not say how to install them. */
export function readFamilies(root: string): {
  families: Family[];
  unfinished: string[];
} {
  const workspaces = readWorkspaces(root);
  const families: Family[] = [];
  const unfinished: string[] = [];
  for (const { folder, manifest } of workspaces) {
    const id = manifest.backstage.pluginId;
    if (manifest.backstage.role !== 'frontend-plugin' || !id) continue;
    const path = `${folder}/README.md`;
    const readme = readFileSync(join(root, path), 'utf8');
    if (!hasSteps(readme)) {
      unfinished.push(id);
      continue;
    }
    const steps = readSteps(path, readme);
    const added = steps.packages.map(({ name }) => name);
    families.push({ id, steps, packages: neededBy(added, workspaces) });
  }
  return { families, unfinished };
}

/** The packages of these names, and all that they need at run time. */
export function neededBy(
  names: readonly string[],
  workspaces: readonly Workspace[],
): Workspace[] {
  const needed = new Set<Workspace>();
  const visit = (name: string) => {
    const workspace = workspaces.find(one => one.manifest.name === name);
    if (workspace === undefined || needed.has(workspace)) return;
    needed.add(workspace);
    const { dependencies, peerDependencies } = workspace.manifest;
    Object.keys({ ...dependencies, ...peerDependencies }).forEach(visit);
  };
  names.forEach(visit);
  return [...needed];
}
