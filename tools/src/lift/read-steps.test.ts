import { expect, test } from 'vitest';
import { hasSteps, readSteps } from './read-steps.ts';

const readme = `# Lag

## Install

\`\`\`sh
yarn --cwd packages/app add @x/lag
yarn --cwd packages/backend add @x/lag-backend @x/lag-module
\`\`\`

\`\`\`ts
backend.add(import('@x/lag-backend'));
\`\`\`

## Configure

\`\`\`yaml
lag: { brokers: [a] }
\`\`\`

An entity names its groups:

\`\`\`yaml
metadata:
  annotations:
    x/groups: all
\`\`\`

## See

- \`/lag\` lists **Groups** and **All
  topics**.
- \`/catalog/default/component/my-service/lag\`

## Not a step

\`/elsewhere\`
`;

test('the three steps are read', () => {
  expect(readSteps('README.md', readme)).toEqual({
    packages: [
      { folder: 'packages/app', name: '@x/lag' },
      { folder: 'packages/backend', name: '@x/lag-backend' },
      { folder: 'packages/backend', name: '@x/lag-module' },
    ],
    backend: ["backend.add(import('@x/lag-backend'));"],
    config: [{ lag: { brokers: ['a'] } }],
    annotations: { 'x/groups': 'all' },
    sights: [
      { path: '/lag', texts: ['Groups', 'All topics'] },
      { path: '/catalog/default/component/my-service/lag', texts: [] },
    ],
  });
});

test('a README without a step says which one', () => {
  const cut = readme.replace('## See', '## Look');
  expect(() => readSteps('plugins/lag/README.md', cut)).toThrow(
    'plugins/lag/README.md has no section "## See"',
  );
  expect(hasSteps('# Lag\n')).toBe(false);
});
