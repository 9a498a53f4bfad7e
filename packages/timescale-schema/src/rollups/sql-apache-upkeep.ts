import { lifetimes } from '@homelab/telemetry';
import { escapeIdentifier } from 'pg';
import { readingTables } from '../tables.ts';
import { walkDevicesSql } from '../walk-devices.ts';
import { allRollups, bucketColumn } from './rollups.ts';
import type { Rollup } from './rollups.ts';
import {
  dayFunction,
  dayOf,
  hourFunction,
  path,
  storedDays,
  storedHours,
} from './sql-apache-names.ts';

/** Any number not used for another advisory lock in this database. */
const lockKey = 7_020_266_952;
const batchHours = 500;

const refreshFunction = ({ stream }: Rollup) => `refresh_${stream}`;

/** What keeps the stored rollups: refresh, marks, retention, another time zone, and the jobs. */
export function apacheUpkeepSql(): string {
  return [
    ...allRollups.map(refreshSql),
    refreshAllSql(),
    markSql(),
    retentionSql(),
    timeZoneSql(),
    jobsSql,
  ].join('\n');
}

function refreshSql(rollup: Rollup): string {
  const { stream } = rollup;
  const replace = (
    stored: string,
    made: string,
  ) => `DELETE FROM ${stored} AS stored
  USING unnest(devices, buckets) AS changed (device_id, bucket)
  WHERE stored.device_id = changed.device_id AND stored.${bucketColumn} = changed.bucket;
  INSERT INTO ${stored} SELECT made.*
  FROM unnest(devices, buckets) AS changed (device_id, bucket)
  CROSS JOIN LATERAL ${made}(changed.device_id, changed.bucket) AS made;`;
  return `CREATE OR REPLACE FUNCTION ${refreshFunction(rollup)}(in_limit integer, in_before timestamptz) RETURNS integer
LANGUAGE plpgsql ${path} AS $$
DECLARE
  devices text[];
  buckets timestamptz[];
  hours integer;
BEGIN
  WITH picked AS MATERIALIZED (
    SELECT DISTINCT bucket, device_id FROM rollup_pending
    WHERE stream = '${stream}' AND bucket < in_before
    ORDER BY bucket DESC, device_id LIMIT in_limit
  ), gone AS (
    DELETE FROM rollup_changes AS changes USING picked
    WHERE changes.stream = '${stream}' AND changes.device_id = picked.device_id AND changes.bucket = picked.bucket
    RETURNING changes.device_id, changes.bucket
  )
  SELECT array_agg(seen.device_id), array_agg(seen.bucket), count(*) INTO devices, buckets, hours
  FROM (SELECT DISTINCT gone.device_id, gone.bucket FROM gone) AS seen;
  IF hours = 0 THEN
    RETURN 0;
  END IF;
  ${replace(storedHours(rollup), hourFunction(rollup))}
  -- A day of which other hours wait is made when they are.
  SELECT array_agg(day.device_id), array_agg(day.bucket) INTO devices, buckets
  FROM (
    SELECT DISTINCT changed.device_id, ${dayOf('changed.bucket')} AS bucket
    FROM unnest(devices, buckets) AS changed (device_id, bucket)
  ) AS day
  WHERE NOT EXISTS (
    SELECT FROM rollup_pending AS pending
    WHERE pending.stream = '${stream}' AND pending.device_id = day.device_id
      AND pending.bucket >= day.bucket AND pending.bucket < rollup_day_end(day.bucket)
  );
  ${replace(storedDays(rollup), dayFunction(rollup))}
  RETURN hours;
END
$$;
`;
}

function refreshAllSql(): string {
  const each = allRollups.map(
    rollup => `${refreshFunction(rollup)}(in_limit, in_before)`,
  );
  return `-- Aggregates at most so many changed hours of each stream; gives how many of the busiest one.
CREATE OR REPLACE FUNCTION refresh_rollup_batch(in_limit integer, in_before timestamptz DEFAULT 'infinity') RETURNS integer
LANGUAGE plpgsql ${path} AS $$
DECLARE
  hours integer;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'Rollups are refreshed in read committed transactions only: others would aggregate readings as of their beginning.';
  END IF;
  PERFORM pg_advisory_xact_lock(${lockKey});
  hours := greatest(${each.join(', ')});
  UPDATE rollup_progress SET refreshed_at = clock_timestamp();
  RETURN hours;
END
$$;

-- Run each minute. Commits batch by batch, and leaves what takes longer to the next run.
CREATE OR REPLACE PROCEDURE refresh_rollups(in_seconds double precision DEFAULT 50)
LANGUAGE plpgsql AS $$
DECLARE
  ends_at timestamptz := clock_timestamp() + make_interval(secs => in_seconds);
  hours integer;
BEGIN
  LOOP
    hours := public.refresh_rollup_batch(${batchHours});
    COMMIT;
    EXIT WHEN hours < ${batchHours} OR clock_timestamp() > ends_at;
  END LOOP;
END
$$;
`;
}

