import { formatBytes } from '@homelab/plugin-timescale-explorer-common';
import type { Finding } from '@homelab/plugin-timescale-explorer-common';
import type { IndexUse } from '../reads/indexes';
import { quoted } from '../reads/sql';
import type { TableUse } from '../reads/statistics';
import { evidence } from './evidence';

const dayMs = 86_400_000;

/** Tables with many dead rows, and tables that are read from one end to the other. */
export function tableFindings(tables: readonly TableUse[]): Finding[] {
  return tables.flatMap(table =>
    [deadRows(table), missingIndex(table)].flatMap(finding => finding ?? []),
  );
}

function deadRows(table: TableUse): Finding | undefined {
  const { liveRows, deadRows: dead } = table;
  const share = dead / (liveRows + dead);
  if (dead < 10_000 || share < 0.2) return undefined;
  const name = `${table.schema}.${table.table}`;
  return {
    kind: 'dead-rows',
    severity: 'watch',
    object: name,
    title: `${Math.round(share * 100)} % of the rows of ${name} are dead`,
    consequence: 'They take space and slow down every scan.',
    evidence: evidence({ 'Dead rows': dead, 'Live rows': liveRows }),
    sql: `VACUUM (ANALYZE) ${quoted(name)};`,
  };
}

function missingIndex(table: TableUse): Finding | undefined {
  const { sequentialScans, rowsPerSequentialScan, indexScans } = table;
  if (sequentialScans < 100 || rowsPerSequentialScan < 100_000)
    return undefined;
  if (sequentialScans < indexScans) return undefined;
  const name = `${table.schema}.${table.table}`;
  return {
    kind: 'index-missing',
    severity: 'watch',
    object: name,
    title: `${name} is mostly read without an index`,
    consequence: 'Each query reads every row of the chunks that it touches.',
    evidence: evidence({
      'Scans of all rows': sequentialScans,
      'Rows per scan': Math.round(rowsPerSequentialScan),
      'Scans of an index': indexScans,
    }),
    sql: `-- Name the columns that the slow queries filter by.\nCREATE INDEX ON ${quoted(name)} (device_id, time DESC);`,
  };
}

/** Large indexes that nothing has read since statistics are kept. */
export function indexFindings(
  indexes: readonly IndexUse[],
  statisticsSince: string | null,
  nowMs: number,
): Finding[] {
  const isYoung =
    statisticsSince !== null && nowMs - Date.parse(statisticsSince) < 7 * dayMs;
  if (isYoung) return [];
  return indexes
    .filter(
      ({ isUnique, scans, bytes }) => !isUnique && scans === 0 && bytes > 10e6,
    )
    .map(index => ({
      kind: 'index-unused',
      severity: 'watch',
      object: `${index.schema}.${index.table}`,
      title: `Nothing reads the index ${index.name}`,
      consequence: 'It takes space, and every write keeps it up to date.',
      evidence: evidence({
        Size: formatBytes(index.bytes),
        Definition: index.definition,
        'Statistics since': statisticsSince ?? 'the server was set up',
      }),
      sql: `DROP INDEX ${quoted(`${index.schema}.${index.name}`)};`,
    }));
}
