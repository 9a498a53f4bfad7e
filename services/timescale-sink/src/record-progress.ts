import type { Stream } from '@homelab/telemetry';
import type { SinkMetrics } from './metrics.ts';
import type { Row } from './row.ts';
import type { WriteCounts } from './timescale-writer.ts';

/** Tells the metrics of one stream what was stored. */
export interface ProgressRecorder {
  /** A watermark that the database already holds. */
  startAt(newest: Date | undefined): void;
  /** Rows that were committed just now. */
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
    written(rows, { written, duplicates, conflicts }) {
      metrics.written.inc({ stream }, written);
      metrics.duplicates.inc({ stream }, duplicates);
      metrics.conflicts.inc({ stream }, conflicts);
      metrics.batchRows.observe({ stream }, rows.length);
      // A repetition says nothing about how long a reading takes, and which of the rows
      // were repetitions is not known.
      const measuresLatency = written === rows.length;
      const nowMs = now();
      for (const { measuredAt } of rows) {
        const measuredMs = Date.parse(measuredAt);
        const ageMs = nowMs - measuredMs;
        if (ageMs >= 0 && measuredMs > watermarkMs) watermarkMs = measuredMs;
        if (!measuresLatency) continue;
        if (ageMs < 0) metrics.clockSkew.inc({ stream });
        metrics.latency.observe({ stream }, Math.max(0, ageMs) / 1_000);
      }
      metrics.watermark.set({ stream }, watermarkMs / 1_000);
    },
  };
}
