import { lifetimes } from '@homelab/telemetry';
import { allReadingTables } from '../tables.ts';
import { allRollups, bucketColumn } from './rollups.ts';
import type { Rollup } from './rollups.ts';
import { rollupCommentsSql } from './sql-comments.ts';
import { settingsSql } from './sql-settings.ts';

/** Late data changes aggregates this far back; farther, its raw readings may be gone. */
const refreshDays = lifetimes.maxReadingAgeDays;
/** Older chunks are stored by columns; late readings of a week still meet rows. */
const columnstoreDays = 7;

/**
 * The rollups as real-time continuous aggregates, with policies for refresh, retention and
 * columnstore. Each step may be run again, since a step that was interrupted is.
 */
export function communityRollupsSql(): string {
  return `-- migrate: steps
-- Rollups as continuous aggregates. See the README for the columns.

-- step: settings
${settingsSql}
${allRollups.map(aggregatesSql).join('\n')}
-- step: all that is there, before anything is deleted
${allRollups
  .flatMap(({ hourly, daily }) => [hourly, daily])
  .map(fillSql)
  .join('\n')}
-- step: policies
${allRollups.map(policiesSql).join('\n')}
${allReadingTables.map(({ name }) => columnstoreSql(name)).join('\n')}
-- step: comments
${allRollups.map(commentsSql).join('')}`;
}

function aggregatesSql(rollup: Rollup): string {
  const of = (made: 'ofReadings' | 'ofHours') =>
    rollup.columns
      .map(column => `${column[made]} AS ${column.name}`)
      .join(',\n  ');
  const hour = `time_bucket(INTERVAL '1 hour', time)`;
  return `-- step: aggregates of ${rollup.source}
CREATE MATERIALIZED VIEW IF NOT EXISTS ${rollup.hourly}
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT device_id,
  ${hour} AS ${bucketColumn},
  ${of('ofReadings')}
FROM ${rollup.source}
GROUP BY device_id, ${hour}
WITH NO DATA;
-- step: days of ${rollup.source}
${daySql(rollup)}`;
}

/** Makes the days anew for another zone, from the hours. */
export function communityTimeZoneSql(): string {
  const steps = allRollups.map(
    rollup => `-- step: drop ${rollup.daily}
DROP MATERIALIZED VIEW IF EXISTS ${rollup.daily};
-- step: days of ${rollup.source}
${daySql(rollup)}${fillSql(rollup.daily)}
-- step: policies of ${rollup.daily}
${dayPoliciesSql(rollup)}${dayCommentsSql(rollup)}`,
  );
  return `${steps.join('')}-- step: settings
UPDATE rollup_settings SET time_zone = :'site_time_zone';
`;
}

/** The aggregate of days; the zone of the site is fixed in it. */
function daySql({ hourly, daily, columns }: Rollup): string {
  const day = `time_bucket(INTERVAL '1 day', ${bucketColumn}, :'site_time_zone'::text)`;
  return `CREATE MATERIALIZED VIEW IF NOT EXISTS ${daily}
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT device_id,
  ${day} AS ${bucketColumn},
  ${columns.map(({ name, ofHours }) => `${ofHours} AS ${name}`).join(',\n  ')}
FROM ${hourly}
GROUP BY device_id, ${day}
WITH NO DATA;
`;
}

function fillSql(view: string): string {
  return `-- step: fill ${view}
CALL refresh_continuous_aggregate('${view}', NULL, NULL);`;
}

function policiesSql(rollup: Rollup): string {
  return `${refreshPolicySql(rollup.hourly, '1 hour')}${dayPoliciesSql(rollup)}${retentionSql(rollup.hourly, lifetimes.rollupDays)}${retentionSql(rollup.source, lifetimes.rawDays)}`;
}

/** The policies of the aggregate of days. */
function dayPoliciesSql({ daily }: Rollup): string {
  return `${refreshPolicySql(daily, '1 day')}${retentionSql(daily, lifetimes.rollupDays)}`;
}

function refreshPolicySql(view: string, live: string): string {
  return `SELECT add_continuous_aggregate_policy('${view}', start_offset => INTERVAL '${refreshDays} days', end_offset => INTERVAL '${live}', schedule_interval => INTERVAL '5 minutes', if_not_exists => true);
`;
}

function retentionSql(relation: string, days: number): string {
  return `SELECT add_retention_policy('${relation}', drop_after => INTERVAL '${days} days', if_not_exists => true);
`;
}

function columnstoreSql(table: string): string {
  return `-- step: columnstore of ${table}
ALTER TABLE ${table} SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'device_id', timescaledb.orderby = 'time DESC');
-- step: columnstore policy of ${table}
CALL add_columnstore_policy('${table}', after => INTERVAL '${columnstoreDays} days', if_not_exists => true);`;
}

function commentsSql(rollup: Rollup): string {
  const { source, hourly } = rollup;
  return `COMMENT ON VIEW ${hourly} IS 'Each hour of ${source}, by device.';
${rollupCommentsSql(hourly, rollup)}${dayCommentsSql(rollup)}`;
}

function dayCommentsSql(rollup: Rollup): string {
  const { source, daily } = rollup;
  return `COMMENT ON VIEW ${daily} IS 'Each day of ${source} in the zone of the site, by device.';
${rollupCommentsSql(daily, rollup)}`;
}
