import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRegistry, opsEnv } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { configKeys } from './config.ts';
import { createControlMetrics } from './metrics.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

test('the README names every variable', () => {
  for (const key of [...configKeys, ...Object.keys(opsEnv)])
    expect(readme).toContain(`\`${key}\``);
});

test('the README names every metric of the service, and no other', () => {
  const registry = createRegistry('control');
  createControlMetrics(registry, { formats: [] });
  const exported = registry
    .getMetricsAsArray()
    .map(({ name }) => name)
    .filter(name => name.startsWith('homelab_control_'));
  const named = readme.match(/homelab_control_\w+/g) ?? [];
  expect([...new Set(named)].sort()).toEqual(exported.sort());
});
