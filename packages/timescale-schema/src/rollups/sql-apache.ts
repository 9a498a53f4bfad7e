import {
  dayFunction,
  dayOf,
  hourFunction,
  path,
  storedDays,
  storedHours,
} from './sql-apache-names.ts';
import { apacheUpkeepSql } from './sql-apache-upkeep.ts';
import type { Extreme, RollupColumn } from './rollup-column.ts';
import { allRollups, bucketColumn } from './rollups.ts';
import type { Rollup } from './rollups.ts';
import { readingCommentsSql, rollupCommentsSql } from './sql-comments.ts';
import { settingsSql } from './sql-settings.ts';

/**
 * The rollups as stored tables behind views, kept by procedures: for the Apache edition, which
 * has neither continuous aggregates nor policies. Over those of an earlier definition it adds
 * columns and replaces functions and views.
 */
export function apacheRollupsSql(): string {
  return [
    '-- Rollups as stored tables, new or over those that are there. Decision 23 says why.\n',
    settingsSql,
    changesSql,
    ...allRollups.map(tablesSql),
    ...allRollups.map(hourSql),
    ...allRollups.map(rollup =>
      viewSql(rollup, rollup.hourly, storedHours(rollup), {
        pending: bucketColumn,
        made: hourFunction(rollup),
      }),
    ),
    daysSql,
    ...allRollups.map(daySql),
    ...allRollups.map(rollup =>
      viewSql(rollup, rollup.daily, storedDays(rollup), {
        pending: dayOf(bucketColumn),
        made: dayFunction(rollup),
      }),
    ),
    apacheUpkeepSql(),
    ...allRollups.map(tableCommentsSql),
    copyCommentsSql(),
    readingCommentsSql(),
    grantsSql(),
    markAllSql,
  ].join('\n');
}

const changesSql = `-- Hours whose readings changed. Writers append, in the transaction of the readings; they never wait for
-- each other here. A refresh deletes what it has seen and aggregates in a later statement, so that
-- the mark of a transaction still running stays for the next refresh.
CREATE TABLE IF NOT EXISTS rollup_changes (
  stream text NOT NULL,
  device_id text NOT NULL,
  bucket timestamptz NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_vacuum_insert_threshold = -1, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000);
CREATE INDEX IF NOT EXISTS rollup_changes_hour ON rollup_changes (stream, device_id, bucket);
COMMENT ON TABLE rollup_changes IS 'Hours whose readings changed since they were aggregated; an hour may stand here many times.';
COMMENT ON COLUMN rollup_changes.stream IS 'energy, heatpump or temperature';
COMMENT ON COLUMN rollup_changes.device_id IS 'Who measured';
COMMENT ON COLUMN rollup_changes.bucket IS 'When the hour begins';

CREATE TABLE IF NOT EXISTS rollup_progress (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  raw_from timestamptz NOT NULL DEFAULT '-infinity',
  too_late bigint NOT NULL DEFAULT 0,
  refreshed_at timestamptz
);
COMMENT ON TABLE rollup_progress IS 'How far refresh and retention have come.';
COMMENT ON COLUMN rollup_progress.only_row IS 'There is one row';
COMMENT ON COLUMN rollup_progress.raw_from IS 'Readings from here on are all there; hours before are never aggregated again';
COMMENT ON COLUMN rollup_progress.too_late IS 'Changes of hours before raw_from, which were passed over';
COMMENT ON COLUMN rollup_progress.refreshed_at IS 'When a refresh last ended well';
INSERT INTO rollup_progress DEFAULT VALUES ON CONFLICT DO NOTHING;

CREATE OR REPLACE VIEW rollup_pending AS
SELECT stream, device_id, bucket FROM rollup_changes
WHERE bucket >= (SELECT raw_from FROM rollup_progress);
COMMENT ON VIEW rollup_pending IS 'Changes that wait for a refresh; until then views aggregate these hours from readings.';
COMMENT ON COLUMN rollup_pending.stream IS 'energy, heatpump or temperature';
COMMENT ON COLUMN rollup_pending.device_id IS 'Who measured';
COMMENT ON COLUMN rollup_pending.bucket IS 'When the hour begins';
`;

/** A column that is new is NULL, not known, in hours whose readings are gone. */
function tablesSql(rollup: Rollup): string {
  const hours = storedHours(rollup);
  return `${tableSql(hours, rollup)}${tableSql(storedDays(rollup), rollup)}${rollupCommentsSql(hours, rollup)}`;
}

function tableSql(table: string, { columns }: Rollup): string {
  const added = columns
    .map(({ name, type }) => `  ADD COLUMN IF NOT EXISTS ${name} ${type}`)
    .join(',\n');
  return `CREATE TABLE IF NOT EXISTS ${table} (
  device_id text NOT NULL,
  ${bucketColumn} timestamptz NOT NULL,
  PRIMARY KEY (device_id, ${bucketColumn})
);
ALTER TABLE ${table}
${added};
`;
}

/** Columns of the same rollup mean the same everywhere. */
function copyCommentsSql(): string {
  const pairs = allRollups.flatMap(rollup =>
    [rollup.hourly, storedDays(rollup), rollup.daily].map(
      relation => `('${relation}', '${storedHours(rollup)}')`,
    ),
  );
  return `DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT relation, attname, col_description(attrelid, attnum) AS comment
    FROM (VALUES ${pairs.join(', ')}) AS pair (relation, stored)
    JOIN pg_attribute ON attrelid = stored::regclass AND attnum > 0
  LOOP
    EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', one.relation, one.attname, one.comment);
  END LOOP;
END
$$;
`;
}

