import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRegistry, opsEnv } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { configKeys } from './config.ts';
import { createLiveMetrics } from './metrics.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

test('the README names every variable', () => {
  for (const key of [...configKeys, ...Object.keys(opsEnv)])
    expect(readme).toContain(`\`${key}\``);
});

test('the README names every metric of the server, and no other', () => {
  const registry = createRegistry('live');
  createLiveMetrics(registry);
  const exported = registry
    .getMetricsAsArray()
    .map(({ name }) => name)
    .filter(name => name.startsWith('homelab_live_'));
  const named = readme.match(/homelab_live_\w+/g) ?? [];
  expect([...new Set(named)].sort()).toEqual(exported.sort());
});
