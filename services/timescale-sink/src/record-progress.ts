import type { Stream } from '@homelab/telemetry';
import type { SinkMetrics } from './metrics.ts';
import type { Row } from './row.ts';
import type { WriteCounts } from './timescale-writer.ts';

/** Records in the metrics what was stored of one stream. */
export interface ProgressRecorder {
  /** Sets the watermark to what the database already holds. */
  startAt(newest: Date | undefined): void;
  /** Records rows that have just been committed. */
  written(rows: readonly Row[], counts: WriteCounts): void;
}

/** Creates the recorder of one stream. */
export function createProgressRecorder(
  stream: Stream,
  metrics: SinkMetrics,
  now: () => number = Date.now,
): ProgressRecorder {
  let watermarkMs = 0;
  return {
    startAt(newest) {
      watermarkMs = newest?.getTime() ?? 0;
      metrics.watermark.set({ stream }, watermarkMs / 1_000);
    },
    written(rows, { written, duplicates, merged }) {
      metrics.written.inc({ stream }, written);
      metrics.duplicates.inc({ stream }, duplicates);
      metrics.merged.inc({ stream }, merged);
      metrics.batchRows.observe({ stream }, rows.length);
      const nowMs = now();
      let skewed = 0;
      const latencies: number[] = [];
      for (const { measuredMs } of rows) {
        const ageMs = nowMs - measuredMs;
        if (ageMs < 0) skewed += 1;
        else if (measuredMs > watermarkMs) watermarkMs = measuredMs;
        latencies.push(Math.max(0, ageMs) / 1_000);
      }
      // Repeated records would distort the latency, and which rows they are is unknown.
      if (written === rows.length) {
        metrics.clockSkew.inc({ stream }, skewed);
        metrics.latency.observeAll({ stream }, latencies);
      }
      metrics.watermark.set({ stream }, watermarkMs / 1_000);
    },
  };
}
