import { createRegistry } from '@homelab/service-kit';
import { expect, test } from 'vitest';
import { createSinkMetrics } from './metrics.ts';
import { createProgressRecorder } from './record-progress.ts';
import type { Row } from './row.ts';

const nowMs = Date.parse('2026-01-01T12:00:00Z');
const row = (measuredAt: string): Row => ({
  deviceId: 'a',
  measuredMs: Date.parse(measuredAt),
  receivedMs: null,
  offset: null,
  ...{ bytes: Buffer.alloc(0), from: 0, to: 0 },
});

function createRecorder() {
  const registry = createRegistry('sink');
  const progress = createProgressRecorder(
    'energy',
    createSinkMetrics(registry),
    () => nowMs,
  );
  async function value(
    metric: string,
    name = metric,
  ): Promise<number | undefined> {
    const found = await registry.getSingleMetric(metric)?.get();
    const sample = found?.values.find(
      one =>
        one.labels.stream === 'energy' &&
        (!('metricName' in one) || one.metricName === name),
    );
    return sample?.value;
  }
  return { progress, value };
}

const allNew = { written: 1, duplicates: 0, merged: 0 };

test('the watermark starts at the value of the database and only rises', async () => {
  const { progress, value } = createRecorder();
  const watermark = () => value('homelab_sink_watermark_timestamp_seconds');
  progress.startAt(new Date(nowMs - 60_000));
  expect(await watermark()).toBe(nowMs / 1_000 - 60);
  progress.written([row('2026-01-01T11:00:00.000Z')], allNew);
  expect(await watermark()).toBe(nowMs / 1_000 - 60);
  progress.written([row('2026-01-01T11:59:59.000Z')], allNew);
  expect(await watermark()).toBe(nowMs / 1_000 - 1);
});

test('a clock that runs ahead is counted and does not move the watermark', async () => {
  const { progress, value } = createRecorder();
  progress.startAt(undefined);
  progress.written([row('2027-01-01T00:00:00.000Z')], allNew);
  expect(await value('homelab_sink_watermark_timestamp_seconds')).toBe(0);
  expect(await value('homelab_pipeline_clock_skew_total')).toBe(1);
  expect(
    await value(
      'homelab_pipeline_latency_seconds',
      'homelab_pipeline_latency_seconds_sum',
    ),
  ).toBe(0);
});

test('latency is measured on new readings only', async () => {
  const { progress, value } = createRecorder();
  const count = () =>
    value(
      'homelab_pipeline_latency_seconds',
      'homelab_pipeline_latency_seconds_count',
    );
  progress.written([row('2026-01-01T11:59:58.000Z')], allNew);
  progress.written([row('2026-01-01T11:59:58.000Z')], {
    written: 0,
    duplicates: 1,
    merged: 0,
  });
  expect(await count()).toBe(1);
  expect(
    await value(
      'homelab_pipeline_latency_seconds',
      'homelab_pipeline_latency_seconds_sum',
    ),
  ).toBe(2);
  expect(await value('homelab_sink_duplicates_total')).toBe(1);
});
