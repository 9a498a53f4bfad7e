-- migrate: steps
-- Rollups as continuous aggregates, new or in place of those that are there. Decision 23 says why.

-- step: settings
CREATE TABLE IF NOT EXISTS rollup_settings (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  time_zone text NOT NULL,
  hour_offset interval NOT NULL
);
COMMENT ON TABLE rollup_settings IS 'How rollups cut time. Changed by the migrations alone.';
COMMENT ON COLUMN rollup_settings.only_row IS 'There is one row';
COMMENT ON COLUMN rollup_settings.time_zone IS 'IANA zone whose days the daily rollups have';
COMMENT ON COLUMN rollup_settings.hour_offset IS 'Minutes past the UTC hour at which hours begin, for zones such as +05:30';
INSERT INTO rollup_settings (time_zone, hour_offset)
VALUES (:'site_time_zone', :'hour_offset') ON CONFLICT DO NOTHING;
GRANT SELECT ON rollup_settings TO homelab_sink;

-- step: put away the hours of energy_readings that are there
DO $$
BEGIN
  IF to_regclass('energy_hourly') IS NOT NULL AND to_regclass('energy_hourly_before') IS NULL THEN
    DROP MATERIALIZED VIEW IF EXISTS energy_daily;
    ALTER MATERIALIZED VIEW energy_hourly RENAME TO energy_hourly_before;
  END IF;
END
$$;
-- step: hours of energy_readings
CREATE MATERIALIZED VIEW IF NOT EXISTS energy_hourly
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT device_id,
  time_bucket(INTERVAL '1 hour', time) AS bucket,
  (count(*))::integer AS readings,
  min(time) AS first_at,
  max(time) AS last_at,
  first(total_energy_kwh, time) FILTER (WHERE total_energy_kwh IS NOT NULL) AS total_energy_kwh_first,
  min(time) FILTER (WHERE total_energy_kwh IS NOT NULL) AS total_energy_kwh_first_at,
  last(total_energy_kwh, time) FILTER (WHERE total_energy_kwh IS NOT NULL) AS total_energy_kwh_last,
  max(time) FILTER (WHERE total_energy_kwh IS NOT NULL) AS total_energy_kwh_last_at,
  min(total_energy_kwh) AS total_energy_kwh_min,
  to_timestamp((min(ARRAY[total_energy_kwh, extract(epoch FROM time)::double precision]) FILTER (WHERE total_energy_kwh IS NOT NULL))[2]) AS total_energy_kwh_min_at,
  max(total_energy_kwh) AS total_energy_kwh_max,
  to_timestamp((max(ARRAY[total_energy_kwh, extract(epoch FROM time)::double precision]) FILTER (WHERE total_energy_kwh IS NOT NULL))[2]) AS total_energy_kwh_max_at,
  (count(total_energy_kwh))::integer AS total_energy_kwh_n,
  sum(power_kw) AS power_kw_sum,
  (count(power_kw))::integer AS power_kw_n,
  min(power_kw) AS power_kw_min,
  max(power_kw) AS power_kw_max,
  sum(voltage) AS voltage_sum,
  (count(voltage))::integer AS voltage_n,
  min(voltage) AS voltage_min,
  max(voltage) AS voltage_max,
  sum(current) AS current_sum,
  (count(current))::integer AS current_n,
  min(current) AS current_min,
  max(current) AS current_max,
  sum(power_l1_kw) AS power_l1_kw_sum,
  (count(power_l1_kw))::integer AS power_l1_kw_n,
  min(power_l1_kw) AS power_l1_kw_min,
  max(power_l1_kw) AS power_l1_kw_max,
  sum(power_l2_kw) AS power_l2_kw_sum,
  (count(power_l2_kw))::integer AS power_l2_kw_n,
  min(power_l2_kw) AS power_l2_kw_min,
  max(power_l2_kw) AS power_l2_kw_max,
  sum(power_l3_kw) AS power_l3_kw_sum,
  (count(power_l3_kw))::integer AS power_l3_kw_n,
  min(power_l3_kw) AS power_l3_kw_min,
  max(power_l3_kw) AS power_l3_kw_max,
  sum(voltage_l1) AS voltage_l1_sum,
  (count(voltage_l1))::integer AS voltage_l1_n,
  min(voltage_l1) AS voltage_l1_min,
  max(voltage_l1) AS voltage_l1_max,
  sum(voltage_l2) AS voltage_l2_sum,
  (count(voltage_l2))::integer AS voltage_l2_n,
  min(voltage_l2) AS voltage_l2_min,
  max(voltage_l2) AS voltage_l2_max,
  sum(voltage_l3) AS voltage_l3_sum,
  (count(voltage_l3))::integer AS voltage_l3_n,
  min(voltage_l3) AS voltage_l3_min,
  max(voltage_l3) AS voltage_l3_max,
  sum(current_l1) AS current_l1_sum,
  (count(current_l1))::integer AS current_l1_n,
  min(current_l1) AS current_l1_min,
  max(current_l1) AS current_l1_max,
  sum(current_l2) AS current_l2_sum,
  (count(current_l2))::integer AS current_l2_n,
  min(current_l2) AS current_l2_min,
  max(current_l2) AS current_l2_max,
  sum(current_l3) AS current_l3_sum,
  (count(current_l3))::integer AS current_l3_n,
  min(current_l3) AS current_l3_min,
  max(current_l3) AS current_l3_max,
  sum(production_power_kw) AS production_power_kw_sum,
  (count(production_power_kw))::integer AS production_power_kw_n,
  min(production_power_kw) AS production_power_kw_min,
  max(production_power_kw) AS production_power_kw_max,
  first(total_production_kwh, time) FILTER (WHERE total_production_kwh IS NOT NULL) AS total_production_kwh_first,
  min(time) FILTER (WHERE total_production_kwh IS NOT NULL) AS total_production_kwh_first_at,
  last(total_production_kwh, time) FILTER (WHERE total_production_kwh IS NOT NULL) AS total_production_kwh_last,
  max(time) FILTER (WHERE total_production_kwh IS NOT NULL) AS total_production_kwh_last_at,
  min(total_production_kwh) AS total_production_kwh_min,
  to_timestamp((min(ARRAY[total_production_kwh, extract(epoch FROM time)::double precision]) FILTER (WHERE total_production_kwh IS NOT NULL))[2]) AS total_production_kwh_min_at,
  max(total_production_kwh) AS total_production_kwh_max,
  to_timestamp((max(ARRAY[total_production_kwh, extract(epoch FROM time)::double precision]) FILTER (WHERE total_production_kwh IS NOT NULL))[2]) AS total_production_kwh_max_at,
  (count(total_production_kwh))::integer AS total_production_kwh_n,
  sum(power_factor) AS power_factor_sum,
  (count(power_factor))::integer AS power_factor_n,
  min(power_factor) AS power_factor_min,
  max(power_factor) AS power_factor_max,
  sum(rssi) AS rssi_sum,
  (count(rssi))::integer AS rssi_n,
  min(rssi) AS rssi_min,
  max(rssi) AS rssi_max,
  (count(*) FILTER (WHERE cardinality(estimated) > 0))::integer AS estimated_n
FROM energy_readings
GROUP BY device_id, time_bucket(INTERVAL '1 hour', time)
WITH NO DATA;
-- step: copy the hours of energy_readings
DO $$
DECLARE
  target text;
  shared text;
  is_filled boolean;
BEGIN
  IF to_regclass('energy_hourly_before') IS NULL THEN
    RETURN;
  END IF;
  SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) INTO STRICT target
  FROM timescaledb_information.continuous_aggregates
  WHERE view_schema = current_schema AND view_name = 'energy_hourly';
  EXECUTE format('SELECT EXISTS (SELECT FROM %s)', target) INTO is_filled;
  IF is_filled THEN
    RETURN;
  END IF;
  SELECT string_agg(quote_ident(attname), ', ') INTO shared FROM pg_attribute AS before
  WHERE attrelid = 'energy_hourly_before'::regclass AND attnum > 0
    AND EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'energy_hourly'::regclass AND attname = before.attname AND attnum > 0
    );
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM energy_hourly_before', target, shared, shared);
END
$$;
-- step: fill energy_hourly from the readings, all of which are there for so long
CALL refresh_continuous_aggregate('energy_hourly', date_trunc('hour', now() - INTERVAL '83 days'), NULL);
-- step: days of energy_readings
CREATE MATERIALIZED VIEW IF NOT EXISTS energy_daily
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT device_id,
  time_bucket(INTERVAL '1 day', bucket, :'site_time_zone'::text) AS bucket,
  sum(readings)::integer AS readings,
  min(first_at) AS first_at,
  max(last_at) AS last_at,
  first(total_energy_kwh_first, total_energy_kwh_first_at) FILTER (WHERE total_energy_kwh_first_at IS NOT NULL) AS total_energy_kwh_first,
  min(total_energy_kwh_first_at) AS total_energy_kwh_first_at,
  last(total_energy_kwh_last, total_energy_kwh_last_at) FILTER (WHERE total_energy_kwh_last_at IS NOT NULL) AS total_energy_kwh_last,
  max(total_energy_kwh_last_at) AS total_energy_kwh_last_at,
  min(total_energy_kwh_min) AS total_energy_kwh_min,
  to_timestamp((min(ARRAY[total_energy_kwh_min, extract(epoch FROM total_energy_kwh_min_at)::double precision]) FILTER (WHERE total_energy_kwh_min IS NOT NULL))[2]) AS total_energy_kwh_min_at,
  max(total_energy_kwh_max) AS total_energy_kwh_max,
  to_timestamp((max(ARRAY[total_energy_kwh_max, extract(epoch FROM total_energy_kwh_max_at)::double precision]) FILTER (WHERE total_energy_kwh_max IS NOT NULL))[2]) AS total_energy_kwh_max_at,
  sum(total_energy_kwh_n)::integer AS total_energy_kwh_n,
  sum(power_kw_sum) AS power_kw_sum,
  sum(power_kw_n)::integer AS power_kw_n,
  min(power_kw_min) AS power_kw_min,
  max(power_kw_max) AS power_kw_max,
  sum(voltage_sum) AS voltage_sum,
  sum(voltage_n)::integer AS voltage_n,
  min(voltage_min) AS voltage_min,
  max(voltage_max) AS voltage_max,
  sum(current_sum) AS current_sum,
  sum(current_n)::integer AS current_n,
  min(current_min) AS current_min,
  max(current_max) AS current_max,
  sum(power_l1_kw_sum) AS power_l1_kw_sum,
  sum(power_l1_kw_n)::integer AS power_l1_kw_n,
  min(power_l1_kw_min) AS power_l1_kw_min,
  max(power_l1_kw_max) AS power_l1_kw_max,
  sum(power_l2_kw_sum) AS power_l2_kw_sum,
  sum(power_l2_kw_n)::integer AS power_l2_kw_n,
  min(power_l2_kw_min) AS power_l2_kw_min,
  max(power_l2_kw_max) AS power_l2_kw_max,
  sum(power_l3_kw_sum) AS power_l3_kw_sum,
  sum(power_l3_kw_n)::integer AS power_l3_kw_n,
  min(power_l3_kw_min) AS power_l3_kw_min,
  max(power_l3_kw_max) AS power_l3_kw_max,
  sum(voltage_l1_sum) AS voltage_l1_sum,
  sum(voltage_l1_n)::integer AS voltage_l1_n,
  min(voltage_l1_min) AS voltage_l1_min,
  max(voltage_l1_max) AS voltage_l1_max,
  sum(voltage_l2_sum) AS voltage_l2_sum,
  sum(voltage_l2_n)::integer AS voltage_l2_n,
  min(voltage_l2_min) AS voltage_l2_min,
  max(voltage_l2_max) AS voltage_l2_max,
  sum(voltage_l3_sum) AS voltage_l3_sum,
  sum(voltage_l3_n)::integer AS voltage_l3_n,
  min(voltage_l3_min) AS voltage_l3_min,
  max(voltage_l3_max) AS voltage_l3_max,
  sum(current_l1_sum) AS current_l1_sum,
  sum(current_l1_n)::integer AS current_l1_n,
  min(current_l1_min) AS current_l1_min,
  max(current_l1_max) AS current_l1_max,
  sum(current_l2_sum) AS current_l2_sum,
  sum(current_l2_n)::integer AS current_l2_n,
  min(current_l2_min) AS current_l2_min,
  max(current_l2_max) AS current_l2_max,
  sum(current_l3_sum) AS current_l3_sum,
  sum(current_l3_n)::integer AS current_l3_n,
  min(current_l3_min) AS current_l3_min,
  max(current_l3_max) AS current_l3_max,
  sum(production_power_kw_sum) AS production_power_kw_sum,
  sum(production_power_kw_n)::integer AS production_power_kw_n,
  min(production_power_kw_min) AS production_power_kw_min,
  max(production_power_kw_max) AS production_power_kw_max,
  first(total_production_kwh_first, total_production_kwh_first_at) FILTER (WHERE total_production_kwh_first_at IS NOT NULL) AS total_production_kwh_first,
  min(total_production_kwh_first_at) AS total_production_kwh_first_at,
  last(total_production_kwh_last, total_production_kwh_last_at) FILTER (WHERE total_production_kwh_last_at IS NOT NULL) AS total_production_kwh_last,
  max(total_production_kwh_last_at) AS total_production_kwh_last_at,
  min(total_production_kwh_min) AS total_production_kwh_min,
  to_timestamp((min(ARRAY[total_production_kwh_min, extract(epoch FROM total_production_kwh_min_at)::double precision]) FILTER (WHERE total_production_kwh_min IS NOT NULL))[2]) AS total_production_kwh_min_at,
  max(total_production_kwh_max) AS total_production_kwh_max,
  to_timestamp((max(ARRAY[total_production_kwh_max, extract(epoch FROM total_production_kwh_max_at)::double precision]) FILTER (WHERE total_production_kwh_max IS NOT NULL))[2]) AS total_production_kwh_max_at,
  sum(total_production_kwh_n)::integer AS total_production_kwh_n,
  sum(power_factor_sum) AS power_factor_sum,
  sum(power_factor_n)::integer AS power_factor_n,
  min(power_factor_min) AS power_factor_min,
  max(power_factor_max) AS power_factor_max,
  sum(rssi_sum) AS rssi_sum,
  sum(rssi_n)::integer AS rssi_n,
  min(rssi_min) AS rssi_min,
  max(rssi_max) AS rssi_max,
  sum(estimated_n)::integer AS estimated_n
FROM energy_hourly
GROUP BY device_id, time_bucket(INTERVAL '1 day', bucket, :'site_time_zone'::text)
WITH NO DATA;
-- step: fill energy_daily
CALL refresh_continuous_aggregate('energy_daily', NULL, NULL);
-- step: drop the hours that were put away
DROP MATERIALIZED VIEW IF EXISTS energy_hourly_before;

