import { expect, test } from 'vitest';
import { findProblems } from './find-problems.ts';
import type { Manifest, Workspace } from './workspaces.ts';

const script = (name: string) => [name, `backstage-cli package ${name}`];

function workspace(folder: string, over: Partial<Manifest> = {}): Workspace {
  return {
    folder,
    manifest: {
      name: `@homelab/${folder.split('/')[1]}`,
      version: '0.1.0',
      private: false,
      license: 'Apache-2.0',
      repository: { url: 'git+https://code.example/x.git', directory: folder },
      exports: { '.': './src/index.ts' },
      publishConfig: { access: 'public' },
      files: ['dist'],
      backstage: { role: 'node-library' },
      scripts: Object.fromEntries(['build', 'prepack', 'postpack'].map(script)),
      dependencies: {},
      peerDependencies: {},
      ...over,
    },
  };
}

const root = {
  ...workspace('root').manifest,
  repository: { url: 'git+https://code.example/x.git' },
};
const problemsOf = (...workspaces: Workspace[]) =>
  findProblems(root, workspaces, () => true);

test('complete packages have no problem', () => {
  expect(
    problemsOf(
      workspace('packages/base'),
      workspace('plugins/lag', { dependencies: { '@homelab/base': '^1.0.0' } }),
      workspace('packages/inside', { private: true, files: [] }),
    ),
  ).toEqual([]);
});

test('a published package must not need a private one', () => {
  const problems = problemsOf(
    workspace('packages/inside', { private: true }),
    workspace('plugins/lag', { dependencies: { '@homelab/inside': '^1' } }),
    workspace('plugins/dlq', { peerDependencies: { '@homelab/inside': '^1' } }),
  );
  expect(problems).toHaveLength(2);
  expect(problems[0]).toMatch(
    '@homelab/lag depends on @homelab/inside, which is private',
  );
});

test('a plugin is never private', () => {
  expect(problemsOf(workspace('plugins/lag', { private: true }))).toEqual([
    expect.stringContaining('plugins/lag is private'),
  ]);
});

test('what a package lacks is said one by one', () => {
  const lacking = workspace('plugins/lag', {
    configSchema: 'config.d.ts',
    repository: { url: 'git+https://code.example/x.git', directory: 'plugins' },
    scripts: { build: 'tsc' },
  });
  expect(problemsOf(lacking)).toEqual([
    expect.stringContaining('"directory": "plugins/lag"'),
    expect.stringContaining('its "configSchema"'),
    expect.stringContaining('"build": "backstage-cli package build"'),
    expect.stringContaining('"prepack"'),
    expect.stringContaining('"postpack"'),
  ]);
});
