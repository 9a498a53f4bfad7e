import { Histogram, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

const buckets = [0.1, 1, 5];
const labels = { stream: ['a', 'b'] } as const;

test('values observed in bulk are exported as prom-client exports single ones', async () => {
  const [bulk, single] = [new Registry(), new Registry()];
  const histogram = createMetrics(bulk, 'sink').bulkHistogram({
    ...{ name: 'wait_seconds', help: 'Help.', labels, buckets },
  });
  const reference = new Histogram({
    ...{ name: 'homelab_sink_wait_seconds', help: 'Help.', buckets },
    ...{ labelNames: ['stream'], registers: [single] },
  });
  reference.zero({ stream: 'a' });
  reference.zero({ stream: 'b' });
  expect(await bulk.metrics()).toBe(await single.metrics());
  const values = [0, 0.1, 0.100001, 1, 4.9, 5, 5.1, 1_000];
  histogram.observeAll({ stream: 'b' }, values);
  histogram.observeAll({ stream: 'b' }, []);
  for (const value of values) reference.observe({ stream: 'b' }, value);
  expect(await bulk.metrics()).toBe(await single.metrics());
});