-- step: put away the hours of heatpump_status that are there
DO $$
BEGIN
  IF to_regclass('heatpump_hourly') IS NOT NULL AND to_regclass('heatpump_hourly_before') IS NULL THEN
    DROP MATERIALIZED VIEW IF EXISTS heatpump_daily;
    ALTER MATERIALIZED VIEW heatpump_hourly RENAME TO heatpump_hourly_before;
  END IF;
END
$$;
-- step: hours of heatpump_status
CREATE MATERIALIZED VIEW IF NOT EXISTS heatpump_hourly
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT device_id,
  time_bucket(INTERVAL '1 hour', time) AS bucket,
  (count(*))::integer AS readings,
  min(time) AS first_at,
  max(time) AS last_at,
  sum(target_temp) AS target_temp_sum,
  (count(target_temp))::integer AS target_temp_n,
  min(target_temp) AS target_temp_min,
  max(target_temp) AS target_temp_max,
  sum(actual_temp) AS actual_temp_sum,
  (count(actual_temp))::integer AS actual_temp_n,
  min(actual_temp) AS actual_temp_min,
  max(actual_temp) AS actual_temp_max,
  (count(*) FILTER (WHERE compressor_running))::integer AS compressor_running_true_n,
  (count(compressor_running))::integer AS compressor_running_n,
  sum(power_consumption_kw) AS power_consumption_kw_sum,
  (count(power_consumption_kw))::integer AS power_consumption_kw_n,
  min(power_consumption_kw) AS power_consumption_kw_min,
  max(power_consumption_kw) AS power_consumption_kw_max,
  sum(outdoor_temp) AS outdoor_temp_sum,
  (count(outdoor_temp))::integer AS outdoor_temp_n,
  min(outdoor_temp) AS outdoor_temp_min,
  max(outdoor_temp) AS outdoor_temp_max,
  sum(supply_temp) AS supply_temp_sum,
  (count(supply_temp))::integer AS supply_temp_n,
  min(supply_temp) AS supply_temp_min,
  max(supply_temp) AS supply_temp_max,
  sum(supply_target_temp) AS supply_target_temp_sum,
  (count(supply_target_temp))::integer AS supply_target_temp_n,
  min(supply_target_temp) AS supply_target_temp_min,
  max(supply_target_temp) AS supply_target_temp_max,
  sum(return_temp) AS return_temp_sum,
  (count(return_temp))::integer AS return_temp_n,
  min(return_temp) AS return_temp_min,
  max(return_temp) AS return_temp_max,
  sum(hot_water_temp) AS hot_water_temp_sum,
  (count(hot_water_temp))::integer AS hot_water_temp_n,
  min(hot_water_temp) AS hot_water_temp_min,
  max(hot_water_temp) AS hot_water_temp_max,
  sum(hot_water_target_temp) AS hot_water_target_temp_sum,
  (count(hot_water_target_temp))::integer AS hot_water_target_temp_n,
  min(hot_water_target_temp) AS hot_water_target_temp_min,
  max(hot_water_target_temp) AS hot_water_target_temp_max,
  sum(brine_in_temp) AS brine_in_temp_sum,
  (count(brine_in_temp))::integer AS brine_in_temp_n,
  min(brine_in_temp) AS brine_in_temp_min,
  max(brine_in_temp) AS brine_in_temp_max,
  sum(brine_out_temp) AS brine_out_temp_sum,
  (count(brine_out_temp))::integer AS brine_out_temp_n,
  min(brine_out_temp) AS brine_out_temp_min,
  max(brine_out_temp) AS brine_out_temp_max,
  sum(flow_rate_lpm) AS flow_rate_lpm_sum,
  (count(flow_rate_lpm))::integer AS flow_rate_lpm_n,
  min(flow_rate_lpm) AS flow_rate_lpm_min,
  max(flow_rate_lpm) AS flow_rate_lpm_max,
  (count(*) FILTER (WHERE circulation_pump_on))::integer AS circulation_pump_on_true_n,
  (count(circulation_pump_on))::integer AS circulation_pump_on_n,
  sum(circulation_pump_pct) AS circulation_pump_pct_sum,
  (count(circulation_pump_pct))::integer AS circulation_pump_pct_n,
  min(circulation_pump_pct) AS circulation_pump_pct_min,
  max(circulation_pump_pct) AS circulation_pump_pct_max,
  (count(*) FILTER (WHERE brine_pump_on))::integer AS brine_pump_on_true_n,
  (count(brine_pump_on))::integer AS brine_pump_on_n,
  sum(brine_pump_pct) AS brine_pump_pct_sum,
  (count(brine_pump_pct))::integer AS brine_pump_pct_n,
  min(brine_pump_pct) AS brine_pump_pct_min,
  max(brine_pump_pct) AS brine_pump_pct_max,
  sum(compressor_hz) AS compressor_hz_sum,
  (count(compressor_hz))::integer AS compressor_hz_n,
  min(compressor_hz) AS compressor_hz_min,
  max(compressor_hz) AS compressor_hz_max,
  (count(*) FILTER (WHERE hot_water_active))::integer AS hot_water_active_true_n,
  (count(hot_water_active))::integer AS hot_water_active_n,
  (count(*) FILTER (WHERE defrost_active))::integer AS defrost_active_true_n,
  (count(defrost_active))::integer AS defrost_active_n,
  (count(*) FILTER (WHERE aux_heater_3kw_on))::integer AS aux_heater_3kw_on_true_n,
  (count(aux_heater_3kw_on))::integer AS aux_heater_3kw_on_n,
  (count(*) FILTER (WHERE aux_heater_6kw_on))::integer AS aux_heater_6kw_on_true_n,
  (count(aux_heater_6kw_on))::integer AS aux_heater_6kw_on_n,
  sum(aux_heater_kw) AS aux_heater_kw_sum,
  (count(aux_heater_kw))::integer AS aux_heater_kw_n,
  min(aux_heater_kw) AS aux_heater_kw_min,
  max(aux_heater_kw) AS aux_heater_kw_max,
  sum(degree_minutes) AS degree_minutes_sum,
  (count(degree_minutes))::integer AS degree_minutes_n,
  min(degree_minutes) AS degree_minutes_min,
  max(degree_minutes) AS degree_minutes_max,
  first(runtime_compressor_h, time) FILTER (WHERE runtime_compressor_h IS NOT NULL) AS runtime_compressor_h_first,
  min(time) FILTER (WHERE runtime_compressor_h IS NOT NULL) AS runtime_compressor_h_first_at,
  last(runtime_compressor_h, time) FILTER (WHERE runtime_compressor_h IS NOT NULL) AS runtime_compressor_h_last,
  max(time) FILTER (WHERE runtime_compressor_h IS NOT NULL) AS runtime_compressor_h_last_at,
  min(runtime_compressor_h) AS runtime_compressor_h_min,
  to_timestamp((min(ARRAY[runtime_compressor_h, extract(epoch FROM time)::double precision]) FILTER (WHERE runtime_compressor_h IS NOT NULL))[2]) AS runtime_compressor_h_min_at,
  max(runtime_compressor_h) AS runtime_compressor_h_max,
  to_timestamp((max(ARRAY[runtime_compressor_h, extract(epoch FROM time)::double precision]) FILTER (WHERE runtime_compressor_h IS NOT NULL))[2]) AS runtime_compressor_h_max_at,
  (count(runtime_compressor_h))::integer AS runtime_compressor_h_n,
  first(runtime_hot_water_h, time) FILTER (WHERE runtime_hot_water_h IS NOT NULL) AS runtime_hot_water_h_first,
  min(time) FILTER (WHERE runtime_hot_water_h IS NOT NULL) AS runtime_hot_water_h_first_at,
  last(runtime_hot_water_h, time) FILTER (WHERE runtime_hot_water_h IS NOT NULL) AS runtime_hot_water_h_last,
  max(time) FILTER (WHERE runtime_hot_water_h IS NOT NULL) AS runtime_hot_water_h_last_at,
  min(runtime_hot_water_h) AS runtime_hot_water_h_min,
  to_timestamp((min(ARRAY[runtime_hot_water_h, extract(epoch FROM time)::double precision]) FILTER (WHERE runtime_hot_water_h IS NOT NULL))[2]) AS runtime_hot_water_h_min_at,
  max(runtime_hot_water_h) AS runtime_hot_water_h_max,
  to_timestamp((max(ARRAY[runtime_hot_water_h, extract(epoch FROM time)::double precision]) FILTER (WHERE runtime_hot_water_h IS NOT NULL))[2]) AS runtime_hot_water_h_max_at,
  (count(runtime_hot_water_h))::integer AS runtime_hot_water_h_n,
  first(runtime_aux_3kw_h, time) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL) AS runtime_aux_3kw_h_first,
  min(time) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL) AS runtime_aux_3kw_h_first_at,
  last(runtime_aux_3kw_h, time) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL) AS runtime_aux_3kw_h_last,
  max(time) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL) AS runtime_aux_3kw_h_last_at,
  min(runtime_aux_3kw_h) AS runtime_aux_3kw_h_min,
  to_timestamp((min(ARRAY[runtime_aux_3kw_h, extract(epoch FROM time)::double precision]) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL))[2]) AS runtime_aux_3kw_h_min_at,
  max(runtime_aux_3kw_h) AS runtime_aux_3kw_h_max,
  to_timestamp((max(ARRAY[runtime_aux_3kw_h, extract(epoch FROM time)::double precision]) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL))[2]) AS runtime_aux_3kw_h_max_at,
  (count(runtime_aux_3kw_h))::integer AS runtime_aux_3kw_h_n,
  first(runtime_aux_6kw_h, time) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL) AS runtime_aux_6kw_h_first,
  min(time) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL) AS runtime_aux_6kw_h_first_at,
  last(runtime_aux_6kw_h, time) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL) AS runtime_aux_6kw_h_last,
  max(time) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL) AS runtime_aux_6kw_h_last_at,
  min(runtime_aux_6kw_h) AS runtime_aux_6kw_h_min,
  to_timestamp((min(ARRAY[runtime_aux_6kw_h, extract(epoch FROM time)::double precision]) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL))[2]) AS runtime_aux_6kw_h_min_at,
  max(runtime_aux_6kw_h) AS runtime_aux_6kw_h_max,
  to_timestamp((max(ARRAY[runtime_aux_6kw_h, extract(epoch FROM time)::double precision]) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL))[2]) AS runtime_aux_6kw_h_max_at,
  (count(runtime_aux_6kw_h))::integer AS runtime_aux_6kw_h_n,
  first(compressor_starts, time) FILTER (WHERE compressor_starts IS NOT NULL) AS compressor_starts_first,
  min(time) FILTER (WHERE compressor_starts IS NOT NULL) AS compressor_starts_first_at,
  last(compressor_starts, time) FILTER (WHERE compressor_starts IS NOT NULL) AS compressor_starts_last,
  max(time) FILTER (WHERE compressor_starts IS NOT NULL) AS compressor_starts_last_at,
  min(compressor_starts) AS compressor_starts_min,
  to_timestamp((min(ARRAY[compressor_starts, extract(epoch FROM time)::double precision]) FILTER (WHERE compressor_starts IS NOT NULL))[2]) AS compressor_starts_min_at,
  max(compressor_starts) AS compressor_starts_max,
  to_timestamp((max(ARRAY[compressor_starts, extract(epoch FROM time)::double precision]) FILTER (WHERE compressor_starts IS NOT NULL))[2]) AS compressor_starts_max_at,
  (count(compressor_starts))::integer AS compressor_starts_n,
  sum(heat_output_kw) AS heat_output_kw_sum,
  (count(heat_output_kw))::integer AS heat_output_kw_n,
  min(heat_output_kw) AS heat_output_kw_min,
  max(heat_output_kw) AS heat_output_kw_max,
  sum(cop) AS cop_sum,
  (count(cop))::integer AS cop_n,
  min(cop) AS cop_min,
  max(cop) AS cop_max,
  first(total_consumed_kwh, time) FILTER (WHERE total_consumed_kwh IS NOT NULL) AS total_consumed_kwh_first,
  min(time) FILTER (WHERE total_consumed_kwh IS NOT NULL) AS total_consumed_kwh_first_at,
  last(total_consumed_kwh, time) FILTER (WHERE total_consumed_kwh IS NOT NULL) AS total_consumed_kwh_last,
  max(time) FILTER (WHERE total_consumed_kwh IS NOT NULL) AS total_consumed_kwh_last_at,
  min(total_consumed_kwh) AS total_consumed_kwh_min,
  to_timestamp((min(ARRAY[total_consumed_kwh, extract(epoch FROM time)::double precision]) FILTER (WHERE total_consumed_kwh IS NOT NULL))[2]) AS total_consumed_kwh_min_at,
  max(total_consumed_kwh) AS total_consumed_kwh_max,
  to_timestamp((max(ARRAY[total_consumed_kwh, extract(epoch FROM time)::double precision]) FILTER (WHERE total_consumed_kwh IS NOT NULL))[2]) AS total_consumed_kwh_max_at,
  (count(total_consumed_kwh))::integer AS total_consumed_kwh_n,
  first(total_heat_kwh, time) FILTER (WHERE total_heat_kwh IS NOT NULL) AS total_heat_kwh_first,
  min(time) FILTER (WHERE total_heat_kwh IS NOT NULL) AS total_heat_kwh_first_at,
  last(total_heat_kwh, time) FILTER (WHERE total_heat_kwh IS NOT NULL) AS total_heat_kwh_last,
  max(time) FILTER (WHERE total_heat_kwh IS NOT NULL) AS total_heat_kwh_last_at,
  min(total_heat_kwh) AS total_heat_kwh_min,
  to_timestamp((min(ARRAY[total_heat_kwh, extract(epoch FROM time)::double precision]) FILTER (WHERE total_heat_kwh IS NOT NULL))[2]) AS total_heat_kwh_min_at,
  max(total_heat_kwh) AS total_heat_kwh_max,
  to_timestamp((max(ARRAY[total_heat_kwh, extract(epoch FROM time)::double precision]) FILTER (WHERE total_heat_kwh IS NOT NULL))[2]) AS total_heat_kwh_max_at,
  (count(total_heat_kwh))::integer AS total_heat_kwh_n,
  sum(rssi) AS rssi_sum,
  (count(rssi))::integer AS rssi_n,
  min(rssi) AS rssi_min,
  max(rssi) AS rssi_max,
  (count(*) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL))::integer AS paired_n,
  sum(coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END)) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL) AS paired_heat_kw_sum,
  sum(power_consumption_kw) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL) AS paired_electric_kw_sum,
  (count(*) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL AND CASE WHEN mode IN ('hot_water', 'legionella') THEN true ELSE hot_water_active END))::integer AS hot_water_paired_n,
  sum(coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END)) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL AND CASE WHEN mode IN ('hot_water', 'legionella') THEN true ELSE hot_water_active END) AS hot_water_heat_kw_sum,
  sum(power_consumption_kw) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL AND CASE WHEN mode IN ('hot_water', 'legionella') THEN true ELSE hot_water_active END) AS hot_water_electric_kw_sum,
  (count(*) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)))::integer AS running_n,
  (count(*) FILTER (WHERE (coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)) IS NOT NULL))::integer AS running_known_n,
  (count(*) FILTER (WHERE CASE WHEN mode IN ('hot_water', 'legionella') THEN true ELSE hot_water_active END))::integer AS hot_water_n,
  (count(*) FILTER (WHERE CASE WHEN mode = 'defrost' THEN true ELSE defrost_active END))::integer AS defrost_n,
  (count(*) FILTER (WHERE (aux_heater_3kw_on OR aux_heater_6kw_on OR aux_heater_kw > 0)))::integer AS aux_n,
  (count(*) FILTER (WHERE (mode = 'alarm' OR cardinality(alarm_codes) > 0)))::integer AS alarm_n,
  (count(*) FILTER (WHERE NOT coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15) AND power_consumption_kw IS NOT NULL))::integer AS standby_n,
  sum(power_consumption_kw) FILTER (WHERE NOT coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15) AND power_consumption_kw IS NOT NULL) AS standby_kw_sum,
  sum(supply_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)) AS running_supply_temp_sum,
  (count(supply_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)))::integer AS running_supply_temp_n,
  sum(outdoor_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)) AS running_outdoor_temp_sum,
  (count(outdoor_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)))::integer AS running_outdoor_temp_n,
  sum(brine_in_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)) AS running_brine_in_temp_sum,
  (count(brine_in_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)))::integer AS running_brine_in_temp_n,
  (count(*) FILTER (WHERE cardinality(estimated) > 0))::integer AS estimated_n
