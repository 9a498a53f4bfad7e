import type { Manifest, Workspace } from './workspaces.ts';

/** What keeps the packages from being installed by a stranger, as sentences. */
export function findProblems(
  root: Manifest,
  workspaces: readonly Workspace[],
  exists: (path: string) => boolean,
): string[] {
  const byName = new Map(
    workspaces.map(({ manifest }) => [manifest.name, manifest]),
  );
  return workspaces.flatMap(workspace => {
    const { folder, manifest } = workspace;
    if (!manifest.private)
      return [
        ...findGaps(root, workspace, exists),
        ...findPrivateDependencies(manifest, byName),
      ];
    return folder.startsWith('plugins/')
      ? [`${folder} is private: every plugin can be lifted out of here.`]
      : [];
  });
}

/** A dependency at run time that no registry will have. */
function findPrivateDependencies(
  { name, dependencies, peerDependencies }: Manifest,
  byName: ReadonlyMap<string, Manifest>,
): string[] {
  return Object.keys({ ...dependencies, ...peerDependencies })
    .filter(dependency => byName.get(dependency)?.private)
    .map(
      dependency =>
        `${name} depends on ${dependency}, which is private, so nobody else can install it: publish that package too, or move what is needed of it.`,
    );
}

function findGaps(
  root: Manifest,
  { folder, manifest }: Workspace,
  exists: (path: string) => boolean,
): string[] {
  const { configSchema, files, scripts } = manifest;
  const wanted: [string, boolean][] = [
    [`"license": "${root.license}"`, manifest.license === root.license],
    [
      `"repository" with the URL of the root and "directory": "${folder}"`,
      manifest.repository !== undefined &&
        manifest.repository.url === root.repository?.url &&
        manifest.repository.directory === folder,
    ],
    ['"exports" with "."', manifest.exports?.['.'] !== undefined],
    [
      '"publishConfig" with "access": "public"',
      manifest.publishConfig?.access === 'public',
    ],
    ['"backstage" with a "role"', manifest.backstage.role !== undefined],
    ['"files" with "dist"', files.includes('dist')],
    [
      '"files" with its "configSchema"',
      configSchema === undefined || files.includes(configSchema),
    ],
    ...(['build', 'prepack', 'postpack'] as const).map(
      (name): [string, boolean] => [
        `"scripts" with "${name}": "backstage-cli package ${name}"`,
        scripts[name] === `backstage-cli package ${name}`,
      ],
    ),
    ['a README.md', exists(`${folder}/README.md`)],
  ];
  return wanted
    .filter(([, isThere]) => !isThere)
    .map(([what]) => `${folder} is published and lacks ${what}.`);
}
