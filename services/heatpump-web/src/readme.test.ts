import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRegistry, opsEnv } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { configKeys } from './config.ts';
import { createWebMetrics } from './metrics.ts';

const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

test('the README names every variable', () => {
  for (const key of [...configKeys, ...Object.keys(opsEnv)])
    expect(readme).toContain(`\`${key}\``);
});

test('the README names every metric of the page, and no other', () => {
  const registry = createRegistry('web');
  createWebMetrics(registry, { sessions: () => 0 });
  const exported = registry
    .getMetricsAsArray()
    .map(({ name }) => name)
    .filter(name => name.startsWith('homelab_web_'));
  const named = readme.match(/homelab_web_\w+/g) ?? [];
  expect([...new Set(named)].sort()).toEqual(exported.sort());
});