FROM heatpump_status
GROUP BY device_id, time_bucket(INTERVAL '1 hour', time)
WITH NO DATA;
-- step: copy the hours of heatpump_status
DO $$
DECLARE
  target text;
  shared text;
  is_filled boolean;
BEGIN
  IF to_regclass('heatpump_hourly_before') IS NULL THEN
    RETURN;
  END IF;
  SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) INTO STRICT target
  FROM timescaledb_information.continuous_aggregates
  WHERE view_schema = current_schema AND view_name = 'heatpump_hourly';
  EXECUTE format('SELECT EXISTS (SELECT FROM %s)', target) INTO is_filled;
  IF is_filled THEN
    RETURN;
  END IF;
  SELECT string_agg(quote_ident(attname), ', ') INTO shared FROM pg_attribute AS before
  WHERE attrelid = 'heatpump_hourly_before'::regclass AND attnum > 0
    AND EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'heatpump_hourly'::regclass AND attname = before.attname AND attnum > 0
    );
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM heatpump_hourly_before', target, shared, shared);
END
$$;
-- step: fill heatpump_hourly from the readings, all of which are there for so long
CALL refresh_continuous_aggregate('heatpump_hourly', date_trunc('hour', now() - INTERVAL '83 days'), NULL);
-- step: days of heatpump_status
CREATE MATERIALIZED VIEW IF NOT EXISTS heatpump_daily
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT device_id,
  time_bucket(INTERVAL '1 day', bucket, :'site_time_zone'::text) AS bucket,
  sum(readings)::integer AS readings,
  min(first_at) AS first_at,
  max(last_at) AS last_at,
  sum(target_temp_sum) AS target_temp_sum,
  sum(target_temp_n)::integer AS target_temp_n,
  min(target_temp_min) AS target_temp_min,
  max(target_temp_max) AS target_temp_max,
  sum(actual_temp_sum) AS actual_temp_sum,
  sum(actual_temp_n)::integer AS actual_temp_n,
  min(actual_temp_min) AS actual_temp_min,
  max(actual_temp_max) AS actual_temp_max,
  sum(compressor_running_true_n)::integer AS compressor_running_true_n,
  sum(compressor_running_n)::integer AS compressor_running_n,
  sum(power_consumption_kw_sum) AS power_consumption_kw_sum,
  sum(power_consumption_kw_n)::integer AS power_consumption_kw_n,
  min(power_consumption_kw_min) AS power_consumption_kw_min,
  max(power_consumption_kw_max) AS power_consumption_kw_max,
  sum(outdoor_temp_sum) AS outdoor_temp_sum,
  sum(outdoor_temp_n)::integer AS outdoor_temp_n,
  min(outdoor_temp_min) AS outdoor_temp_min,
  max(outdoor_temp_max) AS outdoor_temp_max,
  sum(supply_temp_sum) AS supply_temp_sum,
  sum(supply_temp_n)::integer AS supply_temp_n,
  min(supply_temp_min) AS supply_temp_min,
  max(supply_temp_max) AS supply_temp_max,
  sum(supply_target_temp_sum) AS supply_target_temp_sum,
  sum(supply_target_temp_n)::integer AS supply_target_temp_n,
  min(supply_target_temp_min) AS supply_target_temp_min,
  max(supply_target_temp_max) AS supply_target_temp_max,
  sum(return_temp_sum) AS return_temp_sum,
  sum(return_temp_n)::integer AS return_temp_n,
  min(return_temp_min) AS return_temp_min,
  max(return_temp_max) AS return_temp_max,
  sum(hot_water_temp_sum) AS hot_water_temp_sum,
  sum(hot_water_temp_n)::integer AS hot_water_temp_n,
  min(hot_water_temp_min) AS hot_water_temp_min,
  max(hot_water_temp_max) AS hot_water_temp_max,
  sum(hot_water_target_temp_sum) AS hot_water_target_temp_sum,
  sum(hot_water_target_temp_n)::integer AS hot_water_target_temp_n,
  min(hot_water_target_temp_min) AS hot_water_target_temp_min,
  max(hot_water_target_temp_max) AS hot_water_target_temp_max,
  sum(brine_in_temp_sum) AS brine_in_temp_sum,
  sum(brine_in_temp_n)::integer AS brine_in_temp_n,
  min(brine_in_temp_min) AS brine_in_temp_min,
  max(brine_in_temp_max) AS brine_in_temp_max,
  sum(brine_out_temp_sum) AS brine_out_temp_sum,
  sum(brine_out_temp_n)::integer AS brine_out_temp_n,
  min(brine_out_temp_min) AS brine_out_temp_min,
  max(brine_out_temp_max) AS brine_out_temp_max,
  sum(flow_rate_lpm_sum) AS flow_rate_lpm_sum,
  sum(flow_rate_lpm_n)::integer AS flow_rate_lpm_n,
  min(flow_rate_lpm_min) AS flow_rate_lpm_min,
  max(flow_rate_lpm_max) AS flow_rate_lpm_max,
  sum(circulation_pump_on_true_n)::integer AS circulation_pump_on_true_n,
  sum(circulation_pump_on_n)::integer AS circulation_pump_on_n,
  sum(circulation_pump_pct_sum) AS circulation_pump_pct_sum,
  sum(circulation_pump_pct_n)::integer AS circulation_pump_pct_n,
  min(circulation_pump_pct_min) AS circulation_pump_pct_min,
  max(circulation_pump_pct_max) AS circulation_pump_pct_max,
  sum(brine_pump_on_true_n)::integer AS brine_pump_on_true_n,
  sum(brine_pump_on_n)::integer AS brine_pump_on_n,
  sum(brine_pump_pct_sum) AS brine_pump_pct_sum,
  sum(brine_pump_pct_n)::integer AS brine_pump_pct_n,
  min(brine_pump_pct_min) AS brine_pump_pct_min,
  max(brine_pump_pct_max) AS brine_pump_pct_max,
  sum(compressor_hz_sum) AS compressor_hz_sum,
  sum(compressor_hz_n)::integer AS compressor_hz_n,
  min(compressor_hz_min) AS compressor_hz_min,
  max(compressor_hz_max) AS compressor_hz_max,
  sum(hot_water_active_true_n)::integer AS hot_water_active_true_n,
  sum(hot_water_active_n)::integer AS hot_water_active_n,
  sum(defrost_active_true_n)::integer AS defrost_active_true_n,
  sum(defrost_active_n)::integer AS defrost_active_n,
  sum(aux_heater_3kw_on_true_n)::integer AS aux_heater_3kw_on_true_n,
  sum(aux_heater_3kw_on_n)::integer AS aux_heater_3kw_on_n,
  sum(aux_heater_6kw_on_true_n)::integer AS aux_heater_6kw_on_true_n,
  sum(aux_heater_6kw_on_n)::integer AS aux_heater_6kw_on_n,
  sum(aux_heater_kw_sum) AS aux_heater_kw_sum,
  sum(aux_heater_kw_n)::integer AS aux_heater_kw_n,
  min(aux_heater_kw_min) AS aux_heater_kw_min,
  max(aux_heater_kw_max) AS aux_heater_kw_max,
  sum(degree_minutes_sum) AS degree_minutes_sum,
  sum(degree_minutes_n)::integer AS degree_minutes_n,
  min(degree_minutes_min) AS degree_minutes_min,
  max(degree_minutes_max) AS degree_minutes_max,
  first(runtime_compressor_h_first, runtime_compressor_h_first_at) FILTER (WHERE runtime_compressor_h_first_at IS NOT NULL) AS runtime_compressor_h_first,
  min(runtime_compressor_h_first_at) AS runtime_compressor_h_first_at,
  last(runtime_compressor_h_last, runtime_compressor_h_last_at) FILTER (WHERE runtime_compressor_h_last_at IS NOT NULL) AS runtime_compressor_h_last,
  max(runtime_compressor_h_last_at) AS runtime_compressor_h_last_at,
  min(runtime_compressor_h_min) AS runtime_compressor_h_min,
  to_timestamp((min(ARRAY[runtime_compressor_h_min, extract(epoch FROM runtime_compressor_h_min_at)::double precision]) FILTER (WHERE runtime_compressor_h_min IS NOT NULL))[2]) AS runtime_compressor_h_min_at,
  max(runtime_compressor_h_max) AS runtime_compressor_h_max,
  to_timestamp((max(ARRAY[runtime_compressor_h_max, extract(epoch FROM runtime_compressor_h_max_at)::double precision]) FILTER (WHERE runtime_compressor_h_max IS NOT NULL))[2]) AS runtime_compressor_h_max_at,
  sum(runtime_compressor_h_n)::integer AS runtime_compressor_h_n,
  first(runtime_hot_water_h_first, runtime_hot_water_h_first_at) FILTER (WHERE runtime_hot_water_h_first_at IS NOT NULL) AS runtime_hot_water_h_first,
  min(runtime_hot_water_h_first_at) AS runtime_hot_water_h_first_at,
  last(runtime_hot_water_h_last, runtime_hot_water_h_last_at) FILTER (WHERE runtime_hot_water_h_last_at IS NOT NULL) AS runtime_hot_water_h_last,
  max(runtime_hot_water_h_last_at) AS runtime_hot_water_h_last_at,
  min(runtime_hot_water_h_min) AS runtime_hot_water_h_min,
  to_timestamp((min(ARRAY[runtime_hot_water_h_min, extract(epoch FROM runtime_hot_water_h_min_at)::double precision]) FILTER (WHERE runtime_hot_water_h_min IS NOT NULL))[2]) AS runtime_hot_water_h_min_at,
  max(runtime_hot_water_h_max) AS runtime_hot_water_h_max,
  to_timestamp((max(ARRAY[runtime_hot_water_h_max, extract(epoch FROM runtime_hot_water_h_max_at)::double precision]) FILTER (WHERE runtime_hot_water_h_max IS NOT NULL))[2]) AS runtime_hot_water_h_max_at,
  sum(runtime_hot_water_h_n)::integer AS runtime_hot_water_h_n,
  first(runtime_aux_3kw_h_first, runtime_aux_3kw_h_first_at) FILTER (WHERE runtime_aux_3kw_h_first_at IS NOT NULL) AS runtime_aux_3kw_h_first,
  min(runtime_aux_3kw_h_first_at) AS runtime_aux_3kw_h_first_at,
  last(runtime_aux_3kw_h_last, runtime_aux_3kw_h_last_at) FILTER (WHERE runtime_aux_3kw_h_last_at IS NOT NULL) AS runtime_aux_3kw_h_last,
  max(runtime_aux_3kw_h_last_at) AS runtime_aux_3kw_h_last_at,
  min(runtime_aux_3kw_h_min) AS runtime_aux_3kw_h_min,
  to_timestamp((min(ARRAY[runtime_aux_3kw_h_min, extract(epoch FROM runtime_aux_3kw_h_min_at)::double precision]) FILTER (WHERE runtime_aux_3kw_h_min IS NOT NULL))[2]) AS runtime_aux_3kw_h_min_at,
  max(runtime_aux_3kw_h_max) AS runtime_aux_3kw_h_max,
  to_timestamp((max(ARRAY[runtime_aux_3kw_h_max, extract(epoch FROM runtime_aux_3kw_h_max_at)::double precision]) FILTER (WHERE runtime_aux_3kw_h_max IS NOT NULL))[2]) AS runtime_aux_3kw_h_max_at,
  sum(runtime_aux_3kw_h_n)::integer AS runtime_aux_3kw_h_n,
  first(runtime_aux_6kw_h_first, runtime_aux_6kw_h_first_at) FILTER (WHERE runtime_aux_6kw_h_first_at IS NOT NULL) AS runtime_aux_6kw_h_first,
  min(runtime_aux_6kw_h_first_at) AS runtime_aux_6kw_h_first_at,
  last(runtime_aux_6kw_h_last, runtime_aux_6kw_h_last_at) FILTER (WHERE runtime_aux_6kw_h_last_at IS NOT NULL) AS runtime_aux_6kw_h_last,
  max(runtime_aux_6kw_h_last_at) AS runtime_aux_6kw_h_last_at,
  min(runtime_aux_6kw_h_min) AS runtime_aux_6kw_h_min,
  to_timestamp((min(ARRAY[runtime_aux_6kw_h_min, extract(epoch FROM runtime_aux_6kw_h_min_at)::double precision]) FILTER (WHERE runtime_aux_6kw_h_min IS NOT NULL))[2]) AS runtime_aux_6kw_h_min_at,
  max(runtime_aux_6kw_h_max) AS runtime_aux_6kw_h_max,
  to_timestamp((max(ARRAY[runtime_aux_6kw_h_max, extract(epoch FROM runtime_aux_6kw_h_max_at)::double precision]) FILTER (WHERE runtime_aux_6kw_h_max IS NOT NULL))[2]) AS runtime_aux_6kw_h_max_at,
  sum(runtime_aux_6kw_h_n)::integer AS runtime_aux_6kw_h_n,
  first(compressor_starts_first, compressor_starts_first_at) FILTER (WHERE compressor_starts_first_at IS NOT NULL) AS compressor_starts_first,
  min(compressor_starts_first_at) AS compressor_starts_first_at,
  last(compressor_starts_last, compressor_starts_last_at) FILTER (WHERE compressor_starts_last_at IS NOT NULL) AS compressor_starts_last,
  max(compressor_starts_last_at) AS compressor_starts_last_at,
  min(compressor_starts_min) AS compressor_starts_min,
  to_timestamp((min(ARRAY[compressor_starts_min, extract(epoch FROM compressor_starts_min_at)::double precision]) FILTER (WHERE compressor_starts_min IS NOT NULL))[2]) AS compressor_starts_min_at,
  max(compressor_starts_max) AS compressor_starts_max,
  to_timestamp((max(ARRAY[compressor_starts_max, extract(epoch FROM compressor_starts_max_at)::double precision]) FILTER (WHERE compressor_starts_max IS NOT NULL))[2]) AS compressor_starts_max_at,
  sum(compressor_starts_n)::integer AS compressor_starts_n,
  sum(heat_output_kw_sum) AS heat_output_kw_sum,
  sum(heat_output_kw_n)::integer AS heat_output_kw_n,
  min(heat_output_kw_min) AS heat_output_kw_min,
  max(heat_output_kw_max) AS heat_output_kw_max,
  sum(cop_sum) AS cop_sum,
  sum(cop_n)::integer AS cop_n,
  min(cop_min) AS cop_min,
  max(cop_max) AS cop_max,
  first(total_consumed_kwh_first, total_consumed_kwh_first_at) FILTER (WHERE total_consumed_kwh_first_at IS NOT NULL) AS total_consumed_kwh_first,
  min(total_consumed_kwh_first_at) AS total_consumed_kwh_first_at,
  last(total_consumed_kwh_last, total_consumed_kwh_last_at) FILTER (WHERE total_consumed_kwh_last_at IS NOT NULL) AS total_consumed_kwh_last,
  max(total_consumed_kwh_last_at) AS total_consumed_kwh_last_at,
  min(total_consumed_kwh_min) AS total_consumed_kwh_min,
  to_timestamp((min(ARRAY[total_consumed_kwh_min, extract(epoch FROM total_consumed_kwh_min_at)::double precision]) FILTER (WHERE total_consumed_kwh_min IS NOT NULL))[2]) AS total_consumed_kwh_min_at,
  max(total_consumed_kwh_max) AS total_consumed_kwh_max,
  to_timestamp((max(ARRAY[total_consumed_kwh_max, extract(epoch FROM total_consumed_kwh_max_at)::double precision]) FILTER (WHERE total_consumed_kwh_max IS NOT NULL))[2]) AS total_consumed_kwh_max_at,
  sum(total_consumed_kwh_n)::integer AS total_consumed_kwh_n,
  first(total_heat_kwh_first, total_heat_kwh_first_at) FILTER (WHERE total_heat_kwh_first_at IS NOT NULL) AS total_heat_kwh_first,
  min(total_heat_kwh_first_at) AS total_heat_kwh_first_at,
  last(total_heat_kwh_last, total_heat_kwh_last_at) FILTER (WHERE total_heat_kwh_last_at IS NOT NULL) AS total_heat_kwh_last,
  max(total_heat_kwh_last_at) AS total_heat_kwh_last_at,
  min(total_heat_kwh_min) AS total_heat_kwh_min,
  to_timestamp((min(ARRAY[total_heat_kwh_min, extract(epoch FROM total_heat_kwh_min_at)::double precision]) FILTER (WHERE total_heat_kwh_min IS NOT NULL))[2]) AS total_heat_kwh_min_at,
  max(total_heat_kwh_max) AS total_heat_kwh_max,
  to_timestamp((max(ARRAY[total_heat_kwh_max, extract(epoch FROM total_heat_kwh_max_at)::double precision]) FILTER (WHERE total_heat_kwh_max IS NOT NULL))[2]) AS total_heat_kwh_max_at,
  sum(total_heat_kwh_n)::integer AS total_heat_kwh_n,
  sum(rssi_sum) AS rssi_sum,
  sum(rssi_n)::integer AS rssi_n,
  min(rssi_min) AS rssi_min,
  max(rssi_max) AS rssi_max,
  sum(paired_n)::integer AS paired_n,
  sum(paired_heat_kw_sum) AS paired_heat_kw_sum,
  sum(paired_electric_kw_sum) AS paired_electric_kw_sum,
  sum(hot_water_paired_n)::integer AS hot_water_paired_n,
  sum(hot_water_heat_kw_sum) AS hot_water_heat_kw_sum,
  sum(hot_water_electric_kw_sum) AS hot_water_electric_kw_sum,
  sum(running_n)::integer AS running_n,
  sum(running_known_n)::integer AS running_known_n,
  sum(hot_water_n)::integer AS hot_water_n,
  sum(defrost_n)::integer AS defrost_n,
  sum(aux_n)::integer AS aux_n,
  sum(alarm_n)::integer AS alarm_n,
  sum(standby_n)::integer AS standby_n,
  sum(standby_kw_sum) AS standby_kw_sum,
  sum(running_supply_temp_sum) AS running_supply_temp_sum,
  sum(running_supply_temp_n)::integer AS running_supply_temp_n,
  sum(running_outdoor_temp_sum) AS running_outdoor_temp_sum,
  sum(running_outdoor_temp_n)::integer AS running_outdoor_temp_n,
  sum(running_brine_in_temp_sum) AS running_brine_in_temp_sum,
  sum(running_brine_in_temp_n)::integer AS running_brine_in_temp_n,
  sum(estimated_n)::integer AS estimated_n
