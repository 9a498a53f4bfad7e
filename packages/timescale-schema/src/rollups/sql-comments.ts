import { measurementsOf } from '@homelab/telemetry';
import { escapeLiteral } from 'pg';
import { allReadingTables } from '../tables.ts';
import type { ReadingTable } from '../tables.ts';
import { bucketColumn, describeMeasurement } from './rollups.ts';
import type { Rollup } from './rollups.ts';

const readingComments: Readonly<Record<string, string>> = {
  time: 'When the device measured',
  device_id: 'Who measured',
  received_at: 'When the bridge received the newest record of the row',
  stored_at: 'When this row was written',
  record_offset:
    'Kafka offset of the newest record of the row; NULL for a redriven one',
  older_fields:
    'Fields that an older record gave: {"field": [microseconds since 1970, offset]}',
};

/** Comments, with units, on every column of the tables of readings. */
export function readingCommentsSql(): string {
  return allReadingTables.map(commentReadings).join('\n');
}

function commentReadings({ name, stream }: ReadingTable): string {
  const comments = [
    ...Object.entries(readingComments),
    ...measurementsOf(stream).map(
      ([field, measurement]) =>
        [field, describeMeasurement(measurement)] as const,
    ),
  ];
  return comments
    .map(([column, comment]) => commentColumn(name, column, comment))
    .join('');
}

/** Comments, with units, on the columns of a relation that has those of a rollup. */
export function rollupCommentsSql(relation: string, rollup: Rollup): string {
  return [
    commentColumn(relation, 'device_id', 'Who measured'),
    commentColumn(
      relation,
      bucketColumn,
      'When the hour, or the day of the site, begins',
    ),
    ...rollup.columns.map(({ name, comment }) =>
      commentColumn(relation, name, comment),
    ),
  ].join('');
}

function commentColumn(
  relation: string,
  column: string,
  comment: string,
): string {
  return `COMMENT ON COLUMN ${relation}.${column} IS ${escapeLiteral(comment)};\n`;
}
