import { createRegistry } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { addAssemblerMetrics } from './assembler-metrics.ts';

test('totals become counters that rise by the difference since the last scrape', async () => {
  const registry = createRegistry('bridge');
  const totals = {
    devices: 2,
    bytes: 8000,
    observed: 5,
    unreadable: 0,
    outdated: 1,
    expired: 0,
    forgotten: 0,
  };
  addAssemblerMetrics(registry, () => totals);
  expect(await registry.metrics()).toContain(
    'homelab_bridge_observations_total 5',
  );
  totals.observed = 7;
  const text = await registry.metrics();
  expect(text).toContain('homelab_bridge_observations_total 7');
  expect(text).toContain('homelab_bridge_observations_outdated_total 1');
  expect(text).toContain('homelab_bridge_state_fields_expired_total 0');
  expect(text).toContain('homelab_bridge_state_devices 2');
  expect(text).toContain('homelab_bridge_state_bytes 8000');
});