FROM heatpump_hourly
GROUP BY device_id, time_bucket(INTERVAL '1 day', bucket, :'site_time_zone'::text)
WITH NO DATA;
-- step: fill heatpump_daily
CALL refresh_continuous_aggregate('heatpump_daily', NULL, NULL);
-- step: drop the hours that were put away
DROP MATERIALIZED VIEW IF EXISTS heatpump_hourly_before;

-- step: put away the hours of temperature_readings that are there
DO $$
BEGIN
  IF to_regclass('temperature_hourly') IS NOT NULL AND to_regclass('temperature_hourly_before') IS NULL THEN
    DROP MATERIALIZED VIEW IF EXISTS temperature_daily;
    ALTER MATERIALIZED VIEW temperature_hourly RENAME TO temperature_hourly_before;
  END IF;
END
$$;
-- step: hours of temperature_readings
CREATE MATERIALIZED VIEW IF NOT EXISTS temperature_hourly
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT device_id,
  time_bucket(INTERVAL '1 hour', time) AS bucket,
  (count(*))::integer AS readings,
  min(time) AS first_at,
  max(time) AS last_at,
  sum(temperature) AS temperature_sum,
  (count(temperature))::integer AS temperature_n,
  min(temperature) AS temperature_min,
  max(temperature) AS temperature_max,
  sum(humidity) AS humidity_sum,
  (count(humidity))::integer AS humidity_n,
  min(humidity) AS humidity_min,
  max(humidity) AS humidity_max,
  sum(battery) AS battery_sum,
  (count(battery))::integer AS battery_n,
  min(battery) AS battery_min,
  max(battery) AS battery_max,
  sum(battery_voltage) AS battery_voltage_sum,
  (count(battery_voltage))::integer AS battery_voltage_n,
  min(battery_voltage) AS battery_voltage_min,
  max(battery_voltage) AS battery_voltage_max,
  sum(link_quality) AS link_quality_sum,
  (count(link_quality))::integer AS link_quality_n,
  min(link_quality) AS link_quality_min,
  max(link_quality) AS link_quality_max,
  sum(rssi) AS rssi_sum,
  (count(rssi))::integer AS rssi_n,
  min(rssi) AS rssi_min,
  max(rssi) AS rssi_max,
  (count(*) FILTER (WHERE cardinality(estimated) > 0))::integer AS estimated_n
FROM temperature_readings
GROUP BY device_id, time_bucket(INTERVAL '1 hour', time)
WITH NO DATA;
-- step: copy the hours of temperature_readings
DO $$
DECLARE
  target text;
  shared text;
  is_filled boolean;
BEGIN
  IF to_regclass('temperature_hourly_before') IS NULL THEN
    RETURN;
  END IF;
  SELECT format('%I.%I', materialization_hypertable_schema, materialization_hypertable_name) INTO STRICT target
  FROM timescaledb_information.continuous_aggregates
  WHERE view_schema = current_schema AND view_name = 'temperature_hourly';
  EXECUTE format('SELECT EXISTS (SELECT FROM %s)', target) INTO is_filled;
  IF is_filled THEN
    RETURN;
  END IF;
  SELECT string_agg(quote_ident(attname), ', ') INTO shared FROM pg_attribute AS before
  WHERE attrelid = 'temperature_hourly_before'::regclass AND attnum > 0
    AND EXISTS (
      SELECT FROM pg_attribute
      WHERE attrelid = 'temperature_hourly'::regclass AND attname = before.attname AND attnum > 0
    );
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM temperature_hourly_before', target, shared, shared);
END
$$;
-- step: fill temperature_hourly from the readings, all of which are there for so long
CALL refresh_continuous_aggregate('temperature_hourly', date_trunc('hour', now() - INTERVAL '83 days'), NULL);
-- step: days of temperature_readings
CREATE MATERIALIZED VIEW IF NOT EXISTS temperature_daily
WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS
SELECT device_id,
  time_bucket(INTERVAL '1 day', bucket, :'site_time_zone'::text) AS bucket,
  sum(readings)::integer AS readings,
  min(first_at) AS first_at,
  max(last_at) AS last_at,
  sum(temperature_sum) AS temperature_sum,
  sum(temperature_n)::integer AS temperature_n,
  min(temperature_min) AS temperature_min,
  max(temperature_max) AS temperature_max,
  sum(humidity_sum) AS humidity_sum,
  sum(humidity_n)::integer AS humidity_n,
  min(humidity_min) AS humidity_min,
  max(humidity_max) AS humidity_max,
  sum(battery_sum) AS battery_sum,
  sum(battery_n)::integer AS battery_n,
  min(battery_min) AS battery_min,
  max(battery_max) AS battery_max,
  sum(battery_voltage_sum) AS battery_voltage_sum,
  sum(battery_voltage_n)::integer AS battery_voltage_n,
  min(battery_voltage_min) AS battery_voltage_min,
  max(battery_voltage_max) AS battery_voltage_max,
  sum(link_quality_sum) AS link_quality_sum,
  sum(link_quality_n)::integer AS link_quality_n,
  min(link_quality_min) AS link_quality_min,
  max(link_quality_max) AS link_quality_max,
  sum(rssi_sum) AS rssi_sum,
  sum(rssi_n)::integer AS rssi_n,
  min(rssi_min) AS rssi_min,
  max(rssi_max) AS rssi_max,
  sum(estimated_n)::integer AS estimated_n
FROM temperature_hourly
GROUP BY device_id, time_bucket(INTERVAL '1 day', bucket, :'site_time_zone'::text)
WITH NO DATA;
-- step: fill temperature_daily
CALL refresh_continuous_aggregate('temperature_daily', NULL, NULL);
-- step: drop the hours that were put away
DROP MATERIALIZED VIEW IF EXISTS temperature_hourly_before;

-- step: policies
SELECT add_continuous_aggregate_policy('energy_hourly', start_offset => INTERVAL '83 days', end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '5 minutes', if_not_exists => true);
SELECT add_continuous_aggregate_policy('energy_daily', start_offset => INTERVAL '83 days', end_offset => INTERVAL '1 day', schedule_interval => INTERVAL '5 minutes', if_not_exists => true);
SELECT add_retention_policy('energy_daily', drop_after => INTERVAL '730 days', if_not_exists => true);
SELECT add_retention_policy('energy_hourly', drop_after => INTERVAL '730 days', if_not_exists => true);
SELECT add_retention_policy('energy_readings', drop_after => INTERVAL '90 days', if_not_exists => true);

SELECT add_continuous_aggregate_policy('heatpump_hourly', start_offset => INTERVAL '83 days', end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '5 minutes', if_not_exists => true);
SELECT add_continuous_aggregate_policy('heatpump_daily', start_offset => INTERVAL '83 days', end_offset => INTERVAL '1 day', schedule_interval => INTERVAL '5 minutes', if_not_exists => true);
SELECT add_retention_policy('heatpump_daily', drop_after => INTERVAL '730 days', if_not_exists => true);
SELECT add_retention_policy('heatpump_hourly', drop_after => INTERVAL '730 days', if_not_exists => true);
SELECT add_retention_policy('heatpump_status', drop_after => INTERVAL '90 days', if_not_exists => true);

SELECT add_continuous_aggregate_policy('temperature_hourly', start_offset => INTERVAL '83 days', end_offset => INTERVAL '1 hour', schedule_interval => INTERVAL '5 minutes', if_not_exists => true);
SELECT add_continuous_aggregate_policy('temperature_daily', start_offset => INTERVAL '83 days', end_offset => INTERVAL '1 day', schedule_interval => INTERVAL '5 minutes', if_not_exists => true);
SELECT add_retention_policy('temperature_daily', drop_after => INTERVAL '730 days', if_not_exists => true);
SELECT add_retention_policy('temperature_hourly', drop_after => INTERVAL '730 days', if_not_exists => true);
SELECT add_retention_policy('temperature_readings', drop_after => INTERVAL '90 days', if_not_exists => true);

