import { lifetimes } from '@homelab/telemetry';
import { allReadingTables } from '../tables.ts';
import { allRollups, bucketColumn } from './rollups.ts';
import type { Rollup } from './rollups.ts';
import { readingCommentsSql, rollupCommentsSql } from './sql-comments.ts';
import { settingsSql } from './sql-settings.ts';

/** Late data changes aggregates this far back; farther, its raw readings may be gone. */
const refreshDays = lifetimes.maxReadingAgeDays;
/** Older chunks are stored by columns; late readings of a week still meet rows. */
const columnstoreDays = 7;

/**
 * The rollups as real-time continuous aggregates, with policies for refresh, retention and
 * columnstore. Aggregates of an earlier definition are made anew, since they take no further
 * columns: hours whose readings may be gone are copied, days follow from hours. Each step may
 * be run again, since a step that was interrupted is.
 */
export function communityRollupsSql(): string {
  return `-- migrate: steps
-- Rollups as continuous aggregates, new or in place of those that are there. Decision 23 says why.

-- step: settings
${settingsSql}
${allRollups.map(aggregatesSql).join('\n')}
-- step: policies
${allRollups.map(policiesSql).join('\n')}
${allReadingTables.map(({ name }) => columnstoreSql(name)).join('\n')}
-- step: comments
${allRollups.map(commentsSql).join('')}${readingCommentsSql()}`;
}

function aggregatesSql(rollup: Rollup): string {
  const { source, hourly, daily, columns } = rollup;
  const hour = `time_bucket(INTERVAL '1 hour', time)`;
  return `-- step: put away the hours of ${source} that are there
${putAwaySql(rollup)}-- step: hours of ${source}
CREATE MATERIALIZED VIEW IF NOT EXISTS ${hourly}
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT device_id,
  ${hour} AS ${bucketColumn},
  ${columns.map(({ name, ofReadings }) => `${ofReadings} AS ${name}`).join(',\n  ')}
FROM ${source}
GROUP BY device_id, ${hour}
WITH NO DATA;
-- step: copy the hours of ${source}
${copySql(rollup)}-- step: fill ${hourly} from the readings, all of which are there for so long
CALL refresh_continuous_aggregate('${hourly}', date_trunc('hour', now() - INTERVAL '${refreshDays} days'), NULL);
-- step: days of ${source}
${daySql(rollup)}${fillSql(daily)}
-- step: drop the hours that were put away
DROP MATERIALIZED VIEW IF EXISTS ${putAway(rollup)};
`;
}

const putAway = ({ hourly }: Rollup) => `${hourly}_before`;

function putAwaySql(rollup: Rollup): string {
  const { hourly, daily } = rollup;
  return `DO $$
BEGIN
  IF to_regclass('${hourly}') IS NOT NULL AND to_regclass('${putAway(rollup)}') IS NULL THEN
    DROP MATERIALIZED VIEW IF EXISTS ${daily};
    ALTER MATERIALIZED VIEW ${hourly} RENAME TO ${putAway(rollup)};
  END IF;
END
$$;
`;
}

/** Into the table behind the view, once; a column that is new stays NULL, not known. */
function copySql(rollup: Rollup): string {
  const { hourly } = rollup;
  return `DO $$
DECLARE
  target text;
  shared text;
  is_filled boolean;
BEGIN
  IF to_regclass('${putAway(rollup)}') IS NULL THEN
    RETURN;
  END IF;
  SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) INTO STRICT target
  FROM timescaledb_information.continuous_aggregates
  WHERE view_schema = current_schema AND view_name = '${hourly}';
  EXECUTE format('SELECT EXISTS (SELECT FROM %s)', target) INTO is_filled;
  IF is_filled THEN
    RETURN;
  END IF;
  SELECT string_agg(quote_ident(attname), ', ') INTO shared FROM pg_attribute AS before
  WHERE attrelid = '${putAway(rollup)}'::regclass AND attnum > 0
    AND EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = '${hourly}'::regclass AND attname = before.attname AND attnum > 0
    );
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM ${putAway(rollup)}', target, shared, shared);
END
$$;
`;
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