function hourSql(rollup: Rollup): string {
  const inHour = `FROM ${rollup.source}
  WHERE device_id = in_device AND time >= in_bucket AND time < in_end`;
  return `-- One hour from its readings; planned for it alone, so that PostgreSQL opens one chunk.
CREATE OR REPLACE FUNCTION ${hourFunction(rollup)}(in_device text, in_bucket timestamptz) RETURNS SETOF ${storedHours(rollup)}
LANGUAGE plpgsql STABLE ROWS 1 ${path} SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  in_end timestamptz := in_bucket + INTERVAL '1 hour';
BEGIN
  RETURN QUERY${extremesSql(rollup, inHour)} SELECT in_device, in_bucket,
    ${rollup.columns.map(hourColumnSql).join(',\n    ')}
  ${inHour}
  HAVING count(*) > 0;
END
$$;
`;
}

/** Times of extremes are found in a second pass, which takes a tenth of the time that pairs take. */
function extremesSql({ columns }: Rollup, inHour: string): string {
  const extremes = columns.flatMap(({ timeOf }) =>
    timeOf ? [`${timeOf.aggregate}(${timeOf.field}) AS ${nameOf(timeOf)}`] : [],
  );
  return extremes.length === 0
    ? ''
    : ` WITH extremes AS MATERIALIZED (
    SELECT ${extremes.join(',\n      ')}
    ${inHour}
  )`;
}

const nameOf = ({ field, aggregate }: Extreme) => `${field}_${aggregate}`;

function hourColumnSql({ ofReadings, timeOf }: RollupColumn): string {
  return timeOf
    ? `${timeOf.aggregate}(time) FILTER (WHERE ${timeOf.field} = (SELECT ${nameOf(timeOf)} FROM extremes))`
    : ofReadings;
}

const daysSql = `CREATE OR REPLACE FUNCTION rollup_day_end(in_day timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE ${path} AS $$
  SELECT (in_day AT TIME ZONE time_zone + INTERVAL '1 day') AT TIME ZONE time_zone FROM rollup_settings
$$;
CREATE OR REPLACE FUNCTION rollup_hour(in_time timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE ${path} AS $$
  SELECT time_bucket(INTERVAL '1 hour', in_time, hour_offset) FROM rollup_settings
$$;
`;

function daySql(rollup: Rollup): string {
  return `CREATE OR REPLACE FUNCTION ${dayFunction(rollup)}(in_device text, in_bucket timestamptz) RETURNS SETOF ${storedDays(rollup)}
LANGUAGE plpgsql STABLE ROWS 1 ${path} SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  in_end timestamptz := rollup_day_end(in_bucket);
BEGIN
  RETURN QUERY SELECT in_device, in_bucket,
    ${rollup.columns.map(({ ofHours }) => ofHours).join(',\n    ')}
  FROM ${rollup.hourly}
  WHERE device_id = in_device AND ${bucketColumn} >= in_bucket AND ${bucketColumn} < in_end
  HAVING count(*) > 0;
END
$$;
`;
}

/** What is stored, except what changed since, and that made anew. */
function viewSql(
  { stream, columns }: Rollup,
  name: string,
  stored: string,
  { pending, made }: { pending: string; made: string },
): string {
  const of = (alias: string) =>
    columns.map(column => `${alias}.${column.name}`).join(', ');
  return `CREATE OR REPLACE VIEW ${name} AS
SELECT stored.device_id, stored.${bucketColumn}, ${of('stored')}
FROM ${stored} AS stored
WHERE NOT EXISTS (
  SELECT FROM (SELECT device_id, ${pending} AS bucket FROM rollup_pending WHERE stream = '${stream}') AS pending
  WHERE pending.device_id = stored.device_id AND pending.bucket = stored.${bucketColumn}
)
UNION ALL
SELECT pending.device_id, pending.bucket, ${of('made')}
FROM (SELECT DISTINCT device_id, ${pending} AS bucket FROM rollup_pending WHERE stream = '${stream}') AS pending
CROSS JOIN LATERAL ${made}(pending.device_id, pending.bucket) AS made;
`;
}

function tableCommentsSql(rollup: Rollup): string {
  const { source, hourly, daily } = rollup;
  return `COMMENT ON VIEW ${hourly} IS 'Each hour of ${source}, by device.';
COMMENT ON VIEW ${daily} IS 'Each day of ${source} in the zone of the site, by device.';
COMMENT ON TABLE ${storedHours(rollup)} IS 'Hours of ${source} as they were last aggregated; read ${hourly}.';
COMMENT ON TABLE ${storedDays(rollup)} IS 'Days of ${source} as they were last aggregated; read ${daily}.';
`;
}

/** What can still be aggregated is, as it is defined now. */
const markAllSql = `SELECT mark_rollups(stream, raw_from, 'infinity')
FROM rollup_progress, unnest(ARRAY[${allRollups.map(({ stream }) => `'${stream}'`).join(', ')}]) AS stream;
`;

function grantsSql(): string {
  const readers = allRollups.flatMap(rollup => [
    hourFunction(rollup),
    dayFunction(rollup),
  ]);
  return `-- The sink says what it changed and may not read, change or delete that. Readers need what the views call.
GRANT INSERT ON rollup_changes TO homelab_sink;
GRANT EXECUTE ON FUNCTION ${[...readers, 'rollup_hour', 'rollup_day_end'].join(', ')} TO homelab_reader;
`;
}