-- step: columnstore of energy_readings
ALTER TABLE energy_readings SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'device_id', timescaledb.orderby = 'time DESC');
-- step: columnstore policy of energy_readings
CALL add_columnstore_policy('energy_readings', after => INTERVAL '7 days', if_not_exists => true);
-- step: columnstore of heatpump_status
ALTER TABLE heatpump_status SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'device_id', timescaledb.orderby = 'time DESC');
-- step: columnstore policy of heatpump_status
CALL add_columnstore_policy('heatpump_status', after => INTERVAL '7 days', if_not_exists => true);
-- step: columnstore of temperature_readings
ALTER TABLE temperature_readings SET (timescaledb.enable_columnstore, timescaledb.segmentby = 'device_id', timescaledb.orderby = 'time DESC');
-- step: columnstore policy of temperature_readings
CALL add_columnstore_policy('temperature_readings', after => INTERVAL '7 days', if_not_exists => true);
-- step: comments
COMMENT ON VIEW energy_hourly IS 'Each hour of energy_readings, by device.';
COMMENT ON COLUMN energy_hourly.device_id IS 'Who measured';
COMMENT ON COLUMN energy_hourly.bucket IS 'When the hour, or the day of the site, begins';
COMMENT ON COLUMN energy_hourly.readings IS 'Number of readings';
COMMENT ON COLUMN energy_hourly.first_at IS 'Time of the first reading';
COMMENT ON COLUMN energy_hourly.last_at IS 'Time of the last reading';
COMMENT ON COLUMN energy_hourly.total_energy_kwh_first IS 'First: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly.total_energy_kwh_first_at IS 'Time of total_energy_kwh_first';
COMMENT ON COLUMN energy_hourly.total_energy_kwh_last IS 'Last: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly.total_energy_kwh_last_at IS 'Time of total_energy_kwh_last';
COMMENT ON COLUMN energy_hourly.total_energy_kwh_min IS 'Lowest: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly.total_energy_kwh_min_at IS 'First time of total_energy_kwh_min';
COMMENT ON COLUMN energy_hourly.total_energy_kwh_max IS 'Highest: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly.total_energy_kwh_max_at IS 'Last time of total_energy_kwh_max';
COMMENT ON COLUMN energy_hourly.total_energy_kwh_n IS 'Readings with total_energy_kwh';
COMMENT ON COLUMN energy_hourly.power_kw_sum IS 'Sum: Power imported now, kW';
COMMENT ON COLUMN energy_hourly.power_kw_n IS 'Readings with power_kw';
COMMENT ON COLUMN energy_hourly.power_kw_min IS 'Lowest: Power imported now, kW';
COMMENT ON COLUMN energy_hourly.power_kw_max IS 'Highest: Power imported now, kW';
COMMENT ON COLUMN energy_hourly.voltage_sum IS 'Sum: Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_hourly.voltage_n IS 'Readings with voltage';
COMMENT ON COLUMN energy_hourly.voltage_min IS 'Lowest: Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_hourly.voltage_max IS 'Highest: Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_hourly.current_sum IS 'Sum: Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_hourly.current_n IS 'Readings with current';
COMMENT ON COLUMN energy_hourly.current_min IS 'Lowest: Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_hourly.current_max IS 'Highest: Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_hourly.power_l1_kw_sum IS 'Sum: Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_hourly.power_l1_kw_n IS 'Readings with power_l1_kw';
COMMENT ON COLUMN energy_hourly.power_l1_kw_min IS 'Lowest: Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_hourly.power_l1_kw_max IS 'Highest: Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_hourly.power_l2_kw_sum IS 'Sum: Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_hourly.power_l2_kw_n IS 'Readings with power_l2_kw';
COMMENT ON COLUMN energy_hourly.power_l2_kw_min IS 'Lowest: Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_hourly.power_l2_kw_max IS 'Highest: Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_hourly.power_l3_kw_sum IS 'Sum: Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_hourly.power_l3_kw_n IS 'Readings with power_l3_kw';
COMMENT ON COLUMN energy_hourly.power_l3_kw_min IS 'Lowest: Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_hourly.power_l3_kw_max IS 'Highest: Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_hourly.voltage_l1_sum IS 'Sum: Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_hourly.voltage_l1_n IS 'Readings with voltage_l1';
COMMENT ON COLUMN energy_hourly.voltage_l1_min IS 'Lowest: Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_hourly.voltage_l1_max IS 'Highest: Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_hourly.voltage_l2_sum IS 'Sum: Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_hourly.voltage_l2_n IS 'Readings with voltage_l2';
COMMENT ON COLUMN energy_hourly.voltage_l2_min IS 'Lowest: Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_hourly.voltage_l2_max IS 'Highest: Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_hourly.voltage_l3_sum IS 'Sum: Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_hourly.voltage_l3_n IS 'Readings with voltage_l3';
COMMENT ON COLUMN energy_hourly.voltage_l3_min IS 'Lowest: Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_hourly.voltage_l3_max IS 'Highest: Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_hourly.current_l1_sum IS 'Sum: Current on L1, A';
COMMENT ON COLUMN energy_hourly.current_l1_n IS 'Readings with current_l1';
COMMENT ON COLUMN energy_hourly.current_l1_min IS 'Lowest: Current on L1, A';
COMMENT ON COLUMN energy_hourly.current_l1_max IS 'Highest: Current on L1, A';
COMMENT ON COLUMN energy_hourly.current_l2_sum IS 'Sum: Current on L2, A';
COMMENT ON COLUMN energy_hourly.current_l2_n IS 'Readings with current_l2';
COMMENT ON COLUMN energy_hourly.current_l2_min IS 'Lowest: Current on L2, A';
COMMENT ON COLUMN energy_hourly.current_l2_max IS 'Highest: Current on L2, A';
COMMENT ON COLUMN energy_hourly.current_l3_sum IS 'Sum: Current on L3, A';
COMMENT ON COLUMN energy_hourly.current_l3_n IS 'Readings with current_l3';
COMMENT ON COLUMN energy_hourly.current_l3_min IS 'Lowest: Current on L3, A';
COMMENT ON COLUMN energy_hourly.current_l3_max IS 'Highest: Current on L3, A';
COMMENT ON COLUMN energy_hourly.production_power_kw_sum IS 'Sum: Power exported now, kW';
COMMENT ON COLUMN energy_hourly.production_power_kw_n IS 'Readings with production_power_kw';
COMMENT ON COLUMN energy_hourly.production_power_kw_min IS 'Lowest: Power exported now, kW';
COMMENT ON COLUMN energy_hourly.production_power_kw_max IS 'Highest: Power exported now, kW';
COMMENT ON COLUMN energy_hourly.total_production_kwh_first IS 'First: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly.total_production_kwh_first_at IS 'Time of total_production_kwh_first';
COMMENT ON COLUMN energy_hourly.total_production_kwh_last IS 'Last: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly.total_production_kwh_last_at IS 'Time of total_production_kwh_last';
COMMENT ON COLUMN energy_hourly.total_production_kwh_min IS 'Lowest: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly.total_production_kwh_min_at IS 'First time of total_production_kwh_min';
COMMENT ON COLUMN energy_hourly.total_production_kwh_max IS 'Highest: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly.total_production_kwh_max_at IS 'Last time of total_production_kwh_max';
COMMENT ON COLUMN energy_hourly.total_production_kwh_n IS 'Readings with total_production_kwh';
COMMENT ON COLUMN energy_hourly.power_factor_sum IS 'Sum: Active power divided by apparent power';
COMMENT ON COLUMN energy_hourly.power_factor_n IS 'Readings with power_factor';
COMMENT ON COLUMN energy_hourly.power_factor_min IS 'Lowest: Active power divided by apparent power';
COMMENT ON COLUMN energy_hourly.power_factor_max IS 'Highest: Active power divided by apparent power';
COMMENT ON COLUMN energy_hourly.rssi_sum IS 'Sum: Received radio signal strength, dBm';
COMMENT ON COLUMN energy_hourly.rssi_n IS 'Readings with rssi';
COMMENT ON COLUMN energy_hourly.rssi_min IS 'Lowest: Received radio signal strength, dBm';
COMMENT ON COLUMN energy_hourly.rssi_max IS 'Highest: Received radio signal strength, dBm';
COMMENT ON COLUMN energy_hourly.estimated_n IS 'Readings with an estimated value';
COMMENT ON VIEW energy_daily IS 'Each day of energy_readings in the zone of the site, by device.';
COMMENT ON COLUMN energy_daily.device_id IS 'Who measured';
COMMENT ON COLUMN energy_daily.bucket IS 'When the hour, or the day of the site, begins';
COMMENT ON COLUMN energy_daily.readings IS 'Number of readings';
COMMENT ON COLUMN energy_daily.first_at IS 'Time of the first reading';
COMMENT ON COLUMN energy_daily.last_at IS 'Time of the last reading';
COMMENT ON COLUMN energy_daily.total_energy_kwh_first IS 'First: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_daily.total_energy_kwh_first_at IS 'Time of total_energy_kwh_first';
COMMENT ON COLUMN energy_daily.total_energy_kwh_last IS 'Last: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_daily.total_energy_kwh_last_at IS 'Time of total_energy_kwh_last';
COMMENT ON COLUMN energy_daily.total_energy_kwh_min IS 'Lowest: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_daily.total_energy_kwh_min_at IS 'First time of total_energy_kwh_min';
COMMENT ON COLUMN energy_daily.total_energy_kwh_max IS 'Highest: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_daily.total_energy_kwh_max_at IS 'Last time of total_energy_kwh_max';
COMMENT ON COLUMN energy_daily.total_energy_kwh_n IS 'Readings with total_energy_kwh';
COMMENT ON COLUMN energy_daily.power_kw_sum IS 'Sum: Power imported now, kW';
COMMENT ON COLUMN energy_daily.power_kw_n IS 'Readings with power_kw';
COMMENT ON COLUMN energy_daily.power_kw_min IS 'Lowest: Power imported now, kW';
COMMENT ON COLUMN energy_daily.power_kw_max IS 'Highest: Power imported now, kW';
COMMENT ON COLUMN energy_daily.voltage_sum IS 'Sum: Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_daily.voltage_n IS 'Readings with voltage';
COMMENT ON COLUMN energy_daily.voltage_min IS 'Lowest: Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_daily.voltage_max IS 'Highest: Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_daily.current_sum IS 'Sum: Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_daily.current_n IS 'Readings with current';
COMMENT ON COLUMN energy_daily.current_min IS 'Lowest: Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_daily.current_max IS 'Highest: Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_daily.power_l1_kw_sum IS 'Sum: Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_daily.power_l1_kw_n IS 'Readings with power_l1_kw';
COMMENT ON COLUMN energy_daily.power_l1_kw_min IS 'Lowest: Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_daily.power_l1_kw_max IS 'Highest: Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_daily.power_l2_kw_sum IS 'Sum: Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_daily.power_l2_kw_n IS 'Readings with power_l2_kw';
COMMENT ON COLUMN energy_daily.power_l2_kw_min IS 'Lowest: Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_daily.power_l2_kw_max IS 'Highest: Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_daily.power_l3_kw_sum IS 'Sum: Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_daily.power_l3_kw_n IS 'Readings with power_l3_kw';
COMMENT ON COLUMN energy_daily.power_l3_kw_min IS 'Lowest: Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_daily.power_l3_kw_max IS 'Highest: Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_daily.voltage_l1_sum IS 'Sum: Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_daily.voltage_l1_n IS 'Readings with voltage_l1';
COMMENT ON COLUMN energy_daily.voltage_l1_min IS 'Lowest: Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_daily.voltage_l1_max IS 'Highest: Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_daily.voltage_l2_sum IS 'Sum: Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_daily.voltage_l2_n IS 'Readings with voltage_l2';
COMMENT ON COLUMN energy_daily.voltage_l2_min IS 'Lowest: Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_daily.voltage_l2_max IS 'Highest: Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_daily.voltage_l3_sum IS 'Sum: Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_daily.voltage_l3_n IS 'Readings with voltage_l3';
COMMENT ON COLUMN energy_daily.voltage_l3_min IS 'Lowest: Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_daily.voltage_l3_max IS 'Highest: Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_daily.current_l1_sum IS 'Sum: Current on L1, A';
COMMENT ON COLUMN energy_daily.current_l1_n IS 'Readings with current_l1';
COMMENT ON COLUMN energy_daily.current_l1_min IS 'Lowest: Current on L1, A';
COMMENT ON COLUMN energy_daily.current_l1_max IS 'Highest: Current on L1, A';
COMMENT ON COLUMN energy_daily.current_l2_sum IS 'Sum: Current on L2, A';
COMMENT ON COLUMN energy_daily.current_l2_n IS 'Readings with current_l2';
COMMENT ON COLUMN energy_daily.current_l2_min IS 'Lowest: Current on L2, A';
COMMENT ON COLUMN energy_daily.current_l2_max IS 'Highest: Current on L2, A';
COMMENT ON COLUMN energy_daily.current_l3_sum IS 'Sum: Current on L3, A';
COMMENT ON COLUMN energy_daily.current_l3_n IS 'Readings with current_l3';
COMMENT ON COLUMN energy_daily.current_l3_min IS 'Lowest: Current on L3, A';
COMMENT ON COLUMN energy_daily.current_l3_max IS 'Highest: Current on L3, A';
COMMENT ON COLUMN energy_daily.production_power_kw_sum IS 'Sum: Power exported now, kW';
COMMENT ON COLUMN energy_daily.production_power_kw_n IS 'Readings with production_power_kw';
COMMENT ON COLUMN energy_daily.production_power_kw_min IS 'Lowest: Power exported now, kW';
COMMENT ON COLUMN energy_daily.production_power_kw_max IS 'Highest: Power exported now, kW';
COMMENT ON COLUMN energy_daily.total_production_kwh_first IS 'First: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_daily.total_production_kwh_first_at IS 'Time of total_production_kwh_first';
COMMENT ON COLUMN energy_daily.total_production_kwh_last IS 'Last: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_daily.total_production_kwh_last_at IS 'Time of total_production_kwh_last';
COMMENT ON COLUMN energy_daily.total_production_kwh_min IS 'Lowest: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_daily.total_production_kwh_min_at IS 'First time of total_production_kwh_min';
COMMENT ON COLUMN energy_daily.total_production_kwh_max IS 'Highest: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_daily.total_production_kwh_max_at IS 'Last time of total_production_kwh_max';
COMMENT ON COLUMN energy_daily.total_production_kwh_n IS 'Readings with total_production_kwh';
COMMENT ON COLUMN energy_daily.power_factor_sum IS 'Sum: Active power divided by apparent power';
COMMENT ON COLUMN energy_daily.power_factor_n IS 'Readings with power_factor';
COMMENT ON COLUMN energy_daily.power_factor_min IS 'Lowest: Active power divided by apparent power';
COMMENT ON COLUMN energy_daily.power_factor_max IS 'Highest: Active power divided by apparent power';
COMMENT ON COLUMN energy_daily.rssi_sum IS 'Sum: Received radio signal strength, dBm';
COMMENT ON COLUMN energy_daily.rssi_n IS 'Readings with rssi';
COMMENT ON COLUMN energy_daily.rssi_min IS 'Lowest: Received radio signal strength, dBm';
COMMENT ON COLUMN energy_daily.rssi_max IS 'Highest: Received radio signal strength, dBm';
COMMENT ON COLUMN energy_daily.estimated_n IS 'Readings with an estimated value';
COMMENT ON VIEW heatpump_hourly IS 'Each hour of heatpump_status, by device.';
COMMENT ON COLUMN heatpump_hourly.device_id IS 'Who measured';
COMMENT ON COLUMN heatpump_hourly.bucket IS 'When the hour, or the day of the site, begins';
COMMENT ON COLUMN heatpump_hourly.readings IS 'Number of readings';
COMMENT ON COLUMN heatpump_hourly.first_at IS 'Time of the first reading';
COMMENT ON COLUMN heatpump_hourly.last_at IS 'Time of the last reading';
COMMENT ON COLUMN heatpump_hourly.target_temp_sum IS 'Sum: Target room temperature, °C';
COMMENT ON COLUMN heatpump_hourly.target_temp_n IS 'Readings with target_temp';
COMMENT ON COLUMN heatpump_hourly.target_temp_min IS 'Lowest: Target room temperature, °C';
COMMENT ON COLUMN heatpump_hourly.target_temp_max IS 'Highest: Target room temperature, °C';
COMMENT ON COLUMN heatpump_hourly.actual_temp_sum IS 'Sum: Measured room temperature, °C';
COMMENT ON COLUMN heatpump_hourly.actual_temp_n IS 'Readings with actual_temp';
COMMENT ON COLUMN heatpump_hourly.actual_temp_min IS 'Lowest: Measured room temperature, °C';
COMMENT ON COLUMN heatpump_hourly.actual_temp_max IS 'Highest: Measured room temperature, °C';
COMMENT ON COLUMN heatpump_hourly.compressor_running_true_n IS 'Readings at which: The compressor runs';
COMMENT ON COLUMN heatpump_hourly.compressor_running_n IS 'Readings with compressor_running';
COMMENT ON COLUMN heatpump_hourly.power_consumption_kw_sum IS 'Sum: Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_hourly.power_consumption_kw_n IS 'Readings with power_consumption_kw';
COMMENT ON COLUMN heatpump_hourly.power_consumption_kw_min IS 'Lowest: Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_hourly.power_consumption_kw_max IS 'Highest: Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_hourly.outdoor_temp_sum IS 'Sum: Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_hourly.outdoor_temp_n IS 'Readings with outdoor_temp';
COMMENT ON COLUMN heatpump_hourly.outdoor_temp_min IS 'Lowest: Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_hourly.outdoor_temp_max IS 'Highest: Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_hourly.supply_temp_sum IS 'Sum: Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_hourly.supply_temp_n IS 'Readings with supply_temp';
COMMENT ON COLUMN heatpump_hourly.supply_temp_min IS 'Lowest: Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_hourly.supply_temp_max IS 'Highest: Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_hourly.supply_target_temp_sum IS 'Sum: Target supply temperature, °C';
COMMENT ON COLUMN heatpump_hourly.supply_target_temp_n IS 'Readings with supply_target_temp';
COMMENT ON COLUMN heatpump_hourly.supply_target_temp_min IS 'Lowest: Target supply temperature, °C';
COMMENT ON COLUMN heatpump_hourly.supply_target_temp_max IS 'Highest: Target supply temperature, °C';
COMMENT ON COLUMN heatpump_hourly.return_temp_sum IS 'Sum: Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_hourly.return_temp_n IS 'Readings with return_temp';
COMMENT ON COLUMN heatpump_hourly.return_temp_min IS 'Lowest: Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_hourly.return_temp_max IS 'Highest: Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_hourly.hot_water_temp_sum IS 'Sum: Hot water tank, °C';
COMMENT ON COLUMN heatpump_hourly.hot_water_temp_n IS 'Readings with hot_water_temp';
COMMENT ON COLUMN heatpump_hourly.hot_water_temp_min IS 'Lowest: Hot water tank, °C';
COMMENT ON COLUMN heatpump_hourly.hot_water_temp_max IS 'Highest: Hot water tank, °C';
COMMENT ON COLUMN heatpump_hourly.hot_water_target_temp_sum IS 'Sum: Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_hourly.hot_water_target_temp_n IS 'Readings with hot_water_target_temp';
COMMENT ON COLUMN heatpump_hourly.hot_water_target_temp_min IS 'Lowest: Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_hourly.hot_water_target_temp_max IS 'Highest: Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_hourly.brine_in_temp_sum IS 'Sum: Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_hourly.brine_in_temp_n IS 'Readings with brine_in_temp';
COMMENT ON COLUMN heatpump_hourly.brine_in_temp_min IS 'Lowest: Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_hourly.brine_in_temp_max IS 'Highest: Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_hourly.brine_out_temp_sum IS 'Sum: Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_hourly.brine_out_temp_n IS 'Readings with brine_out_temp';
COMMENT ON COLUMN heatpump_hourly.brine_out_temp_min IS 'Lowest: Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_hourly.brine_out_temp_max IS 'Highest: Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_hourly.flow_rate_lpm_sum IS 'Sum: Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_hourly.flow_rate_lpm_n IS 'Readings with flow_rate_lpm';
COMMENT ON COLUMN heatpump_hourly.flow_rate_lpm_min IS 'Lowest: Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_hourly.flow_rate_lpm_max IS 'Highest: Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_hourly.circulation_pump_on_true_n IS 'Readings at which: The circulation pump runs';
COMMENT ON COLUMN heatpump_hourly.circulation_pump_on_n IS 'Readings with circulation_pump_on';
COMMENT ON COLUMN heatpump_hourly.circulation_pump_pct_sum IS 'Sum: Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_hourly.circulation_pump_pct_n IS 'Readings with circulation_pump_pct';
COMMENT ON COLUMN heatpump_hourly.circulation_pump_pct_min IS 'Lowest: Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_hourly.circulation_pump_pct_max IS 'Highest: Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_hourly.brine_pump_on_true_n IS 'Readings at which: The brine pump runs';
COMMENT ON COLUMN heatpump_hourly.brine_pump_on_n IS 'Readings with brine_pump_on';
COMMENT ON COLUMN heatpump_hourly.brine_pump_pct_sum IS 'Sum: Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_hourly.brine_pump_pct_n IS 'Readings with brine_pump_pct';
COMMENT ON COLUMN heatpump_hourly.brine_pump_pct_min IS 'Lowest: Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_hourly.brine_pump_pct_max IS 'Highest: Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_hourly.compressor_hz_sum IS 'Sum: Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_hourly.compressor_hz_n IS 'Readings with compressor_hz';
COMMENT ON COLUMN heatpump_hourly.compressor_hz_min IS 'Lowest: Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_hourly.compressor_hz_max IS 'Highest: Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_hourly.hot_water_active_true_n IS 'Readings at which: Heat goes to the hot water tank';
COMMENT ON COLUMN heatpump_hourly.hot_water_active_n IS 'Readings with hot_water_active';
COMMENT ON COLUMN heatpump_hourly.defrost_active_true_n IS 'Readings at which: The outdoor coil is being defrosted';
COMMENT ON COLUMN heatpump_hourly.defrost_active_n IS 'Readings with defrost_active';
COMMENT ON COLUMN heatpump_hourly.aux_heater_3kw_on_true_n IS 'Readings at which: The 3 kW auxiliary heater is on';
COMMENT ON COLUMN heatpump_hourly.aux_heater_3kw_on_n IS 'Readings with aux_heater_3kw_on';
COMMENT ON COLUMN heatpump_hourly.aux_heater_6kw_on_true_n IS 'Readings at which: The 6 kW auxiliary heater is on';
COMMENT ON COLUMN heatpump_hourly.aux_heater_6kw_on_n IS 'Readings with aux_heater_6kw_on';
COMMENT ON COLUMN heatpump_hourly.aux_heater_kw_sum IS 'Sum: Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_hourly.aux_heater_kw_n IS 'Readings with aux_heater_kw';
COMMENT ON COLUMN heatpump_hourly.aux_heater_kw_min IS 'Lowest: Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_hourly.aux_heater_kw_max IS 'Highest: Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_hourly.degree_minutes_sum IS 'Sum: Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_hourly.degree_minutes_n IS 'Readings with degree_minutes';
COMMENT ON COLUMN heatpump_hourly.degree_minutes_min IS 'Lowest: Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_hourly.degree_minutes_max IS 'Highest: Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_hourly.runtime_compressor_h_first IS 'First: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_hourly.runtime_compressor_h_first_at IS 'Time of runtime_compressor_h_first';
COMMENT ON COLUMN heatpump_hourly.runtime_compressor_h_last IS 'Last: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_hourly.runtime_compressor_h_last_at IS 'Time of runtime_compressor_h_last';
COMMENT ON COLUMN heatpump_hourly.runtime_compressor_h_min IS 'Lowest: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_hourly.runtime_compressor_h_min_at IS 'First time of runtime_compressor_h_min';
COMMENT ON COLUMN heatpump_hourly.runtime_compressor_h_max IS 'Highest: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_hourly.runtime_compressor_h_max_at IS 'Last time of runtime_compressor_h_max';
COMMENT ON COLUMN heatpump_hourly.runtime_compressor_h_n IS 'Readings with runtime_compressor_h';
COMMENT ON COLUMN heatpump_hourly.runtime_hot_water_h_first IS 'First: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_hourly.runtime_hot_water_h_first_at IS 'Time of runtime_hot_water_h_first';
COMMENT ON COLUMN heatpump_hourly.runtime_hot_water_h_last IS 'Last: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_hourly.runtime_hot_water_h_last_at IS 'Time of runtime_hot_water_h_last';
COMMENT ON COLUMN heatpump_hourly.runtime_hot_water_h_min IS 'Lowest: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_hourly.runtime_hot_water_h_min_at IS 'First time of runtime_hot_water_h_min';
COMMENT ON COLUMN heatpump_hourly.runtime_hot_water_h_max IS 'Highest: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_hourly.runtime_hot_water_h_max_at IS 'Last time of runtime_hot_water_h_max';
COMMENT ON COLUMN heatpump_hourly.runtime_hot_water_h_n IS 'Readings with runtime_hot_water_h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_3kw_h_first IS 'First: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_3kw_h_first_at IS 'Time of runtime_aux_3kw_h_first';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_3kw_h_last IS 'Last: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_3kw_h_last_at IS 'Time of runtime_aux_3kw_h_last';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_3kw_h_min IS 'Lowest: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_3kw_h_min_at IS 'First time of runtime_aux_3kw_h_min';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_3kw_h_max IS 'Highest: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_3kw_h_max_at IS 'Last time of runtime_aux_3kw_h_max';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_3kw_h_n IS 'Readings with runtime_aux_3kw_h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_6kw_h_first IS 'First: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_6kw_h_first_at IS 'Time of runtime_aux_6kw_h_first';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_6kw_h_last IS 'Last: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_6kw_h_last_at IS 'Time of runtime_aux_6kw_h_last';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_6kw_h_min IS 'Lowest: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_6kw_h_min_at IS 'First time of runtime_aux_6kw_h_min';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_6kw_h_max IS 'Highest: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_6kw_h_max_at IS 'Last time of runtime_aux_6kw_h_max';
COMMENT ON COLUMN heatpump_hourly.runtime_aux_6kw_h_n IS 'Readings with runtime_aux_6kw_h';
COMMENT ON COLUMN heatpump_hourly.compressor_starts_first IS 'First: Number of compressor starts';
COMMENT ON COLUMN heatpump_hourly.compressor_starts_first_at IS 'Time of compressor_starts_first';
COMMENT ON COLUMN heatpump_hourly.compressor_starts_last IS 'Last: Number of compressor starts';
COMMENT ON COLUMN heatpump_hourly.compressor_starts_last_at IS 'Time of compressor_starts_last';
COMMENT ON COLUMN heatpump_hourly.compressor_starts_min IS 'Lowest: Number of compressor starts';
COMMENT ON COLUMN heatpump_hourly.compressor_starts_min_at IS 'First time of compressor_starts_min';
COMMENT ON COLUMN heatpump_hourly.compressor_starts_max IS 'Highest: Number of compressor starts';
COMMENT ON COLUMN heatpump_hourly.compressor_starts_max_at IS 'Last time of compressor_starts_max';
COMMENT ON COLUMN heatpump_hourly.compressor_starts_n IS 'Readings with compressor_starts';
COMMENT ON COLUMN heatpump_hourly.heat_output_kw_sum IS 'Sum: Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_hourly.heat_output_kw_n IS 'Readings with heat_output_kw';
COMMENT ON COLUMN heatpump_hourly.heat_output_kw_min IS 'Lowest: Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_hourly.heat_output_kw_max IS 'Highest: Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_hourly.cop_sum IS 'Sum: Heat output divided by electric power';
COMMENT ON COLUMN heatpump_hourly.cop_n IS 'Readings with cop';
COMMENT ON COLUMN heatpump_hourly.cop_min IS 'Lowest: Heat output divided by electric power';
COMMENT ON COLUMN heatpump_hourly.cop_max IS 'Highest: Heat output divided by electric power';
COMMENT ON COLUMN heatpump_hourly.total_consumed_kwh_first IS 'First: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly.total_consumed_kwh_first_at IS 'Time of total_consumed_kwh_first';
COMMENT ON COLUMN heatpump_hourly.total_consumed_kwh_last IS 'Last: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly.total_consumed_kwh_last_at IS 'Time of total_consumed_kwh_last';
COMMENT ON COLUMN heatpump_hourly.total_consumed_kwh_min IS 'Lowest: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly.total_consumed_kwh_min_at IS 'First time of total_consumed_kwh_min';
COMMENT ON COLUMN heatpump_hourly.total_consumed_kwh_max IS 'Highest: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly.total_consumed_kwh_max_at IS 'Last time of total_consumed_kwh_max';
COMMENT ON COLUMN heatpump_hourly.total_consumed_kwh_n IS 'Readings with total_consumed_kwh';
COMMENT ON COLUMN heatpump_hourly.total_heat_kwh_first IS 'First: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly.total_heat_kwh_first_at IS 'Time of total_heat_kwh_first';
COMMENT ON COLUMN heatpump_hourly.total_heat_kwh_last IS 'Last: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly.total_heat_kwh_last_at IS 'Time of total_heat_kwh_last';
COMMENT ON COLUMN heatpump_hourly.total_heat_kwh_min IS 'Lowest: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly.total_heat_kwh_min_at IS 'First time of total_heat_kwh_min';
COMMENT ON COLUMN heatpump_hourly.total_heat_kwh_max IS 'Highest: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly.total_heat_kwh_max_at IS 'Last time of total_heat_kwh_max';
COMMENT ON COLUMN heatpump_hourly.total_heat_kwh_n IS 'Readings with total_heat_kwh';
COMMENT ON COLUMN heatpump_hourly.rssi_sum IS 'Sum: Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_hourly.rssi_n IS 'Readings with rssi';
COMMENT ON COLUMN heatpump_hourly.rssi_min IS 'Lowest: Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_hourly.rssi_max IS 'Highest: Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_hourly.paired_n IS 'Readings with heat output and electric power';
COMMENT ON COLUMN heatpump_hourly.paired_heat_kw_sum IS 'Sum: Heat output of paired_n, kW';
COMMENT ON COLUMN heatpump_hourly.paired_electric_kw_sum IS 'Sum: Electric power of paired_n, kW';
COMMENT ON COLUMN heatpump_hourly.hot_water_paired_n IS 'Readings of paired_n while making hot water';
COMMENT ON COLUMN heatpump_hourly.hot_water_heat_kw_sum IS 'Sum: Heat output of hot_water_paired_n, kW';
COMMENT ON COLUMN heatpump_hourly.hot_water_electric_kw_sum IS 'Sum: Electric power of hot_water_paired_n, kW';
COMMENT ON COLUMN heatpump_hourly.running_n IS 'Readings while the heat pump runs';
COMMENT ON COLUMN heatpump_hourly.running_known_n IS 'Readings that say whether it runs';
COMMENT ON COLUMN heatpump_hourly.hot_water_n IS 'Readings while making hot water';
COMMENT ON COLUMN heatpump_hourly.defrost_n IS 'Readings while defrosting';
COMMENT ON COLUMN heatpump_hourly.aux_n IS 'Readings with an auxiliary heater on';
COMMENT ON COLUMN heatpump_hourly.alarm_n IS 'Readings with an alarm';
COMMENT ON COLUMN heatpump_hourly.standby_n IS 'Readings of electric power while it does not run';
COMMENT ON COLUMN heatpump_hourly.standby_kw_sum IS 'Sum: Electric power of standby_n, kW';
COMMENT ON COLUMN heatpump_hourly.running_supply_temp_sum IS 'Sum: supply_temp while running, °C';
COMMENT ON COLUMN heatpump_hourly.running_supply_temp_n IS 'Readings of supply_temp while running';
COMMENT ON COLUMN heatpump_hourly.running_outdoor_temp_sum IS 'Sum: outdoor_temp while running, °C';
COMMENT ON COLUMN heatpump_hourly.running_outdoor_temp_n IS 'Readings of outdoor_temp while running';
COMMENT ON COLUMN heatpump_hourly.running_brine_in_temp_sum IS 'Sum: brine_in_temp while running, °C';
COMMENT ON COLUMN heatpump_hourly.running_brine_in_temp_n IS 'Readings of brine_in_temp while running';
COMMENT ON COLUMN heatpump_hourly.estimated_n IS 'Readings with an estimated value';
COMMENT ON VIEW heatpump_daily IS 'Each day of heatpump_status in the zone of the site, by device.';
COMMENT ON COLUMN heatpump_daily.device_id IS 'Who measured';
COMMENT ON COLUMN heatpump_daily.bucket IS 'When the hour, or the day of the site, begins';
COMMENT ON COLUMN heatpump_daily.readings IS 'Number of readings';
COMMENT ON COLUMN heatpump_daily.first_at IS 'Time of the first reading';
COMMENT ON COLUMN heatpump_daily.last_at IS 'Time of the last reading';
COMMENT ON COLUMN heatpump_daily.target_temp_sum IS 'Sum: Target room temperature, °C';
COMMENT ON COLUMN heatpump_daily.target_temp_n IS 'Readings with target_temp';
COMMENT ON COLUMN heatpump_daily.target_temp_min IS 'Lowest: Target room temperature, °C';
COMMENT ON COLUMN heatpump_daily.target_temp_max IS 'Highest: Target room temperature, °C';
COMMENT ON COLUMN heatpump_daily.actual_temp_sum IS 'Sum: Measured room temperature, °C';
COMMENT ON COLUMN heatpump_daily.actual_temp_n IS 'Readings with actual_temp';
COMMENT ON COLUMN heatpump_daily.actual_temp_min IS 'Lowest: Measured room temperature, °C';
COMMENT ON COLUMN heatpump_daily.actual_temp_max IS 'Highest: Measured room temperature, °C';
COMMENT ON COLUMN heatpump_daily.compressor_running_true_n IS 'Readings at which: The compressor runs';
COMMENT ON COLUMN heatpump_daily.compressor_running_n IS 'Readings with compressor_running';
COMMENT ON COLUMN heatpump_daily.power_consumption_kw_sum IS 'Sum: Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_daily.power_consumption_kw_n IS 'Readings with power_consumption_kw';
COMMENT ON COLUMN heatpump_daily.power_consumption_kw_min IS 'Lowest: Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_daily.power_consumption_kw_max IS 'Highest: Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_daily.outdoor_temp_sum IS 'Sum: Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_daily.outdoor_temp_n IS 'Readings with outdoor_temp';
COMMENT ON COLUMN heatpump_daily.outdoor_temp_min IS 'Lowest: Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_daily.outdoor_temp_max IS 'Highest: Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_daily.supply_temp_sum IS 'Sum: Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_daily.supply_temp_n IS 'Readings with supply_temp';
COMMENT ON COLUMN heatpump_daily.supply_temp_min IS 'Lowest: Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_daily.supply_temp_max IS 'Highest: Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_daily.supply_target_temp_sum IS 'Sum: Target supply temperature, °C';
COMMENT ON COLUMN heatpump_daily.supply_target_temp_n IS 'Readings with supply_target_temp';
COMMENT ON COLUMN heatpump_daily.supply_target_temp_min IS 'Lowest: Target supply temperature, °C';
COMMENT ON COLUMN heatpump_daily.supply_target_temp_max IS 'Highest: Target supply temperature, °C';
COMMENT ON COLUMN heatpump_daily.return_temp_sum IS 'Sum: Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_daily.return_temp_n IS 'Readings with return_temp';
COMMENT ON COLUMN heatpump_daily.return_temp_min IS 'Lowest: Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_daily.return_temp_max IS 'Highest: Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_daily.hot_water_temp_sum IS 'Sum: Hot water tank, °C';
COMMENT ON COLUMN heatpump_daily.hot_water_temp_n IS 'Readings with hot_water_temp';
COMMENT ON COLUMN heatpump_daily.hot_water_temp_min IS 'Lowest: Hot water tank, °C';
COMMENT ON COLUMN heatpump_daily.hot_water_temp_max IS 'Highest: Hot water tank, °C';
COMMENT ON COLUMN heatpump_daily.hot_water_target_temp_sum IS 'Sum: Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_daily.hot_water_target_temp_n IS 'Readings with hot_water_target_temp';
COMMENT ON COLUMN heatpump_daily.hot_water_target_temp_min IS 'Lowest: Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_daily.hot_water_target_temp_max IS 'Highest: Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_daily.brine_in_temp_sum IS 'Sum: Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_daily.brine_in_temp_n IS 'Readings with brine_in_temp';
COMMENT ON COLUMN heatpump_daily.brine_in_temp_min IS 'Lowest: Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_daily.brine_in_temp_max IS 'Highest: Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_daily.brine_out_temp_sum IS 'Sum: Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_daily.brine_out_temp_n IS 'Readings with brine_out_temp';
COMMENT ON COLUMN heatpump_daily.brine_out_temp_min IS 'Lowest: Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_daily.brine_out_temp_max IS 'Highest: Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_daily.flow_rate_lpm_sum IS 'Sum: Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_daily.flow_rate_lpm_n IS 'Readings with flow_rate_lpm';
COMMENT ON COLUMN heatpump_daily.flow_rate_lpm_min IS 'Lowest: Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_daily.flow_rate_lpm_max IS 'Highest: Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_daily.circulation_pump_on_true_n IS 'Readings at which: The circulation pump runs';
COMMENT ON COLUMN heatpump_daily.circulation_pump_on_n IS 'Readings with circulation_pump_on';
COMMENT ON COLUMN heatpump_daily.circulation_pump_pct_sum IS 'Sum: Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_daily.circulation_pump_pct_n IS 'Readings with circulation_pump_pct';
COMMENT ON COLUMN heatpump_daily.circulation_pump_pct_min IS 'Lowest: Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_daily.circulation_pump_pct_max IS 'Highest: Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_daily.brine_pump_on_true_n IS 'Readings at which: The brine pump runs';
COMMENT ON COLUMN heatpump_daily.brine_pump_on_n IS 'Readings with brine_pump_on';
COMMENT ON COLUMN heatpump_daily.brine_pump_pct_sum IS 'Sum: Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_daily.brine_pump_pct_n IS 'Readings with brine_pump_pct';
COMMENT ON COLUMN heatpump_daily.brine_pump_pct_min IS 'Lowest: Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_daily.brine_pump_pct_max IS 'Highest: Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_daily.compressor_hz_sum IS 'Sum: Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_daily.compressor_hz_n IS 'Readings with compressor_hz';
COMMENT ON COLUMN heatpump_daily.compressor_hz_min IS 'Lowest: Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_daily.compressor_hz_max IS 'Highest: Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_daily.hot_water_active_true_n IS 'Readings at which: Heat goes to the hot water tank';
COMMENT ON COLUMN heatpump_daily.hot_water_active_n IS 'Readings with hot_water_active';
COMMENT ON COLUMN heatpump_daily.defrost_active_true_n IS 'Readings at which: The outdoor coil is being defrosted';
COMMENT ON COLUMN heatpump_daily.defrost_active_n IS 'Readings with defrost_active';
COMMENT ON COLUMN heatpump_daily.aux_heater_3kw_on_true_n IS 'Readings at which: The 3 kW auxiliary heater is on';
COMMENT ON COLUMN heatpump_daily.aux_heater_3kw_on_n IS 'Readings with aux_heater_3kw_on';
COMMENT ON COLUMN heatpump_daily.aux_heater_6kw_on_true_n IS 'Readings at which: The 6 kW auxiliary heater is on';
COMMENT ON COLUMN heatpump_daily.aux_heater_6kw_on_n IS 'Readings with aux_heater_6kw_on';
COMMENT ON COLUMN heatpump_daily.aux_heater_kw_sum IS 'Sum: Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_daily.aux_heater_kw_n IS 'Readings with aux_heater_kw';
COMMENT ON COLUMN heatpump_daily.aux_heater_kw_min IS 'Lowest: Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_daily.aux_heater_kw_max IS 'Highest: Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_daily.degree_minutes_sum IS 'Sum: Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_daily.degree_minutes_n IS 'Readings with degree_minutes';
COMMENT ON COLUMN heatpump_daily.degree_minutes_min IS 'Lowest: Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_daily.degree_minutes_max IS 'Highest: Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_daily.runtime_compressor_h_first IS 'First: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_daily.runtime_compressor_h_first_at IS 'Time of runtime_compressor_h_first';
COMMENT ON COLUMN heatpump_daily.runtime_compressor_h_last IS 'Last: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_daily.runtime_compressor_h_last_at IS 'Time of runtime_compressor_h_last';
COMMENT ON COLUMN heatpump_daily.runtime_compressor_h_min IS 'Lowest: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_daily.runtime_compressor_h_min_at IS 'First time of runtime_compressor_h_min';
COMMENT ON COLUMN heatpump_daily.runtime_compressor_h_max IS 'Highest: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_daily.runtime_compressor_h_max_at IS 'Last time of runtime_compressor_h_max';
COMMENT ON COLUMN heatpump_daily.runtime_compressor_h_n IS 'Readings with runtime_compressor_h';
COMMENT ON COLUMN heatpump_daily.runtime_hot_water_h_first IS 'First: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_daily.runtime_hot_water_h_first_at IS 'Time of runtime_hot_water_h_first';
COMMENT ON COLUMN heatpump_daily.runtime_hot_water_h_last IS 'Last: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_daily.runtime_hot_water_h_last_at IS 'Time of runtime_hot_water_h_last';
COMMENT ON COLUMN heatpump_daily.runtime_hot_water_h_min IS 'Lowest: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_daily.runtime_hot_water_h_min_at IS 'First time of runtime_hot_water_h_min';
COMMENT ON COLUMN heatpump_daily.runtime_hot_water_h_max IS 'Highest: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_daily.runtime_hot_water_h_max_at IS 'Last time of runtime_hot_water_h_max';
COMMENT ON COLUMN heatpump_daily.runtime_hot_water_h_n IS 'Readings with runtime_hot_water_h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_3kw_h_first IS 'First: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_3kw_h_first_at IS 'Time of runtime_aux_3kw_h_first';
COMMENT ON COLUMN heatpump_daily.runtime_aux_3kw_h_last IS 'Last: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_3kw_h_last_at IS 'Time of runtime_aux_3kw_h_last';
COMMENT ON COLUMN heatpump_daily.runtime_aux_3kw_h_min IS 'Lowest: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_3kw_h_min_at IS 'First time of runtime_aux_3kw_h_min';
COMMENT ON COLUMN heatpump_daily.runtime_aux_3kw_h_max IS 'Highest: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_3kw_h_max_at IS 'Last time of runtime_aux_3kw_h_max';
COMMENT ON COLUMN heatpump_daily.runtime_aux_3kw_h_n IS 'Readings with runtime_aux_3kw_h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_6kw_h_first IS 'First: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_6kw_h_first_at IS 'Time of runtime_aux_6kw_h_first';
COMMENT ON COLUMN heatpump_daily.runtime_aux_6kw_h_last IS 'Last: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_6kw_h_last_at IS 'Time of runtime_aux_6kw_h_last';
COMMENT ON COLUMN heatpump_daily.runtime_aux_6kw_h_min IS 'Lowest: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_6kw_h_min_at IS 'First time of runtime_aux_6kw_h_min';
COMMENT ON COLUMN heatpump_daily.runtime_aux_6kw_h_max IS 'Highest: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_daily.runtime_aux_6kw_h_max_at IS 'Last time of runtime_aux_6kw_h_max';
COMMENT ON COLUMN heatpump_daily.runtime_aux_6kw_h_n IS 'Readings with runtime_aux_6kw_h';
COMMENT ON COLUMN heatpump_daily.compressor_starts_first IS 'First: Number of compressor starts';
COMMENT ON COLUMN heatpump_daily.compressor_starts_first_at IS 'Time of compressor_starts_first';
COMMENT ON COLUMN heatpump_daily.compressor_starts_last IS 'Last: Number of compressor starts';
COMMENT ON COLUMN heatpump_daily.compressor_starts_last_at IS 'Time of compressor_starts_last';
COMMENT ON COLUMN heatpump_daily.compressor_starts_min IS 'Lowest: Number of compressor starts';
COMMENT ON COLUMN heatpump_daily.compressor_starts_min_at IS 'First time of compressor_starts_min';
COMMENT ON COLUMN heatpump_daily.compressor_starts_max IS 'Highest: Number of compressor starts';
COMMENT ON COLUMN heatpump_daily.compressor_starts_max_at IS 'Last time of compressor_starts_max';
COMMENT ON COLUMN heatpump_daily.compressor_starts_n IS 'Readings with compressor_starts';
COMMENT ON COLUMN heatpump_daily.heat_output_kw_sum IS 'Sum: Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_daily.heat_output_kw_n IS 'Readings with heat_output_kw';
COMMENT ON COLUMN heatpump_daily.heat_output_kw_min IS 'Lowest: Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_daily.heat_output_kw_max IS 'Highest: Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_daily.cop_sum IS 'Sum: Heat output divided by electric power';
COMMENT ON COLUMN heatpump_daily.cop_n IS 'Readings with cop';
COMMENT ON COLUMN heatpump_daily.cop_min IS 'Lowest: Heat output divided by electric power';
COMMENT ON COLUMN heatpump_daily.cop_max IS 'Highest: Heat output divided by electric power';
COMMENT ON COLUMN heatpump_daily.total_consumed_kwh_first IS 'First: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_daily.total_consumed_kwh_first_at IS 'Time of total_consumed_kwh_first';
COMMENT ON COLUMN heatpump_daily.total_consumed_kwh_last IS 'Last: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_daily.total_consumed_kwh_last_at IS 'Time of total_consumed_kwh_last';
COMMENT ON COLUMN heatpump_daily.total_consumed_kwh_min IS 'Lowest: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_daily.total_consumed_kwh_min_at IS 'First time of total_consumed_kwh_min';
COMMENT ON COLUMN heatpump_daily.total_consumed_kwh_max IS 'Highest: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_daily.total_consumed_kwh_max_at IS 'Last time of total_consumed_kwh_max';
COMMENT ON COLUMN heatpump_daily.total_consumed_kwh_n IS 'Readings with total_consumed_kwh';
COMMENT ON COLUMN heatpump_daily.total_heat_kwh_first IS 'First: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_daily.total_heat_kwh_first_at IS 'Time of total_heat_kwh_first';
COMMENT ON COLUMN heatpump_daily.total_heat_kwh_last IS 'Last: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_daily.total_heat_kwh_last_at IS 'Time of total_heat_kwh_last';
COMMENT ON COLUMN heatpump_daily.total_heat_kwh_min IS 'Lowest: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_daily.total_heat_kwh_min_at IS 'First time of total_heat_kwh_min';
COMMENT ON COLUMN heatpump_daily.total_heat_kwh_max IS 'Highest: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_daily.total_heat_kwh_max_at IS 'Last time of total_heat_kwh_max';
COMMENT ON COLUMN heatpump_daily.total_heat_kwh_n IS 'Readings with total_heat_kwh';
COMMENT ON COLUMN heatpump_daily.rssi_sum IS 'Sum: Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_daily.rssi_n IS 'Readings with rssi';
COMMENT ON COLUMN heatpump_daily.rssi_min IS 'Lowest: Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_daily.rssi_max IS 'Highest: Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_daily.paired_n IS 'Readings with heat output and electric power';
COMMENT ON COLUMN heatpump_daily.paired_heat_kw_sum IS 'Sum: Heat output of paired_n, kW';
COMMENT ON COLUMN heatpump_daily.paired_electric_kw_sum IS 'Sum: Electric power of paired_n, kW';
COMMENT ON COLUMN heatpump_daily.hot_water_paired_n IS 'Readings of paired_n while making hot water';
COMMENT ON COLUMN heatpump_daily.hot_water_heat_kw_sum IS 'Sum: Heat output of hot_water_paired_n, kW';
COMMENT ON COLUMN heatpump_daily.hot_water_electric_kw_sum IS 'Sum: Electric power of hot_water_paired_n, kW';
COMMENT ON COLUMN heatpump_daily.running_n IS 'Readings while the heat pump runs';
COMMENT ON COLUMN heatpump_daily.running_known_n IS 'Readings that say whether it runs';
COMMENT ON COLUMN heatpump_daily.hot_water_n IS 'Readings while making hot water';
COMMENT ON COLUMN heatpump_daily.defrost_n IS 'Readings while defrosting';
COMMENT ON COLUMN heatpump_daily.aux_n IS 'Readings with an auxiliary heater on';
COMMENT ON COLUMN heatpump_daily.alarm_n IS 'Readings with an alarm';
COMMENT ON COLUMN heatpump_daily.standby_n IS 'Readings of electric power while it does not run';
COMMENT ON COLUMN heatpump_daily.standby_kw_sum IS 'Sum: Electric power of standby_n, kW';
COMMENT ON COLUMN heatpump_daily.running_supply_temp_sum IS 'Sum: supply_temp while running, °C';
COMMENT ON COLUMN heatpump_daily.running_supply_temp_n IS 'Readings of supply_temp while running';
COMMENT ON COLUMN heatpump_daily.running_outdoor_temp_sum IS 'Sum: outdoor_temp while running, °C';
COMMENT ON COLUMN heatpump_daily.running_outdoor_temp_n IS 'Readings of outdoor_temp while running';
COMMENT ON COLUMN heatpump_daily.running_brine_in_temp_sum IS 'Sum: brine_in_temp while running, °C';
COMMENT ON COLUMN heatpump_daily.running_brine_in_temp_n IS 'Readings of brine_in_temp while running';
COMMENT ON COLUMN heatpump_daily.estimated_n IS 'Readings with an estimated value';
COMMENT ON VIEW temperature_hourly IS 'Each hour of temperature_readings, by device.';
COMMENT ON COLUMN temperature_hourly.device_id IS 'Who measured';
COMMENT ON COLUMN temperature_hourly.bucket IS 'When the hour, or the day of the site, begins';
COMMENT ON COLUMN temperature_hourly.readings IS 'Number of readings';
COMMENT ON COLUMN temperature_hourly.first_at IS 'Time of the first reading';
COMMENT ON COLUMN temperature_hourly.last_at IS 'Time of the last reading';
COMMENT ON COLUMN temperature_hourly.temperature_sum IS 'Sum: Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_hourly.temperature_n IS 'Readings with temperature';
COMMENT ON COLUMN temperature_hourly.temperature_min IS 'Lowest: Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_hourly.temperature_max IS 'Highest: Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_hourly.humidity_sum IS 'Sum: Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_hourly.humidity_n IS 'Readings with humidity';
COMMENT ON COLUMN temperature_hourly.humidity_min IS 'Lowest: Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_hourly.humidity_max IS 'Highest: Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_hourly.battery_sum IS 'Sum: Charge left in the battery, %';
COMMENT ON COLUMN temperature_hourly.battery_n IS 'Readings with battery';
COMMENT ON COLUMN temperature_hourly.battery_min IS 'Lowest: Charge left in the battery, %';
COMMENT ON COLUMN temperature_hourly.battery_max IS 'Highest: Charge left in the battery, %';
COMMENT ON COLUMN temperature_hourly.battery_voltage_sum IS 'Sum: Voltage of the battery, V';
COMMENT ON COLUMN temperature_hourly.battery_voltage_n IS 'Readings with battery_voltage';
COMMENT ON COLUMN temperature_hourly.battery_voltage_min IS 'Lowest: Voltage of the battery, V';
COMMENT ON COLUMN temperature_hourly.battery_voltage_max IS 'Highest: Voltage of the battery, V';
COMMENT ON COLUMN temperature_hourly.link_quality_sum IS 'Sum: Zigbee link quality indicator';
COMMENT ON COLUMN temperature_hourly.link_quality_n IS 'Readings with link_quality';
COMMENT ON COLUMN temperature_hourly.link_quality_min IS 'Lowest: Zigbee link quality indicator';
COMMENT ON COLUMN temperature_hourly.link_quality_max IS 'Highest: Zigbee link quality indicator';
COMMENT ON COLUMN temperature_hourly.rssi_sum IS 'Sum: Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_hourly.rssi_n IS 'Readings with rssi';
COMMENT ON COLUMN temperature_hourly.rssi_min IS 'Lowest: Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_hourly.rssi_max IS 'Highest: Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_hourly.estimated_n IS 'Readings with an estimated value';
COMMENT ON VIEW temperature_daily IS 'Each day of temperature_readings in the zone of the site, by device.';
COMMENT ON COLUMN temperature_daily.device_id IS 'Who measured';
COMMENT ON COLUMN temperature_daily.bucket IS 'When the hour, or the day of the site, begins';
COMMENT ON COLUMN temperature_daily.readings IS 'Number of readings';
COMMENT ON COLUMN temperature_daily.first_at IS 'Time of the first reading';
COMMENT ON COLUMN temperature_daily.last_at IS 'Time of the last reading';
COMMENT ON COLUMN temperature_daily.temperature_sum IS 'Sum: Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_daily.temperature_n IS 'Readings with temperature';
COMMENT ON COLUMN temperature_daily.temperature_min IS 'Lowest: Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_daily.temperature_max IS 'Highest: Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_daily.humidity_sum IS 'Sum: Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_daily.humidity_n IS 'Readings with humidity';
COMMENT ON COLUMN temperature_daily.humidity_min IS 'Lowest: Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_daily.humidity_max IS 'Highest: Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_daily.battery_sum IS 'Sum: Charge left in the battery, %';
COMMENT ON COLUMN temperature_daily.battery_n IS 'Readings with battery';
COMMENT ON COLUMN temperature_daily.battery_min IS 'Lowest: Charge left in the battery, %';
COMMENT ON COLUMN temperature_daily.battery_max IS 'Highest: Charge left in the battery, %';
COMMENT ON COLUMN temperature_daily.battery_voltage_sum IS 'Sum: Voltage of the battery, V';
COMMENT ON COLUMN temperature_daily.battery_voltage_n IS 'Readings with battery_voltage';
COMMENT ON COLUMN temperature_daily.battery_voltage_min IS 'Lowest: Voltage of the battery, V';
COMMENT ON COLUMN temperature_daily.battery_voltage_max IS 'Highest: Voltage of the battery, V';
COMMENT ON COLUMN temperature_daily.link_quality_sum IS 'Sum: Zigbee link quality indicator';
COMMENT ON COLUMN temperature_daily.link_quality_n IS 'Readings with link_quality';
COMMENT ON COLUMN temperature_daily.link_quality_min IS 'Lowest: Zigbee link quality indicator';
COMMENT ON COLUMN temperature_daily.link_quality_max IS 'Highest: Zigbee link quality indicator';
COMMENT ON COLUMN temperature_daily.rssi_sum IS 'Sum: Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_daily.rssi_n IS 'Readings with rssi';
COMMENT ON COLUMN temperature_daily.rssi_min IS 'Lowest: Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_daily.rssi_max IS 'Highest: Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_daily.estimated_n IS 'Readings with an estimated value';
COMMENT ON COLUMN energy_readings.time IS 'When the device measured';
COMMENT ON COLUMN energy_readings.device_id IS 'Who measured';
COMMENT ON COLUMN energy_readings.received_at IS 'When the bridge received the newest record of the row';
COMMENT ON COLUMN energy_readings.stored_at IS 'When this row was written';
COMMENT ON COLUMN energy_readings.record_offset IS 'Kafka offset of the newest record of the row; NULL for a redriven one';
COMMENT ON COLUMN energy_readings.older_fields IS 'Fields that an older record gave: {"field": [microseconds since 1970, offset]}';
COMMENT ON COLUMN energy_readings.total_energy_kwh IS 'Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_readings.power_kw IS 'Power imported now, kW';
COMMENT ON COLUMN energy_readings.voltage IS 'Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_readings.current IS 'Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_readings.power_l1_kw IS 'Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_readings.power_l2_kw IS 'Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_readings.power_l3_kw IS 'Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_readings.voltage_l1 IS 'Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_readings.voltage_l2 IS 'Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_readings.voltage_l3 IS 'Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_readings.current_l1 IS 'Current on L1, A';
COMMENT ON COLUMN energy_readings.current_l2 IS 'Current on L2, A';
COMMENT ON COLUMN energy_readings.current_l3 IS 'Current on L3, A';
COMMENT ON COLUMN energy_readings.production_power_kw IS 'Power exported now, kW';
COMMENT ON COLUMN energy_readings.total_production_kwh IS 'Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_readings.power_factor IS 'Active power divided by apparent power';
COMMENT ON COLUMN energy_readings.source IS 'The device format the reading came from';
COMMENT ON COLUMN energy_readings.rssi IS 'Received radio signal strength, dBm';
COMMENT ON COLUMN energy_readings.estimated IS 'Names of fields whose value was estimated, not measured';

