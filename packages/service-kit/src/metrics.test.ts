import { expect, test } from 'vitest';
import { createMetrics, createRegistry } from './metrics.ts';

test('a registry exports build info and process metrics', async () => {
  const text = await createRegistry('bridge', { version: '1.2.3' }).metrics();
  expect(text).toContain(
    `homelab_build_info{component="bridge",version="1.2.3",node="${process.version}"} 1`,
  );
  expect(text).toContain('nodejs_eventloop_lag_seconds');
  expect(text).toContain('process_resident_memory_bytes');
});

test('a metric name includes the component, and every label value starts at 0', async () => {
  const registry = createRegistry('bridge');
  const metrics = createMetrics(registry, 'bridge');
  const rejected = metrics.counter({
    name: 'rejected_total',
    help: 'h',
    labels: { reason: ['too-large', 'unreadable'], stream: ['energy'] },
  });
  rejected.inc({ reason: 'unreadable', stream: 'energy' });
  const text = await registry.getSingleMetricAsString(
    'homelab_bridge_rejected_total',
  );
  expect(text).toContain(
    'homelab_bridge_rejected_total{reason="too-large",stream="energy"} 0',
  );
  expect(text).toContain(
    'homelab_bridge_rejected_total{reason="unreadable",stream="energy"} 1',
  );
});

test('a histogram with labels starts at 0', async () => {
  const registry = createRegistry('sink');
  createMetrics(registry, 'timescale-sink').histogram({
    name: 'batch_seconds',
    help: 'h',
    labels: { stream: ['energy'] },
    buckets: [0.1, 1],
  });
  const text = await registry.getSingleMetricAsString(
    'homelab_timescale_sink_batch_seconds',
  );
  expect(text).toContain(
    'homelab_timescale_sink_batch_seconds_count{stream="energy"} 0',
  );
});

test('a gauge may be set on each scrape', async () => {
  const registry = createRegistry('bridge');
  createMetrics(registry, 'bridge').gauge({
    name: 'pending_records',
    help: 'h',
    collect: gauge => gauge.set(7),
  });
  expect(
    await registry.getSingleMetricAsString('homelab_bridge_pending_records'),
  ).toContain('homelab_bridge_pending_records 7');
});

test('names that break the rules are rejected', () => {
  const metrics = createMetrics(createRegistry('bridge'), 'bridge');
  expect(() => metrics.counter({ name: 'received', help: 'h' })).toThrow(
    '_total',
  );
  expect(() => metrics.gauge({ name: 'age_total', help: 'h' })).toThrow(
    '_total',
  );
  expect(() => metrics.gauge({ name: 'Queue-Size', help: 'h' })).toThrow(
    'lower case',
  );
});