function markSql(): string {
  const branch = (rollup: Rollup) => `
  IF in_stream = '${rollup.stream}' THEN
    INSERT INTO rollup_changes (stream, device_id, bucket)
    WITH RECURSIVE ${walkDevicesSql(readingTables[rollup.stream])}
    SELECT in_stream, devices.id, hour
    FROM devices
    CROSS JOIN LATERAL (
      SELECT min(time) AS first, max(time) AS last FROM ${escapeIdentifier(rollup.source)} WHERE device_id = devices.id
    ) AS span
    CROSS JOIN LATERAL generate_series(
      rollup_hour(greatest(span.first, in_from)), least(span.last, in_until), INTERVAL '1 hour'
    ) AS hour
    WHERE devices.id IS NOT NULL
    UNION
    SELECT in_stream, device_id, ${bucketColumn} FROM ${storedHours(rollup)}
    WHERE ${bucketColumn} >= rollup_hour(in_from) AND ${bucketColumn} < in_until;
  END IF;`;
  return `-- For whoever changes readings by SQL: has the hours of a stream aggregated anew.
CREATE OR REPLACE FUNCTION mark_rollups(in_stream text, in_from timestamptz, in_until timestamptz) RETURNS void
LANGUAGE plpgsql ${path} AS $$
BEGIN${allRollups.map(branch).join('')}
END
$$;
`;
}

function retentionSql(): string {
  const drops = allRollups.map(
    ({ source }) =>
      `  SET LOCAL lock_timeout = '5s';
  PERFORM drop_chunks('public.${source}', older_than => horizon);
  COMMIT;`,
  );
  const deletes = allRollups
    .flatMap(rollup => [storedHours(rollup), storedDays(rollup)])
    .map(
      table =>
        `  DELETE FROM public.${table}
  WHERE device_id IN (SELECT DISTINCT device_id FROM public.${table}) AND ${bucketColumn} < in_now - INTERVAL '${lifetimes.rollupDays} days';`,
    );
  return `-- Run each hour. Readings are deleted only once all of their hours are aggregated.
CREATE OR REPLACE PROCEDURE apply_retention(in_now timestamptz DEFAULT now())
LANGUAGE plpgsql AS $$
DECLARE
  horizon timestamptz := public.rollup_hour(in_now - INTERVAL '${lifetimes.rawDays} days');
  ends_at timestamptz := clock_timestamp() + INTERVAL '10 minutes';
  hours integer;
  passed_over bigint;
BEGIN
  LOOP
    hours := public.refresh_rollup_batch(${batchHours}, horizon);
    COMMIT;
    EXIT WHEN hours = 0;
    IF clock_timestamp() > ends_at THEN
      RAISE WARNING 'Retention waits until the next hour: old readings are still being aggregated.';
      RETURN;
    END IF;
  END LOOP;
  PERFORM pg_advisory_xact_lock(${lockKey});
  IF EXISTS (SELECT FROM public.rollup_pending WHERE bucket < horizon) THEN
    RAISE WARNING 'Retention waits until the next hour: old readings have just changed.';
    RETURN;
  END IF;
  UPDATE public.rollup_progress SET raw_from = horizon WHERE raw_from < horizon;
  DELETE FROM public.rollup_changes WHERE bucket < (SELECT raw_from FROM public.rollup_progress);
  GET DIAGNOSTICS passed_over = ROW_COUNT;
  UPDATE public.rollup_progress SET too_late = too_late + passed_over WHERE passed_over > 0;
  COMMIT;
${drops.join('\n')}
${deletes.join('\n')}
  IF to_regclass('cron.job_run_details') IS NOT NULL THEN
    EXECUTE 'DELETE FROM cron.job_run_details WHERE end_time < now() - INTERVAL ''7 days''';
  END IF;
END
$$;
`;
}

function timeZoneSql(): string {
  const rebuild = allRollups.map(
    rollup => `  DELETE FROM ${storedDays(rollup)};
  INSERT INTO ${storedDays(rollup)} SELECT made.*
  FROM (
    SELECT DISTINCT device_id, ${dayOf(bucketColumn)} AS bucket FROM ${storedHours(rollup)}
  ) AS day
  CROSS JOIN LATERAL ${dayFunction(rollup)}(day.device_id, day.bucket) AS made;`,
  );
  return `-- The migrations call this when the site has another zone: its days are made anew from the hours.
CREATE OR REPLACE FUNCTION set_rollup_time_zone(in_zone text) RETURNS void
LANGUAGE plpgsql ${path} AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(${lockKey});
  UPDATE rollup_settings SET time_zone = in_zone;
${rebuild.join('\n')}
END
$$;
`;
}

const jobsSql = `-- Has pg_cron run all this, where it is installed; the migrations call it each time.
CREATE OR REPLACE FUNCTION schedule_rollup_jobs() RETURNS boolean
LANGUAGE plpgsql ${path} AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_cron')
    OR NOT has_schema_privilege('cron', 'USAGE') THEN
    RETURN false;
  END IF;
  PERFORM cron.schedule('refresh-rollups', '* * * * *', 'CALL public.refresh_rollups()');
  PERFORM cron.schedule('apply-retention', '17 * * * *', 'CALL public.apply_retention()');
  RETURN true;
END
$$;
`;