COMMENT ON COLUMN heatpump_status.time IS 'When the device measured';
COMMENT ON COLUMN heatpump_status.device_id IS 'Who measured';
COMMENT ON COLUMN heatpump_status.received_at IS 'When the bridge received the newest record of the row';
COMMENT ON COLUMN heatpump_status.stored_at IS 'When this row was written';
COMMENT ON COLUMN heatpump_status.record_offset IS 'Kafka offset of the newest record of the row; NULL for a redriven one';
COMMENT ON COLUMN heatpump_status.older_fields IS 'Fields that an older record gave: {"field": [microseconds since 1970, offset]}';
COMMENT ON COLUMN heatpump_status.mode IS 'What the heat pump is doing now';
COMMENT ON COLUMN heatpump_status.target_temp IS 'Target room temperature, °C';
COMMENT ON COLUMN heatpump_status.actual_temp IS 'Measured room temperature, °C';
COMMENT ON COLUMN heatpump_status.compressor_running IS 'The compressor runs';
COMMENT ON COLUMN heatpump_status.power_consumption_kw IS 'Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_status.operating_mode IS 'Operating mode selected by the owner';
COMMENT ON COLUMN heatpump_status.outdoor_temp IS 'Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_status.supply_temp IS 'Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_status.supply_target_temp IS 'Target supply temperature, °C';
COMMENT ON COLUMN heatpump_status.return_temp IS 'Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_status.hot_water_temp IS 'Hot water tank, °C';
COMMENT ON COLUMN heatpump_status.hot_water_target_temp IS 'Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_status.brine_in_temp IS 'Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_status.brine_out_temp IS 'Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_status.flow_rate_lpm IS 'Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_status.circulation_pump_on IS 'The circulation pump runs';
COMMENT ON COLUMN heatpump_status.circulation_pump_pct IS 'Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_status.brine_pump_on IS 'The brine pump runs';
COMMENT ON COLUMN heatpump_status.brine_pump_pct IS 'Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_status.compressor_hz IS 'Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_status.hot_water_active IS 'Heat goes to the hot water tank';
COMMENT ON COLUMN heatpump_status.defrost_active IS 'The outdoor coil is being defrosted';
COMMENT ON COLUMN heatpump_status.aux_heater_3kw_on IS 'The 3 kW auxiliary heater is on';
COMMENT ON COLUMN heatpump_status.aux_heater_6kw_on IS 'The 6 kW auxiliary heater is on';
COMMENT ON COLUMN heatpump_status.aux_heater_kw IS 'Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_status.degree_minutes IS 'Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_status.runtime_compressor_h IS 'Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_status.runtime_hot_water_h IS 'Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_status.runtime_aux_3kw_h IS 'Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_status.runtime_aux_6kw_h IS 'Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_status.compressor_starts IS 'Number of compressor starts';
COMMENT ON COLUMN heatpump_status.heat_output_kw IS 'Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_status.cop IS 'Heat output divided by electric power';
COMMENT ON COLUMN heatpump_status.total_consumed_kwh IS 'Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_status.total_heat_kwh IS 'Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_status.alarm_codes IS 'Names of the active alarms';
COMMENT ON COLUMN heatpump_status.source IS 'The device format the reading came from';
COMMENT ON COLUMN heatpump_status.rssi IS 'Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_status.estimated IS 'Names of fields whose value was estimated, not measured';

COMMENT ON COLUMN temperature_readings.time IS 'When the device measured';
COMMENT ON COLUMN temperature_readings.device_id IS 'Who measured';
COMMENT ON COLUMN temperature_readings.received_at IS 'When the bridge received the newest record of the row';
COMMENT ON COLUMN temperature_readings.stored_at IS 'When this row was written';
COMMENT ON COLUMN temperature_readings.record_offset IS 'Kafka offset of the newest record of the row; NULL for a redriven one';
COMMENT ON COLUMN temperature_readings.older_fields IS 'Fields that an older record gave: {"field": [microseconds since 1970, offset]}';
COMMENT ON COLUMN temperature_readings.room IS 'Where the sensor is';
COMMENT ON COLUMN temperature_readings.temperature IS 'Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_readings.humidity IS 'Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_readings.battery IS 'Charge left in the battery, %';
COMMENT ON COLUMN temperature_readings.battery_voltage IS 'Voltage of the battery, V';
COMMENT ON COLUMN temperature_readings.link_quality IS 'Zigbee link quality indicator';
COMMENT ON COLUMN temperature_readings.source IS 'The device format the reading came from';
COMMENT ON COLUMN temperature_readings.rssi IS 'Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_readings.estimated IS 'Names of fields whose value was estimated, not measured';
