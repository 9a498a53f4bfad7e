import { rollupChanges } from '@homelab/timescale-schema';
import type { ReadingTable } from '@homelab/timescale-schema';
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { Row } from './row.ts';

const hourMs = 3_600_000;

/**
 * The statement that tells the rollups which hours of which devices change with these rows,
 * sorted by key; empty without rows. The hours of the rollups begin `hourOffsetMs` after those
 * of UTC. Values are part of the text, so that it can follow COPY in one message.
 */
export function markChangesStatement(
  { stream }: ReadingTable,
  rows: readonly Row[],
  hourOffsetMs: number,
): string {
  const marks: string[] = [];
  let deviceId: string | undefined;
  let endMs = -Infinity;
  for (const row of rows) {
    if (row.deviceId === deviceId && row.measuredMs < endMs) continue;
    const startMs =
      Math.floor((row.measuredMs - hourOffsetMs) / hourMs) * hourMs +
      hourOffsetMs;
    deviceId = row.deviceId;
    endMs = startMs + hourMs;
    marks.push(
      `(${escapeLiteral(stream)}, ${escapeLiteral(deviceId)}, '${new Date(startMs).toISOString()}')`,
    );
  }
  if (marks.length === 0) return '';
  const { table, columns } = rollupChanges;
  return `INSERT INTO ${escapeIdentifier(table)} (${columns.map(column => escapeIdentifier(column)).join(', ')}) VALUES ${marks.join(', ')}`;
}
