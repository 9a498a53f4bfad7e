-- Rollups as stored tables, new or over those that are there. Decision 23 says why.

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

-- Hours whose readings changed. Writers append, in the transaction of the readings; they never wait for
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

CREATE TABLE IF NOT EXISTS energy_hourly_stored (
  device_id text NOT NULL,
  bucket timestamptz NOT NULL,
  PRIMARY KEY (device_id, bucket)
);
ALTER TABLE energy_hourly_stored
  ADD COLUMN IF NOT EXISTS readings integer,
  ADD COLUMN IF NOT EXISTS first_at timestamptz,
  ADD COLUMN IF NOT EXISTS last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_first double precision,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_last double precision,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_min double precision,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_max double precision,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_n integer,
  ADD COLUMN IF NOT EXISTS power_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_kw_max double precision,
  ADD COLUMN IF NOT EXISTS voltage_sum double precision,
  ADD COLUMN IF NOT EXISTS voltage_n integer,
  ADD COLUMN IF NOT EXISTS voltage_min double precision,
  ADD COLUMN IF NOT EXISTS voltage_max double precision,
  ADD COLUMN IF NOT EXISTS current_sum double precision,
  ADD COLUMN IF NOT EXISTS current_n integer,
  ADD COLUMN IF NOT EXISTS current_min double precision,
  ADD COLUMN IF NOT EXISTS current_max double precision,
  ADD COLUMN IF NOT EXISTS power_l1_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_l1_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_l1_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_l1_kw_max double precision,
  ADD COLUMN IF NOT EXISTS power_l2_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_l2_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_l2_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_l2_kw_max double precision,
  ADD COLUMN IF NOT EXISTS power_l3_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_l3_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_l3_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_l3_kw_max double precision,
  ADD COLUMN IF NOT EXISTS voltage_l1_sum double precision,
  ADD COLUMN IF NOT EXISTS voltage_l1_n integer,
  ADD COLUMN IF NOT EXISTS voltage_l1_min double precision,
  ADD COLUMN IF NOT EXISTS voltage_l1_max double precision,
  ADD COLUMN IF NOT EXISTS voltage_l2_sum double precision,
  ADD COLUMN IF NOT EXISTS voltage_l2_n integer,
  ADD COLUMN IF NOT EXISTS voltage_l2_min double precision,
  ADD COLUMN IF NOT EXISTS voltage_l2_max double precision,
  ADD COLUMN IF NOT EXISTS voltage_l3_sum double precision,
  ADD COLUMN IF NOT EXISTS voltage_l3_n integer,
  ADD COLUMN IF NOT EXISTS voltage_l3_min double precision,
  ADD COLUMN IF NOT EXISTS voltage_l3_max double precision,
  ADD COLUMN IF NOT EXISTS current_l1_sum double precision,
  ADD COLUMN IF NOT EXISTS current_l1_n integer,
  ADD COLUMN IF NOT EXISTS current_l1_min double precision,
  ADD COLUMN IF NOT EXISTS current_l1_max double precision,
  ADD COLUMN IF NOT EXISTS current_l2_sum double precision,
  ADD COLUMN IF NOT EXISTS current_l2_n integer,
  ADD COLUMN IF NOT EXISTS current_l2_min double precision,
  ADD COLUMN IF NOT EXISTS current_l2_max double precision,
  ADD COLUMN IF NOT EXISTS current_l3_sum double precision,
  ADD COLUMN IF NOT EXISTS current_l3_n integer,
  ADD COLUMN IF NOT EXISTS current_l3_min double precision,
  ADD COLUMN IF NOT EXISTS current_l3_max double precision,
  ADD COLUMN IF NOT EXISTS production_power_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS production_power_kw_n integer,
  ADD COLUMN IF NOT EXISTS production_power_kw_min double precision,
  ADD COLUMN IF NOT EXISTS production_power_kw_max double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_first double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_production_kwh_last double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_production_kwh_min double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_production_kwh_max double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_production_kwh_n integer,
  ADD COLUMN IF NOT EXISTS power_factor_sum double precision,
  ADD COLUMN IF NOT EXISTS power_factor_n integer,
  ADD COLUMN IF NOT EXISTS power_factor_min double precision,
  ADD COLUMN IF NOT EXISTS power_factor_max double precision,
  ADD COLUMN IF NOT EXISTS rssi_sum double precision,
  ADD COLUMN IF NOT EXISTS rssi_n integer,
  ADD COLUMN IF NOT EXISTS rssi_min double precision,
  ADD COLUMN IF NOT EXISTS rssi_max double precision,
  ADD COLUMN IF NOT EXISTS estimated_n integer;
CREATE TABLE IF NOT EXISTS energy_daily_stored (
  device_id text NOT NULL,
  bucket timestamptz NOT NULL,
  PRIMARY KEY (device_id, bucket)
);
ALTER TABLE energy_daily_stored
  ADD COLUMN IF NOT EXISTS readings integer,
  ADD COLUMN IF NOT EXISTS first_at timestamptz,
  ADD COLUMN IF NOT EXISTS last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_first double precision,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_last double precision,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_min double precision,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_max double precision,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_energy_kwh_n integer,
  ADD COLUMN IF NOT EXISTS power_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_kw_max double precision,
  ADD COLUMN IF NOT EXISTS voltage_sum double precision,
  ADD COLUMN IF NOT EXISTS voltage_n integer,
  ADD COLUMN IF NOT EXISTS voltage_min double precision,
  ADD COLUMN IF NOT EXISTS voltage_max double precision,
  ADD COLUMN IF NOT EXISTS current_sum double precision,
  ADD COLUMN IF NOT EXISTS current_n integer,
  ADD COLUMN IF NOT EXISTS current_min double precision,
  ADD COLUMN IF NOT EXISTS current_max double precision,
  ADD COLUMN IF NOT EXISTS power_l1_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_l1_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_l1_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_l1_kw_max double precision,
  ADD COLUMN IF NOT EXISTS power_l2_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_l2_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_l2_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_l2_kw_max double precision,
  ADD COLUMN IF NOT EXISTS power_l3_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_l3_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_l3_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_l3_kw_max double precision,
  ADD COLUMN IF NOT EXISTS voltage_l1_sum double precision,
  ADD COLUMN IF NOT EXISTS voltage_l1_n integer,
  ADD COLUMN IF NOT EXISTS voltage_l1_min double precision,
  ADD COLUMN IF NOT EXISTS voltage_l1_max double precision,
  ADD COLUMN IF NOT EXISTS voltage_l2_sum double precision,
  ADD COLUMN IF NOT EXISTS voltage_l2_n integer,
  ADD COLUMN IF NOT EXISTS voltage_l2_min double precision,
  ADD COLUMN IF NOT EXISTS voltage_l2_max double precision,
  ADD COLUMN IF NOT EXISTS voltage_l3_sum double precision,
  ADD COLUMN IF NOT EXISTS voltage_l3_n integer,
  ADD COLUMN IF NOT EXISTS voltage_l3_min double precision,
  ADD COLUMN IF NOT EXISTS voltage_l3_max double precision,
  ADD COLUMN IF NOT EXISTS current_l1_sum double precision,
  ADD COLUMN IF NOT EXISTS current_l1_n integer,
  ADD COLUMN IF NOT EXISTS current_l1_min double precision,
  ADD COLUMN IF NOT EXISTS current_l1_max double precision,
  ADD COLUMN IF NOT EXISTS current_l2_sum double precision,
  ADD COLUMN IF NOT EXISTS current_l2_n integer,
  ADD COLUMN IF NOT EXISTS current_l2_min double precision,
  ADD COLUMN IF NOT EXISTS current_l2_max double precision,
  ADD COLUMN IF NOT EXISTS current_l3_sum double precision,
  ADD COLUMN IF NOT EXISTS current_l3_n integer,
  ADD COLUMN IF NOT EXISTS current_l3_min double precision,
  ADD COLUMN IF NOT EXISTS current_l3_max double precision,
  ADD COLUMN IF NOT EXISTS production_power_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS production_power_kw_n integer,
  ADD COLUMN IF NOT EXISTS production_power_kw_min double precision,
  ADD COLUMN IF NOT EXISTS production_power_kw_max double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_first double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_production_kwh_last double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_production_kwh_min double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_production_kwh_max double precision,
  ADD COLUMN IF NOT EXISTS total_production_kwh_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_production_kwh_n integer,
  ADD COLUMN IF NOT EXISTS power_factor_sum double precision,
  ADD COLUMN IF NOT EXISTS power_factor_n integer,
  ADD COLUMN IF NOT EXISTS power_factor_min double precision,
  ADD COLUMN IF NOT EXISTS power_factor_max double precision,
  ADD COLUMN IF NOT EXISTS rssi_sum double precision,
  ADD COLUMN IF NOT EXISTS rssi_n integer,
  ADD COLUMN IF NOT EXISTS rssi_min double precision,
  ADD COLUMN IF NOT EXISTS rssi_max double precision,
  ADD COLUMN IF NOT EXISTS estimated_n integer;
COMMENT ON COLUMN energy_hourly_stored.device_id IS 'Who measured';
COMMENT ON COLUMN energy_hourly_stored.bucket IS 'When the hour, or the day of the site, begins';
COMMENT ON COLUMN energy_hourly_stored.readings IS 'Number of readings';
COMMENT ON COLUMN energy_hourly_stored.first_at IS 'Time of the first reading';
COMMENT ON COLUMN energy_hourly_stored.last_at IS 'Time of the last reading';
COMMENT ON COLUMN energy_hourly_stored.total_energy_kwh_first IS 'First: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly_stored.total_energy_kwh_first_at IS 'Time of total_energy_kwh_first';
COMMENT ON COLUMN energy_hourly_stored.total_energy_kwh_last IS 'Last: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly_stored.total_energy_kwh_last_at IS 'Time of total_energy_kwh_last';
COMMENT ON COLUMN energy_hourly_stored.total_energy_kwh_min IS 'Lowest: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly_stored.total_energy_kwh_min_at IS 'First time of total_energy_kwh_min';
COMMENT ON COLUMN energy_hourly_stored.total_energy_kwh_max IS 'Highest: Energy imported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly_stored.total_energy_kwh_max_at IS 'Last time of total_energy_kwh_max';
COMMENT ON COLUMN energy_hourly_stored.total_energy_kwh_n IS 'Readings with total_energy_kwh';
COMMENT ON COLUMN energy_hourly_stored.power_kw_sum IS 'Sum: Power imported now, kW';
COMMENT ON COLUMN energy_hourly_stored.power_kw_n IS 'Readings with power_kw';
COMMENT ON COLUMN energy_hourly_stored.power_kw_min IS 'Lowest: Power imported now, kW';
COMMENT ON COLUMN energy_hourly_stored.power_kw_max IS 'Highest: Power imported now, kW';
COMMENT ON COLUMN energy_hourly_stored.voltage_sum IS 'Sum: Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_n IS 'Readings with voltage';
COMMENT ON COLUMN energy_hourly_stored.voltage_min IS 'Lowest: Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_max IS 'Highest: Mean voltage of the live phases, V';
COMMENT ON COLUMN energy_hourly_stored.current_sum IS 'Sum: Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_hourly_stored.current_n IS 'Readings with current';
COMMENT ON COLUMN energy_hourly_stored.current_min IS 'Lowest: Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_hourly_stored.current_max IS 'Highest: Sum of the currents of all phases, A';
COMMENT ON COLUMN energy_hourly_stored.power_l1_kw_sum IS 'Sum: Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_hourly_stored.power_l1_kw_n IS 'Readings with power_l1_kw';
COMMENT ON COLUMN energy_hourly_stored.power_l1_kw_min IS 'Lowest: Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_hourly_stored.power_l1_kw_max IS 'Highest: Active power on L1; positive is import, kW';
COMMENT ON COLUMN energy_hourly_stored.power_l2_kw_sum IS 'Sum: Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_hourly_stored.power_l2_kw_n IS 'Readings with power_l2_kw';
COMMENT ON COLUMN energy_hourly_stored.power_l2_kw_min IS 'Lowest: Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_hourly_stored.power_l2_kw_max IS 'Highest: Active power on L2; positive is import, kW';
COMMENT ON COLUMN energy_hourly_stored.power_l3_kw_sum IS 'Sum: Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_hourly_stored.power_l3_kw_n IS 'Readings with power_l3_kw';
COMMENT ON COLUMN energy_hourly_stored.power_l3_kw_min IS 'Lowest: Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_hourly_stored.power_l3_kw_max IS 'Highest: Active power on L3; positive is import, kW';
COMMENT ON COLUMN energy_hourly_stored.voltage_l1_sum IS 'Sum: Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_l1_n IS 'Readings with voltage_l1';
COMMENT ON COLUMN energy_hourly_stored.voltage_l1_min IS 'Lowest: Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_l1_max IS 'Highest: Voltage between L1 and neutral, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_l2_sum IS 'Sum: Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_l2_n IS 'Readings with voltage_l2';
COMMENT ON COLUMN energy_hourly_stored.voltage_l2_min IS 'Lowest: Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_l2_max IS 'Highest: Voltage between L2 and neutral, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_l3_sum IS 'Sum: Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_l3_n IS 'Readings with voltage_l3';
COMMENT ON COLUMN energy_hourly_stored.voltage_l3_min IS 'Lowest: Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_hourly_stored.voltage_l3_max IS 'Highest: Voltage between L3 and neutral, V';
COMMENT ON COLUMN energy_hourly_stored.current_l1_sum IS 'Sum: Current on L1, A';
COMMENT ON COLUMN energy_hourly_stored.current_l1_n IS 'Readings with current_l1';
COMMENT ON COLUMN energy_hourly_stored.current_l1_min IS 'Lowest: Current on L1, A';
COMMENT ON COLUMN energy_hourly_stored.current_l1_max IS 'Highest: Current on L1, A';
COMMENT ON COLUMN energy_hourly_stored.current_l2_sum IS 'Sum: Current on L2, A';
COMMENT ON COLUMN energy_hourly_stored.current_l2_n IS 'Readings with current_l2';
COMMENT ON COLUMN energy_hourly_stored.current_l2_min IS 'Lowest: Current on L2, A';
COMMENT ON COLUMN energy_hourly_stored.current_l2_max IS 'Highest: Current on L2, A';
COMMENT ON COLUMN energy_hourly_stored.current_l3_sum IS 'Sum: Current on L3, A';
COMMENT ON COLUMN energy_hourly_stored.current_l3_n IS 'Readings with current_l3';
COMMENT ON COLUMN energy_hourly_stored.current_l3_min IS 'Lowest: Current on L3, A';
COMMENT ON COLUMN energy_hourly_stored.current_l3_max IS 'Highest: Current on L3, A';
COMMENT ON COLUMN energy_hourly_stored.production_power_kw_sum IS 'Sum: Power exported now, kW';
COMMENT ON COLUMN energy_hourly_stored.production_power_kw_n IS 'Readings with production_power_kw';
COMMENT ON COLUMN energy_hourly_stored.production_power_kw_min IS 'Lowest: Power exported now, kW';
COMMENT ON COLUMN energy_hourly_stored.production_power_kw_max IS 'Highest: Power exported now, kW';
COMMENT ON COLUMN energy_hourly_stored.total_production_kwh_first IS 'First: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly_stored.total_production_kwh_first_at IS 'Time of total_production_kwh_first';
COMMENT ON COLUMN energy_hourly_stored.total_production_kwh_last IS 'Last: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly_stored.total_production_kwh_last_at IS 'Time of total_production_kwh_last';
COMMENT ON COLUMN energy_hourly_stored.total_production_kwh_min IS 'Lowest: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly_stored.total_production_kwh_min_at IS 'First time of total_production_kwh_min';
COMMENT ON COLUMN energy_hourly_stored.total_production_kwh_max IS 'Highest: Energy exported over the life of the meter, kWh';
COMMENT ON COLUMN energy_hourly_stored.total_production_kwh_max_at IS 'Last time of total_production_kwh_max';
COMMENT ON COLUMN energy_hourly_stored.total_production_kwh_n IS 'Readings with total_production_kwh';
COMMENT ON COLUMN energy_hourly_stored.power_factor_sum IS 'Sum: Active power divided by apparent power';
COMMENT ON COLUMN energy_hourly_stored.power_factor_n IS 'Readings with power_factor';
COMMENT ON COLUMN energy_hourly_stored.power_factor_min IS 'Lowest: Active power divided by apparent power';
COMMENT ON COLUMN energy_hourly_stored.power_factor_max IS 'Highest: Active power divided by apparent power';
COMMENT ON COLUMN energy_hourly_stored.rssi_sum IS 'Sum: Received radio signal strength, dBm';
COMMENT ON COLUMN energy_hourly_stored.rssi_n IS 'Readings with rssi';
COMMENT ON COLUMN energy_hourly_stored.rssi_min IS 'Lowest: Received radio signal strength, dBm';
COMMENT ON COLUMN energy_hourly_stored.rssi_max IS 'Highest: Received radio signal strength, dBm';
COMMENT ON COLUMN energy_hourly_stored.estimated_n IS 'Readings with an estimated value';

CREATE TABLE IF NOT EXISTS heatpump_hourly_stored (
  device_id text NOT NULL,
  bucket timestamptz NOT NULL,
  PRIMARY KEY (device_id, bucket)
);
ALTER TABLE heatpump_hourly_stored
  ADD COLUMN IF NOT EXISTS readings integer,
  ADD COLUMN IF NOT EXISTS first_at timestamptz,
  ADD COLUMN IF NOT EXISTS last_at timestamptz,
  ADD COLUMN IF NOT EXISTS target_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS target_temp_n integer,
  ADD COLUMN IF NOT EXISTS target_temp_min double precision,
  ADD COLUMN IF NOT EXISTS target_temp_max double precision,
  ADD COLUMN IF NOT EXISTS actual_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS actual_temp_n integer,
  ADD COLUMN IF NOT EXISTS actual_temp_min double precision,
  ADD COLUMN IF NOT EXISTS actual_temp_max double precision,
  ADD COLUMN IF NOT EXISTS compressor_running_true_n integer,
  ADD COLUMN IF NOT EXISTS compressor_running_n integer,
  ADD COLUMN IF NOT EXISTS power_consumption_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_consumption_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_consumption_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_consumption_kw_max double precision,
  ADD COLUMN IF NOT EXISTS outdoor_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS outdoor_temp_n integer,
  ADD COLUMN IF NOT EXISTS outdoor_temp_min double precision,
  ADD COLUMN IF NOT EXISTS outdoor_temp_max double precision,
  ADD COLUMN IF NOT EXISTS supply_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS supply_temp_n integer,
  ADD COLUMN IF NOT EXISTS supply_temp_min double precision,
  ADD COLUMN IF NOT EXISTS supply_temp_max double precision,
  ADD COLUMN IF NOT EXISTS supply_target_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS supply_target_temp_n integer,
  ADD COLUMN IF NOT EXISTS supply_target_temp_min double precision,
  ADD COLUMN IF NOT EXISTS supply_target_temp_max double precision,
  ADD COLUMN IF NOT EXISTS return_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS return_temp_n integer,
  ADD COLUMN IF NOT EXISTS return_temp_min double precision,
  ADD COLUMN IF NOT EXISTS return_temp_max double precision,
  ADD COLUMN IF NOT EXISTS hot_water_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS hot_water_temp_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_temp_min double precision,
  ADD COLUMN IF NOT EXISTS hot_water_temp_max double precision,
  ADD COLUMN IF NOT EXISTS hot_water_target_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS hot_water_target_temp_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_target_temp_min double precision,
  ADD COLUMN IF NOT EXISTS hot_water_target_temp_max double precision,
  ADD COLUMN IF NOT EXISTS brine_in_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS brine_in_temp_n integer,
  ADD COLUMN IF NOT EXISTS brine_in_temp_min double precision,
  ADD COLUMN IF NOT EXISTS brine_in_temp_max double precision,
  ADD COLUMN IF NOT EXISTS brine_out_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS brine_out_temp_n integer,
  ADD COLUMN IF NOT EXISTS brine_out_temp_min double precision,
  ADD COLUMN IF NOT EXISTS brine_out_temp_max double precision,
  ADD COLUMN IF NOT EXISTS flow_rate_lpm_sum double precision,
  ADD COLUMN IF NOT EXISTS flow_rate_lpm_n integer,
  ADD COLUMN IF NOT EXISTS flow_rate_lpm_min double precision,
  ADD COLUMN IF NOT EXISTS flow_rate_lpm_max double precision,
  ADD COLUMN IF NOT EXISTS circulation_pump_on_true_n integer,
  ADD COLUMN IF NOT EXISTS circulation_pump_on_n integer,
  ADD COLUMN IF NOT EXISTS circulation_pump_pct_sum double precision,
  ADD COLUMN IF NOT EXISTS circulation_pump_pct_n integer,
  ADD COLUMN IF NOT EXISTS circulation_pump_pct_min double precision,
  ADD COLUMN IF NOT EXISTS circulation_pump_pct_max double precision,
  ADD COLUMN IF NOT EXISTS brine_pump_on_true_n integer,
  ADD COLUMN IF NOT EXISTS brine_pump_on_n integer,
  ADD COLUMN IF NOT EXISTS brine_pump_pct_sum double precision,
  ADD COLUMN IF NOT EXISTS brine_pump_pct_n integer,
  ADD COLUMN IF NOT EXISTS brine_pump_pct_min double precision,
  ADD COLUMN IF NOT EXISTS brine_pump_pct_max double precision,
  ADD COLUMN IF NOT EXISTS compressor_hz_sum double precision,
  ADD COLUMN IF NOT EXISTS compressor_hz_n integer,
  ADD COLUMN IF NOT EXISTS compressor_hz_min double precision,
  ADD COLUMN IF NOT EXISTS compressor_hz_max double precision,
  ADD COLUMN IF NOT EXISTS hot_water_active_true_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_active_n integer,
  ADD COLUMN IF NOT EXISTS defrost_active_true_n integer,
  ADD COLUMN IF NOT EXISTS defrost_active_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_3kw_on_true_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_3kw_on_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_6kw_on_true_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_6kw_on_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS aux_heater_kw_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_kw_min double precision,
  ADD COLUMN IF NOT EXISTS aux_heater_kw_max double precision,
  ADD COLUMN IF NOT EXISTS degree_minutes_sum double precision,
  ADD COLUMN IF NOT EXISTS degree_minutes_n integer,
  ADD COLUMN IF NOT EXISTS degree_minutes_min double precision,
  ADD COLUMN IF NOT EXISTS degree_minutes_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_first double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_last double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_min double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_n integer,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_first double precision,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_last double precision,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_min double precision,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_n integer,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_first double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_last double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_min double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_n integer,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_first double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_last double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_min double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_n integer,
  ADD COLUMN IF NOT EXISTS compressor_starts_first double precision,
  ADD COLUMN IF NOT EXISTS compressor_starts_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS compressor_starts_last double precision,
  ADD COLUMN IF NOT EXISTS compressor_starts_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS compressor_starts_min double precision,
  ADD COLUMN IF NOT EXISTS compressor_starts_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS compressor_starts_max double precision,
  ADD COLUMN IF NOT EXISTS compressor_starts_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS compressor_starts_n integer,
  ADD COLUMN IF NOT EXISTS heat_output_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS heat_output_kw_n integer,
  ADD COLUMN IF NOT EXISTS heat_output_kw_min double precision,
  ADD COLUMN IF NOT EXISTS heat_output_kw_max double precision,
  ADD COLUMN IF NOT EXISTS cop_sum double precision,
  ADD COLUMN IF NOT EXISTS cop_n integer,
  ADD COLUMN IF NOT EXISTS cop_min double precision,
  ADD COLUMN IF NOT EXISTS cop_max double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_first double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_last double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_min double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_max double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_n integer,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_first double precision,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_last double precision,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_min double precision,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_max double precision,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_n integer,
  ADD COLUMN IF NOT EXISTS rssi_sum double precision,
  ADD COLUMN IF NOT EXISTS rssi_n integer,
  ADD COLUMN IF NOT EXISTS rssi_min double precision,
  ADD COLUMN IF NOT EXISTS rssi_max double precision,
  ADD COLUMN IF NOT EXISTS paired_n integer,
  ADD COLUMN IF NOT EXISTS paired_heat_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS paired_electric_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS hot_water_paired_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_heat_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS hot_water_electric_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS running_n integer,
  ADD COLUMN IF NOT EXISTS running_known_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_n integer,
  ADD COLUMN IF NOT EXISTS defrost_n integer,
  ADD COLUMN IF NOT EXISTS aux_n integer,
  ADD COLUMN IF NOT EXISTS alarm_n integer,
  ADD COLUMN IF NOT EXISTS standby_n integer,
  ADD COLUMN IF NOT EXISTS standby_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS running_supply_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS running_supply_temp_n integer,
  ADD COLUMN IF NOT EXISTS running_outdoor_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS running_outdoor_temp_n integer,
  ADD COLUMN IF NOT EXISTS running_brine_in_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS running_brine_in_temp_n integer,
  ADD COLUMN IF NOT EXISTS estimated_n integer;
CREATE TABLE IF NOT EXISTS heatpump_daily_stored (
  device_id text NOT NULL,
  bucket timestamptz NOT NULL,
  PRIMARY KEY (device_id, bucket)
);
ALTER TABLE heatpump_daily_stored
  ADD COLUMN IF NOT EXISTS readings integer,
  ADD COLUMN IF NOT EXISTS first_at timestamptz,
  ADD COLUMN IF NOT EXISTS last_at timestamptz,
  ADD COLUMN IF NOT EXISTS target_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS target_temp_n integer,
  ADD COLUMN IF NOT EXISTS target_temp_min double precision,
  ADD COLUMN IF NOT EXISTS target_temp_max double precision,
  ADD COLUMN IF NOT EXISTS actual_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS actual_temp_n integer,
  ADD COLUMN IF NOT EXISTS actual_temp_min double precision,
  ADD COLUMN IF NOT EXISTS actual_temp_max double precision,
  ADD COLUMN IF NOT EXISTS compressor_running_true_n integer,
  ADD COLUMN IF NOT EXISTS compressor_running_n integer,
  ADD COLUMN IF NOT EXISTS power_consumption_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS power_consumption_kw_n integer,
  ADD COLUMN IF NOT EXISTS power_consumption_kw_min double precision,
  ADD COLUMN IF NOT EXISTS power_consumption_kw_max double precision,
  ADD COLUMN IF NOT EXISTS outdoor_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS outdoor_temp_n integer,
  ADD COLUMN IF NOT EXISTS outdoor_temp_min double precision,
  ADD COLUMN IF NOT EXISTS outdoor_temp_max double precision,
  ADD COLUMN IF NOT EXISTS supply_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS supply_temp_n integer,
  ADD COLUMN IF NOT EXISTS supply_temp_min double precision,
  ADD COLUMN IF NOT EXISTS supply_temp_max double precision,
  ADD COLUMN IF NOT EXISTS supply_target_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS supply_target_temp_n integer,
  ADD COLUMN IF NOT EXISTS supply_target_temp_min double precision,
  ADD COLUMN IF NOT EXISTS supply_target_temp_max double precision,
  ADD COLUMN IF NOT EXISTS return_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS return_temp_n integer,
  ADD COLUMN IF NOT EXISTS return_temp_min double precision,
  ADD COLUMN IF NOT EXISTS return_temp_max double precision,
  ADD COLUMN IF NOT EXISTS hot_water_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS hot_water_temp_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_temp_min double precision,
  ADD COLUMN IF NOT EXISTS hot_water_temp_max double precision,
  ADD COLUMN IF NOT EXISTS hot_water_target_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS hot_water_target_temp_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_target_temp_min double precision,
  ADD COLUMN IF NOT EXISTS hot_water_target_temp_max double precision,
  ADD COLUMN IF NOT EXISTS brine_in_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS brine_in_temp_n integer,
  ADD COLUMN IF NOT EXISTS brine_in_temp_min double precision,
  ADD COLUMN IF NOT EXISTS brine_in_temp_max double precision,
  ADD COLUMN IF NOT EXISTS brine_out_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS brine_out_temp_n integer,
  ADD COLUMN IF NOT EXISTS brine_out_temp_min double precision,
  ADD COLUMN IF NOT EXISTS brine_out_temp_max double precision,
  ADD COLUMN IF NOT EXISTS flow_rate_lpm_sum double precision,
  ADD COLUMN IF NOT EXISTS flow_rate_lpm_n integer,
  ADD COLUMN IF NOT EXISTS flow_rate_lpm_min double precision,
  ADD COLUMN IF NOT EXISTS flow_rate_lpm_max double precision,
  ADD COLUMN IF NOT EXISTS circulation_pump_on_true_n integer,
  ADD COLUMN IF NOT EXISTS circulation_pump_on_n integer,
  ADD COLUMN IF NOT EXISTS circulation_pump_pct_sum double precision,
  ADD COLUMN IF NOT EXISTS circulation_pump_pct_n integer,
  ADD COLUMN IF NOT EXISTS circulation_pump_pct_min double precision,
  ADD COLUMN IF NOT EXISTS circulation_pump_pct_max double precision,
  ADD COLUMN IF NOT EXISTS brine_pump_on_true_n integer,
  ADD COLUMN IF NOT EXISTS brine_pump_on_n integer,
  ADD COLUMN IF NOT EXISTS brine_pump_pct_sum double precision,
  ADD COLUMN IF NOT EXISTS brine_pump_pct_n integer,
  ADD COLUMN IF NOT EXISTS brine_pump_pct_min double precision,
  ADD COLUMN IF NOT EXISTS brine_pump_pct_max double precision,
  ADD COLUMN IF NOT EXISTS compressor_hz_sum double precision,
  ADD COLUMN IF NOT EXISTS compressor_hz_n integer,
  ADD COLUMN IF NOT EXISTS compressor_hz_min double precision,
  ADD COLUMN IF NOT EXISTS compressor_hz_max double precision,
  ADD COLUMN IF NOT EXISTS hot_water_active_true_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_active_n integer,
  ADD COLUMN IF NOT EXISTS defrost_active_true_n integer,
  ADD COLUMN IF NOT EXISTS defrost_active_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_3kw_on_true_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_3kw_on_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_6kw_on_true_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_6kw_on_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS aux_heater_kw_n integer,
  ADD COLUMN IF NOT EXISTS aux_heater_kw_min double precision,
  ADD COLUMN IF NOT EXISTS aux_heater_kw_max double precision,
  ADD COLUMN IF NOT EXISTS degree_minutes_sum double precision,
  ADD COLUMN IF NOT EXISTS degree_minutes_n integer,
  ADD COLUMN IF NOT EXISTS degree_minutes_min double precision,
  ADD COLUMN IF NOT EXISTS degree_minutes_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_first double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_last double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_min double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_compressor_h_n integer,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_first double precision,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_last double precision,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_min double precision,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_hot_water_h_n integer,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_first double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_last double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_min double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_3kw_h_n integer,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_first double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_last double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_min double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_max double precision,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS runtime_aux_6kw_h_n integer,
  ADD COLUMN IF NOT EXISTS compressor_starts_first double precision,
  ADD COLUMN IF NOT EXISTS compressor_starts_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS compressor_starts_last double precision,
  ADD COLUMN IF NOT EXISTS compressor_starts_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS compressor_starts_min double precision,
  ADD COLUMN IF NOT EXISTS compressor_starts_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS compressor_starts_max double precision,
  ADD COLUMN IF NOT EXISTS compressor_starts_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS compressor_starts_n integer,
  ADD COLUMN IF NOT EXISTS heat_output_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS heat_output_kw_n integer,
  ADD COLUMN IF NOT EXISTS heat_output_kw_min double precision,
  ADD COLUMN IF NOT EXISTS heat_output_kw_max double precision,
  ADD COLUMN IF NOT EXISTS cop_sum double precision,
  ADD COLUMN IF NOT EXISTS cop_n integer,
  ADD COLUMN IF NOT EXISTS cop_min double precision,
  ADD COLUMN IF NOT EXISTS cop_max double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_first double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_last double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_min double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_max double precision,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_consumed_kwh_n integer,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_first double precision,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_first_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_last double precision,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_last_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_min double precision,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_min_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_max double precision,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_max_at timestamptz,
  ADD COLUMN IF NOT EXISTS total_heat_kwh_n integer,
  ADD COLUMN IF NOT EXISTS rssi_sum double precision,
  ADD COLUMN IF NOT EXISTS rssi_n integer,
  ADD COLUMN IF NOT EXISTS rssi_min double precision,
  ADD COLUMN IF NOT EXISTS rssi_max double precision,
  ADD COLUMN IF NOT EXISTS paired_n integer,
  ADD COLUMN IF NOT EXISTS paired_heat_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS paired_electric_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS hot_water_paired_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_heat_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS hot_water_electric_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS running_n integer,
  ADD COLUMN IF NOT EXISTS running_known_n integer,
  ADD COLUMN IF NOT EXISTS hot_water_n integer,
  ADD COLUMN IF NOT EXISTS defrost_n integer,
  ADD COLUMN IF NOT EXISTS aux_n integer,
  ADD COLUMN IF NOT EXISTS alarm_n integer,
  ADD COLUMN IF NOT EXISTS standby_n integer,
  ADD COLUMN IF NOT EXISTS standby_kw_sum double precision,
  ADD COLUMN IF NOT EXISTS running_supply_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS running_supply_temp_n integer,
  ADD COLUMN IF NOT EXISTS running_outdoor_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS running_outdoor_temp_n integer,
  ADD COLUMN IF NOT EXISTS running_brine_in_temp_sum double precision,
  ADD COLUMN IF NOT EXISTS running_brine_in_temp_n integer,
  ADD COLUMN IF NOT EXISTS estimated_n integer;
COMMENT ON COLUMN heatpump_hourly_stored.device_id IS 'Who measured';
COMMENT ON COLUMN heatpump_hourly_stored.bucket IS 'When the hour, or the day of the site, begins';
COMMENT ON COLUMN heatpump_hourly_stored.readings IS 'Number of readings';
COMMENT ON COLUMN heatpump_hourly_stored.first_at IS 'Time of the first reading';
COMMENT ON COLUMN heatpump_hourly_stored.last_at IS 'Time of the last reading';
COMMENT ON COLUMN heatpump_hourly_stored.target_temp_sum IS 'Sum: Target room temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.target_temp_n IS 'Readings with target_temp';
COMMENT ON COLUMN heatpump_hourly_stored.target_temp_min IS 'Lowest: Target room temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.target_temp_max IS 'Highest: Target room temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.actual_temp_sum IS 'Sum: Measured room temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.actual_temp_n IS 'Readings with actual_temp';
COMMENT ON COLUMN heatpump_hourly_stored.actual_temp_min IS 'Lowest: Measured room temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.actual_temp_max IS 'Highest: Measured room temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_running_true_n IS 'Readings at which: The compressor runs';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_running_n IS 'Readings with compressor_running';
COMMENT ON COLUMN heatpump_hourly_stored.power_consumption_kw_sum IS 'Sum: Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_hourly_stored.power_consumption_kw_n IS 'Readings with power_consumption_kw';
COMMENT ON COLUMN heatpump_hourly_stored.power_consumption_kw_min IS 'Lowest: Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_hourly_stored.power_consumption_kw_max IS 'Highest: Electric power of the heat pump, its heaters included, kW';
COMMENT ON COLUMN heatpump_hourly_stored.outdoor_temp_sum IS 'Sum: Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.outdoor_temp_n IS 'Readings with outdoor_temp';
COMMENT ON COLUMN heatpump_hourly_stored.outdoor_temp_min IS 'Lowest: Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.outdoor_temp_max IS 'Highest: Outdoor temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.supply_temp_sum IS 'Sum: Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_hourly_stored.supply_temp_n IS 'Readings with supply_temp';
COMMENT ON COLUMN heatpump_hourly_stored.supply_temp_min IS 'Lowest: Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_hourly_stored.supply_temp_max IS 'Highest: Water flowing to the emitters, °C';
COMMENT ON COLUMN heatpump_hourly_stored.supply_target_temp_sum IS 'Sum: Target supply temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.supply_target_temp_n IS 'Readings with supply_target_temp';
COMMENT ON COLUMN heatpump_hourly_stored.supply_target_temp_min IS 'Lowest: Target supply temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.supply_target_temp_max IS 'Highest: Target supply temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.return_temp_sum IS 'Sum: Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_hourly_stored.return_temp_n IS 'Readings with return_temp';
COMMENT ON COLUMN heatpump_hourly_stored.return_temp_min IS 'Lowest: Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_hourly_stored.return_temp_max IS 'Highest: Water coming back from the emitters, °C';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_temp_sum IS 'Sum: Hot water tank, °C';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_temp_n IS 'Readings with hot_water_temp';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_temp_min IS 'Lowest: Hot water tank, °C';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_temp_max IS 'Highest: Hot water tank, °C';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_target_temp_sum IS 'Sum: Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_target_temp_n IS 'Readings with hot_water_target_temp';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_target_temp_min IS 'Lowest: Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_target_temp_max IS 'Highest: Target hot water temperature, °C';
COMMENT ON COLUMN heatpump_hourly_stored.brine_in_temp_sum IS 'Sum: Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_hourly_stored.brine_in_temp_n IS 'Readings with brine_in_temp';
COMMENT ON COLUMN heatpump_hourly_stored.brine_in_temp_min IS 'Lowest: Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_hourly_stored.brine_in_temp_max IS 'Highest: Brine coming from the ground, °C';
COMMENT ON COLUMN heatpump_hourly_stored.brine_out_temp_sum IS 'Sum: Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_hourly_stored.brine_out_temp_n IS 'Readings with brine_out_temp';
COMMENT ON COLUMN heatpump_hourly_stored.brine_out_temp_min IS 'Lowest: Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_hourly_stored.brine_out_temp_max IS 'Highest: Brine going to the ground, °C';
COMMENT ON COLUMN heatpump_hourly_stored.flow_rate_lpm_sum IS 'Sum: Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_hourly_stored.flow_rate_lpm_n IS 'Readings with flow_rate_lpm';
COMMENT ON COLUMN heatpump_hourly_stored.flow_rate_lpm_min IS 'Lowest: Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_hourly_stored.flow_rate_lpm_max IS 'Highest: Water flow through the heat pump, L/min';
COMMENT ON COLUMN heatpump_hourly_stored.circulation_pump_on_true_n IS 'Readings at which: The circulation pump runs';
COMMENT ON COLUMN heatpump_hourly_stored.circulation_pump_on_n IS 'Readings with circulation_pump_on';
COMMENT ON COLUMN heatpump_hourly_stored.circulation_pump_pct_sum IS 'Sum: Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_hourly_stored.circulation_pump_pct_n IS 'Readings with circulation_pump_pct';
COMMENT ON COLUMN heatpump_hourly_stored.circulation_pump_pct_min IS 'Lowest: Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_hourly_stored.circulation_pump_pct_max IS 'Highest: Speed of the circulation pump, %';
COMMENT ON COLUMN heatpump_hourly_stored.brine_pump_on_true_n IS 'Readings at which: The brine pump runs';
COMMENT ON COLUMN heatpump_hourly_stored.brine_pump_on_n IS 'Readings with brine_pump_on';
COMMENT ON COLUMN heatpump_hourly_stored.brine_pump_pct_sum IS 'Sum: Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_hourly_stored.brine_pump_pct_n IS 'Readings with brine_pump_pct';
COMMENT ON COLUMN heatpump_hourly_stored.brine_pump_pct_min IS 'Lowest: Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_hourly_stored.brine_pump_pct_max IS 'Highest: Speed of the brine pump, %';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_hz_sum IS 'Sum: Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_hz_n IS 'Readings with compressor_hz';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_hz_min IS 'Lowest: Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_hz_max IS 'Highest: Frequency of the compressor, Hz';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_active_true_n IS 'Readings at which: Heat goes to the hot water tank';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_active_n IS 'Readings with hot_water_active';
COMMENT ON COLUMN heatpump_hourly_stored.defrost_active_true_n IS 'Readings at which: The outdoor coil is being defrosted';
COMMENT ON COLUMN heatpump_hourly_stored.defrost_active_n IS 'Readings with defrost_active';
COMMENT ON COLUMN heatpump_hourly_stored.aux_heater_3kw_on_true_n IS 'Readings at which: The 3 kW auxiliary heater is on';
COMMENT ON COLUMN heatpump_hourly_stored.aux_heater_3kw_on_n IS 'Readings with aux_heater_3kw_on';
COMMENT ON COLUMN heatpump_hourly_stored.aux_heater_6kw_on_true_n IS 'Readings at which: The 6 kW auxiliary heater is on';
COMMENT ON COLUMN heatpump_hourly_stored.aux_heater_6kw_on_n IS 'Readings with aux_heater_6kw_on';
COMMENT ON COLUMN heatpump_hourly_stored.aux_heater_kw_sum IS 'Sum: Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_hourly_stored.aux_heater_kw_n IS 'Readings with aux_heater_kw';
COMMENT ON COLUMN heatpump_hourly_stored.aux_heater_kw_min IS 'Lowest: Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_hourly_stored.aux_heater_kw_max IS 'Highest: Electric power of the auxiliary heaters, kW';
COMMENT ON COLUMN heatpump_hourly_stored.degree_minutes_sum IS 'Sum: Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_hourly_stored.degree_minutes_n IS 'Readings with degree_minutes';
COMMENT ON COLUMN heatpump_hourly_stored.degree_minutes_min IS 'Lowest: Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_hourly_stored.degree_minutes_max IS 'Highest: Integral of supply minus target temperature; low values start the compressor, K·min';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_compressor_h_first IS 'First: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_compressor_h_first_at IS 'Time of runtime_compressor_h_first';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_compressor_h_last IS 'Last: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_compressor_h_last_at IS 'Time of runtime_compressor_h_last';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_compressor_h_min IS 'Lowest: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_compressor_h_min_at IS 'First time of runtime_compressor_h_min';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_compressor_h_max IS 'Highest: Hours the compressor has run, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_compressor_h_max_at IS 'Last time of runtime_compressor_h_max';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_compressor_h_n IS 'Readings with runtime_compressor_h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_hot_water_h_first IS 'First: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_hot_water_h_first_at IS 'Time of runtime_hot_water_h_first';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_hot_water_h_last IS 'Last: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_hot_water_h_last_at IS 'Time of runtime_hot_water_h_last';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_hot_water_h_min IS 'Lowest: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_hot_water_h_min_at IS 'First time of runtime_hot_water_h_min';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_hot_water_h_max IS 'Highest: Hours spent on hot water, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_hot_water_h_max_at IS 'Last time of runtime_hot_water_h_max';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_hot_water_h_n IS 'Readings with runtime_hot_water_h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_3kw_h_first IS 'First: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_3kw_h_first_at IS 'Time of runtime_aux_3kw_h_first';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_3kw_h_last IS 'Last: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_3kw_h_last_at IS 'Time of runtime_aux_3kw_h_last';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_3kw_h_min IS 'Lowest: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_3kw_h_min_at IS 'First time of runtime_aux_3kw_h_min';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_3kw_h_max IS 'Highest: Hours the 3 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_3kw_h_max_at IS 'Last time of runtime_aux_3kw_h_max';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_3kw_h_n IS 'Readings with runtime_aux_3kw_h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_6kw_h_first IS 'First: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_6kw_h_first_at IS 'Time of runtime_aux_6kw_h_first';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_6kw_h_last IS 'Last: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_6kw_h_last_at IS 'Time of runtime_aux_6kw_h_last';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_6kw_h_min IS 'Lowest: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_6kw_h_min_at IS 'First time of runtime_aux_6kw_h_min';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_6kw_h_max IS 'Highest: Hours the 6 kW heater was on, h';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_6kw_h_max_at IS 'Last time of runtime_aux_6kw_h_max';
COMMENT ON COLUMN heatpump_hourly_stored.runtime_aux_6kw_h_n IS 'Readings with runtime_aux_6kw_h';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_starts_first IS 'First: Number of compressor starts';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_starts_first_at IS 'Time of compressor_starts_first';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_starts_last IS 'Last: Number of compressor starts';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_starts_last_at IS 'Time of compressor_starts_last';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_starts_min IS 'Lowest: Number of compressor starts';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_starts_min_at IS 'First time of compressor_starts_min';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_starts_max IS 'Highest: Number of compressor starts';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_starts_max_at IS 'Last time of compressor_starts_max';
COMMENT ON COLUMN heatpump_hourly_stored.compressor_starts_n IS 'Readings with compressor_starts';
COMMENT ON COLUMN heatpump_hourly_stored.heat_output_kw_sum IS 'Sum: Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_hourly_stored.heat_output_kw_n IS 'Readings with heat_output_kw';
COMMENT ON COLUMN heatpump_hourly_stored.heat_output_kw_min IS 'Lowest: Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_hourly_stored.heat_output_kw_max IS 'Highest: Heat delivered to the water; negative in defrost and cooling, kW';
COMMENT ON COLUMN heatpump_hourly_stored.cop_sum IS 'Sum: Heat output divided by electric power';
COMMENT ON COLUMN heatpump_hourly_stored.cop_n IS 'Readings with cop';
COMMENT ON COLUMN heatpump_hourly_stored.cop_min IS 'Lowest: Heat output divided by electric power';
COMMENT ON COLUMN heatpump_hourly_stored.cop_max IS 'Highest: Heat output divided by electric power';
COMMENT ON COLUMN heatpump_hourly_stored.total_consumed_kwh_first IS 'First: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly_stored.total_consumed_kwh_first_at IS 'Time of total_consumed_kwh_first';
COMMENT ON COLUMN heatpump_hourly_stored.total_consumed_kwh_last IS 'Last: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly_stored.total_consumed_kwh_last_at IS 'Time of total_consumed_kwh_last';
COMMENT ON COLUMN heatpump_hourly_stored.total_consumed_kwh_min IS 'Lowest: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly_stored.total_consumed_kwh_min_at IS 'First time of total_consumed_kwh_min';
COMMENT ON COLUMN heatpump_hourly_stored.total_consumed_kwh_max IS 'Highest: Electric energy used over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly_stored.total_consumed_kwh_max_at IS 'Last time of total_consumed_kwh_max';
COMMENT ON COLUMN heatpump_hourly_stored.total_consumed_kwh_n IS 'Readings with total_consumed_kwh';
COMMENT ON COLUMN heatpump_hourly_stored.total_heat_kwh_first IS 'First: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly_stored.total_heat_kwh_first_at IS 'Time of total_heat_kwh_first';
COMMENT ON COLUMN heatpump_hourly_stored.total_heat_kwh_last IS 'Last: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly_stored.total_heat_kwh_last_at IS 'Time of total_heat_kwh_last';
COMMENT ON COLUMN heatpump_hourly_stored.total_heat_kwh_min IS 'Lowest: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly_stored.total_heat_kwh_min_at IS 'First time of total_heat_kwh_min';
COMMENT ON COLUMN heatpump_hourly_stored.total_heat_kwh_max IS 'Highest: Heat delivered over the life of the heat pump, kWh';
COMMENT ON COLUMN heatpump_hourly_stored.total_heat_kwh_max_at IS 'Last time of total_heat_kwh_max';
COMMENT ON COLUMN heatpump_hourly_stored.total_heat_kwh_n IS 'Readings with total_heat_kwh';
COMMENT ON COLUMN heatpump_hourly_stored.rssi_sum IS 'Sum: Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_hourly_stored.rssi_n IS 'Readings with rssi';
COMMENT ON COLUMN heatpump_hourly_stored.rssi_min IS 'Lowest: Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_hourly_stored.rssi_max IS 'Highest: Received radio signal strength, dBm';
COMMENT ON COLUMN heatpump_hourly_stored.paired_n IS 'Readings with heat output and electric power';
COMMENT ON COLUMN heatpump_hourly_stored.paired_heat_kw_sum IS 'Sum: Heat output of paired_n, kW';
COMMENT ON COLUMN heatpump_hourly_stored.paired_electric_kw_sum IS 'Sum: Electric power of paired_n, kW';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_paired_n IS 'Readings of paired_n while making hot water';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_heat_kw_sum IS 'Sum: Heat output of hot_water_paired_n, kW';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_electric_kw_sum IS 'Sum: Electric power of hot_water_paired_n, kW';
COMMENT ON COLUMN heatpump_hourly_stored.running_n IS 'Readings while the heat pump runs';
COMMENT ON COLUMN heatpump_hourly_stored.running_known_n IS 'Readings that say whether it runs';
COMMENT ON COLUMN heatpump_hourly_stored.hot_water_n IS 'Readings while making hot water';
COMMENT ON COLUMN heatpump_hourly_stored.defrost_n IS 'Readings while defrosting';
COMMENT ON COLUMN heatpump_hourly_stored.aux_n IS 'Readings with an auxiliary heater on';
COMMENT ON COLUMN heatpump_hourly_stored.alarm_n IS 'Readings with an alarm';
COMMENT ON COLUMN heatpump_hourly_stored.standby_n IS 'Readings of electric power while it does not run';
COMMENT ON COLUMN heatpump_hourly_stored.standby_kw_sum IS 'Sum: Electric power of standby_n, kW';
COMMENT ON COLUMN heatpump_hourly_stored.running_supply_temp_sum IS 'Sum: supply_temp while running, °C';
COMMENT ON COLUMN heatpump_hourly_stored.running_supply_temp_n IS 'Readings of supply_temp while running';
COMMENT ON COLUMN heatpump_hourly_stored.running_outdoor_temp_sum IS 'Sum: outdoor_temp while running, °C';
COMMENT ON COLUMN heatpump_hourly_stored.running_outdoor_temp_n IS 'Readings of outdoor_temp while running';
COMMENT ON COLUMN heatpump_hourly_stored.running_brine_in_temp_sum IS 'Sum: brine_in_temp while running, °C';
COMMENT ON COLUMN heatpump_hourly_stored.running_brine_in_temp_n IS 'Readings of brine_in_temp while running';
COMMENT ON COLUMN heatpump_hourly_stored.estimated_n IS 'Readings with an estimated value';

CREATE TABLE IF NOT EXISTS temperature_hourly_stored (
  device_id text NOT NULL,
  bucket timestamptz NOT NULL,
  PRIMARY KEY (device_id, bucket)
);
ALTER TABLE temperature_hourly_stored
  ADD COLUMN IF NOT EXISTS readings integer,
  ADD COLUMN IF NOT EXISTS first_at timestamptz,
  ADD COLUMN IF NOT EXISTS last_at timestamptz,
  ADD COLUMN IF NOT EXISTS temperature_sum double precision,
  ADD COLUMN IF NOT EXISTS temperature_n integer,
  ADD COLUMN IF NOT EXISTS temperature_min double precision,
  ADD COLUMN IF NOT EXISTS temperature_max double precision,
  ADD COLUMN IF NOT EXISTS humidity_sum double precision,
  ADD COLUMN IF NOT EXISTS humidity_n integer,
  ADD COLUMN IF NOT EXISTS humidity_min double precision,
  ADD COLUMN IF NOT EXISTS humidity_max double precision,
  ADD COLUMN IF NOT EXISTS battery_sum double precision,
  ADD COLUMN IF NOT EXISTS battery_n integer,
  ADD COLUMN IF NOT EXISTS battery_min double precision,
  ADD COLUMN IF NOT EXISTS battery_max double precision,
  ADD COLUMN IF NOT EXISTS battery_voltage_sum double precision,
  ADD COLUMN IF NOT EXISTS battery_voltage_n integer,
  ADD COLUMN IF NOT EXISTS battery_voltage_min double precision,
  ADD COLUMN IF NOT EXISTS battery_voltage_max double precision,
  ADD COLUMN IF NOT EXISTS link_quality_sum double precision,
  ADD COLUMN IF NOT EXISTS link_quality_n integer,
  ADD COLUMN IF NOT EXISTS link_quality_min double precision,
  ADD COLUMN IF NOT EXISTS link_quality_max double precision,
  ADD COLUMN IF NOT EXISTS rssi_sum double precision,
  ADD COLUMN IF NOT EXISTS rssi_n integer,
  ADD COLUMN IF NOT EXISTS rssi_min double precision,
  ADD COLUMN IF NOT EXISTS rssi_max double precision,
  ADD COLUMN IF NOT EXISTS estimated_n integer;
CREATE TABLE IF NOT EXISTS temperature_daily_stored (
  device_id text NOT NULL,
  bucket timestamptz NOT NULL,
  PRIMARY KEY (device_id, bucket)
);
ALTER TABLE temperature_daily_stored
  ADD COLUMN IF NOT EXISTS readings integer,
  ADD COLUMN IF NOT EXISTS first_at timestamptz,
  ADD COLUMN IF NOT EXISTS last_at timestamptz,
  ADD COLUMN IF NOT EXISTS temperature_sum double precision,
  ADD COLUMN IF NOT EXISTS temperature_n integer,
  ADD COLUMN IF NOT EXISTS temperature_min double precision,
  ADD COLUMN IF NOT EXISTS temperature_max double precision,
  ADD COLUMN IF NOT EXISTS humidity_sum double precision,
  ADD COLUMN IF NOT EXISTS humidity_n integer,
  ADD COLUMN IF NOT EXISTS humidity_min double precision,
  ADD COLUMN IF NOT EXISTS humidity_max double precision,
  ADD COLUMN IF NOT EXISTS battery_sum double precision,
  ADD COLUMN IF NOT EXISTS battery_n integer,
  ADD COLUMN IF NOT EXISTS battery_min double precision,
  ADD COLUMN IF NOT EXISTS battery_max double precision,
  ADD COLUMN IF NOT EXISTS battery_voltage_sum double precision,
  ADD COLUMN IF NOT EXISTS battery_voltage_n integer,
  ADD COLUMN IF NOT EXISTS battery_voltage_min double precision,
  ADD COLUMN IF NOT EXISTS battery_voltage_max double precision,
  ADD COLUMN IF NOT EXISTS link_quality_sum double precision,
  ADD COLUMN IF NOT EXISTS link_quality_n integer,
  ADD COLUMN IF NOT EXISTS link_quality_min double precision,
  ADD COLUMN IF NOT EXISTS link_quality_max double precision,
  ADD COLUMN IF NOT EXISTS rssi_sum double precision,
  ADD COLUMN IF NOT EXISTS rssi_n integer,
  ADD COLUMN IF NOT EXISTS rssi_min double precision,
  ADD COLUMN IF NOT EXISTS rssi_max double precision,
  ADD COLUMN IF NOT EXISTS estimated_n integer;
COMMENT ON COLUMN temperature_hourly_stored.device_id IS 'Who measured';
COMMENT ON COLUMN temperature_hourly_stored.bucket IS 'When the hour, or the day of the site, begins';
COMMENT ON COLUMN temperature_hourly_stored.readings IS 'Number of readings';
COMMENT ON COLUMN temperature_hourly_stored.first_at IS 'Time of the first reading';
COMMENT ON COLUMN temperature_hourly_stored.last_at IS 'Time of the last reading';
COMMENT ON COLUMN temperature_hourly_stored.temperature_sum IS 'Sum: Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_hourly_stored.temperature_n IS 'Readings with temperature';
COMMENT ON COLUMN temperature_hourly_stored.temperature_min IS 'Lowest: Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_hourly_stored.temperature_max IS 'Highest: Air temperature at the sensor, °C';
COMMENT ON COLUMN temperature_hourly_stored.humidity_sum IS 'Sum: Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_hourly_stored.humidity_n IS 'Readings with humidity';
COMMENT ON COLUMN temperature_hourly_stored.humidity_min IS 'Lowest: Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_hourly_stored.humidity_max IS 'Highest: Relative humidity at the sensor, %';
COMMENT ON COLUMN temperature_hourly_stored.battery_sum IS 'Sum: Charge left in the battery, %';
COMMENT ON COLUMN temperature_hourly_stored.battery_n IS 'Readings with battery';
COMMENT ON COLUMN temperature_hourly_stored.battery_min IS 'Lowest: Charge left in the battery, %';
COMMENT ON COLUMN temperature_hourly_stored.battery_max IS 'Highest: Charge left in the battery, %';
COMMENT ON COLUMN temperature_hourly_stored.battery_voltage_sum IS 'Sum: Voltage of the battery, V';
COMMENT ON COLUMN temperature_hourly_stored.battery_voltage_n IS 'Readings with battery_voltage';
COMMENT ON COLUMN temperature_hourly_stored.battery_voltage_min IS 'Lowest: Voltage of the battery, V';
COMMENT ON COLUMN temperature_hourly_stored.battery_voltage_max IS 'Highest: Voltage of the battery, V';
COMMENT ON COLUMN temperature_hourly_stored.link_quality_sum IS 'Sum: Zigbee link quality indicator';
COMMENT ON COLUMN temperature_hourly_stored.link_quality_n IS 'Readings with link_quality';
COMMENT ON COLUMN temperature_hourly_stored.link_quality_min IS 'Lowest: Zigbee link quality indicator';
COMMENT ON COLUMN temperature_hourly_stored.link_quality_max IS 'Highest: Zigbee link quality indicator';
COMMENT ON COLUMN temperature_hourly_stored.rssi_sum IS 'Sum: Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_hourly_stored.rssi_n IS 'Readings with rssi';
COMMENT ON COLUMN temperature_hourly_stored.rssi_min IS 'Lowest: Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_hourly_stored.rssi_max IS 'Highest: Received radio signal strength, dBm';
COMMENT ON COLUMN temperature_hourly_stored.estimated_n IS 'Readings with an estimated value';

-- One hour from its readings; planned for it alone, so that PostgreSQL opens one chunk.
CREATE OR REPLACE FUNCTION energy_hour(in_device text, in_bucket timestamptz) RETURNS SETOF energy_hourly_stored
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  in_end timestamptz := in_bucket + INTERVAL '1 hour';
BEGIN
  RETURN QUERY WITH extremes AS MATERIALIZED (
    SELECT min(total_energy_kwh) AS total_energy_kwh_min,
      max(total_energy_kwh) AS total_energy_kwh_max,
      min(total_production_kwh) AS total_production_kwh_min,
      max(total_production_kwh) AS total_production_kwh_max
    FROM energy_readings
  WHERE device_id = in_device AND time >= in_bucket AND time < in_end
  ) SELECT in_device, in_bucket,
    (count(*))::integer,
    min(time),
    max(time),
    first(total_energy_kwh, time) FILTER (WHERE total_energy_kwh IS NOT NULL),
    min(time) FILTER (WHERE total_energy_kwh IS NOT NULL),
    last(total_energy_kwh, time) FILTER (WHERE total_energy_kwh IS NOT NULL),
    max(time) FILTER (WHERE total_energy_kwh IS NOT NULL),
    min(total_energy_kwh),
    min(time) FILTER (WHERE total_energy_kwh = (SELECT total_energy_kwh_min FROM extremes)),
    max(total_energy_kwh),
    max(time) FILTER (WHERE total_energy_kwh = (SELECT total_energy_kwh_max FROM extremes)),
    (count(total_energy_kwh))::integer,
    sum(power_kw),
    (count(power_kw))::integer,
    min(power_kw),
    max(power_kw),
    sum(voltage),
    (count(voltage))::integer,
    min(voltage),
    max(voltage),
    sum(current),
    (count(current))::integer,
    min(current),
    max(current),
    sum(power_l1_kw),
    (count(power_l1_kw))::integer,
    min(power_l1_kw),
    max(power_l1_kw),
    sum(power_l2_kw),
    (count(power_l2_kw))::integer,
    min(power_l2_kw),
    max(power_l2_kw),
    sum(power_l3_kw),
    (count(power_l3_kw))::integer,
    min(power_l3_kw),
    max(power_l3_kw),
    sum(voltage_l1),
    (count(voltage_l1))::integer,
    min(voltage_l1),
    max(voltage_l1),
    sum(voltage_l2),
    (count(voltage_l2))::integer,
    min(voltage_l2),
    max(voltage_l2),
    sum(voltage_l3),
    (count(voltage_l3))::integer,
    min(voltage_l3),
    max(voltage_l3),
    sum(current_l1),
    (count(current_l1))::integer,
    min(current_l1),
    max(current_l1),
    sum(current_l2),
    (count(current_l2))::integer,
    min(current_l2),
    max(current_l2),
    sum(current_l3),
    (count(current_l3))::integer,
    min(current_l3),
    max(current_l3),
    sum(production_power_kw),
    (count(production_power_kw))::integer,
    min(production_power_kw),
    max(production_power_kw),
    first(total_production_kwh, time) FILTER (WHERE total_production_kwh IS NOT NULL),
    min(time) FILTER (WHERE total_production_kwh IS NOT NULL),
    last(total_production_kwh, time) FILTER (WHERE total_production_kwh IS NOT NULL),
    max(time) FILTER (WHERE total_production_kwh IS NOT NULL),
    min(total_production_kwh),
    min(time) FILTER (WHERE total_production_kwh = (SELECT total_production_kwh_min FROM extremes)),
    max(total_production_kwh),
    max(time) FILTER (WHERE total_production_kwh = (SELECT total_production_kwh_max FROM extremes)),
    (count(total_production_kwh))::integer,
    sum(power_factor),
    (count(power_factor))::integer,
    min(power_factor),
    max(power_factor),
    sum(rssi),
    (count(rssi))::integer,
    min(rssi),
    max(rssi),
    (count(*) FILTER (WHERE cardinality(estimated) > 0))::integer
  FROM energy_readings
  WHERE device_id = in_device AND time >= in_bucket AND time < in_end
  HAVING count(*) > 0;
END
$$;

-- One hour from its readings; planned for it alone, so that PostgreSQL opens one chunk.
CREATE OR REPLACE FUNCTION heatpump_hour(in_device text, in_bucket timestamptz) RETURNS SETOF heatpump_hourly_stored
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  in_end timestamptz := in_bucket + INTERVAL '1 hour';
BEGIN
  RETURN QUERY WITH extremes AS MATERIALIZED (
    SELECT min(runtime_compressor_h) AS runtime_compressor_h_min,
      max(runtime_compressor_h) AS runtime_compressor_h_max,
      min(runtime_hot_water_h) AS runtime_hot_water_h_min,
      max(runtime_hot_water_h) AS runtime_hot_water_h_max,
      min(runtime_aux_3kw_h) AS runtime_aux_3kw_h_min,
      max(runtime_aux_3kw_h) AS runtime_aux_3kw_h_max,
      min(runtime_aux_6kw_h) AS runtime_aux_6kw_h_min,
      max(runtime_aux_6kw_h) AS runtime_aux_6kw_h_max,
      min(compressor_starts) AS compressor_starts_min,
      max(compressor_starts) AS compressor_starts_max,
      min(total_consumed_kwh) AS total_consumed_kwh_min,
      max(total_consumed_kwh) AS total_consumed_kwh_max,
      min(total_heat_kwh) AS total_heat_kwh_min,
      max(total_heat_kwh) AS total_heat_kwh_max
    FROM heatpump_status
  WHERE device_id = in_device AND time >= in_bucket AND time < in_end
  ) SELECT in_device, in_bucket,
    (count(*))::integer,
    min(time),
    max(time),
    sum(target_temp),
    (count(target_temp))::integer,
    min(target_temp),
    max(target_temp),
    sum(actual_temp),
    (count(actual_temp))::integer,
    min(actual_temp),
    max(actual_temp),
    (count(*) FILTER (WHERE compressor_running))::integer,
    (count(compressor_running))::integer,
    sum(power_consumption_kw),
    (count(power_consumption_kw))::integer,
    min(power_consumption_kw),
    max(power_consumption_kw),
    sum(outdoor_temp),
    (count(outdoor_temp))::integer,
    min(outdoor_temp),
    max(outdoor_temp),
    sum(supply_temp),
    (count(supply_temp))::integer,
    min(supply_temp),
    max(supply_temp),
    sum(supply_target_temp),
    (count(supply_target_temp))::integer,
    min(supply_target_temp),
    max(supply_target_temp),
    sum(return_temp),
    (count(return_temp))::integer,
    min(return_temp),
    max(return_temp),
    sum(hot_water_temp),
    (count(hot_water_temp))::integer,
    min(hot_water_temp),
    max(hot_water_temp),
    sum(hot_water_target_temp),
    (count(hot_water_target_temp))::integer,
    min(hot_water_target_temp),
    max(hot_water_target_temp),
    sum(brine_in_temp),
    (count(brine_in_temp))::integer,
    min(brine_in_temp),
    max(brine_in_temp),
    sum(brine_out_temp),
    (count(brine_out_temp))::integer,
    min(brine_out_temp),
    max(brine_out_temp),
    sum(flow_rate_lpm),
    (count(flow_rate_lpm))::integer,
    min(flow_rate_lpm),
    max(flow_rate_lpm),
    (count(*) FILTER (WHERE circulation_pump_on))::integer,
    (count(circulation_pump_on))::integer,
    sum(circulation_pump_pct),
    (count(circulation_pump_pct))::integer,
    min(circulation_pump_pct),
    max(circulation_pump_pct),
    (count(*) FILTER (WHERE brine_pump_on))::integer,
    (count(brine_pump_on))::integer,
    sum(brine_pump_pct),
    (count(brine_pump_pct))::integer,
    min(brine_pump_pct),
    max(brine_pump_pct),
    sum(compressor_hz),
    (count(compressor_hz))::integer,
    min(compressor_hz),
    max(compressor_hz),
    (count(*) FILTER (WHERE hot_water_active))::integer,
    (count(hot_water_active))::integer,
    (count(*) FILTER (WHERE defrost_active))::integer,
    (count(defrost_active))::integer,
    (count(*) FILTER (WHERE aux_heater_3kw_on))::integer,
    (count(aux_heater_3kw_on))::integer,
    (count(*) FILTER (WHERE aux_heater_6kw_on))::integer,
    (count(aux_heater_6kw_on))::integer,
    sum(aux_heater_kw),
    (count(aux_heater_kw))::integer,
    min(aux_heater_kw),
    max(aux_heater_kw),
    sum(degree_minutes),
    (count(degree_minutes))::integer,
    min(degree_minutes),
    max(degree_minutes),
    first(runtime_compressor_h, time) FILTER (WHERE runtime_compressor_h IS NOT NULL),
    min(time) FILTER (WHERE runtime_compressor_h IS NOT NULL),
    last(runtime_compressor_h, time) FILTER (WHERE runtime_compressor_h IS NOT NULL),
    max(time) FILTER (WHERE runtime_compressor_h IS NOT NULL),
    min(runtime_compressor_h),
    min(time) FILTER (WHERE runtime_compressor_h = (SELECT runtime_compressor_h_min FROM extremes)),
    max(runtime_compressor_h),
    max(time) FILTER (WHERE runtime_compressor_h = (SELECT runtime_compressor_h_max FROM extremes)),
    (count(runtime_compressor_h))::integer,
    first(runtime_hot_water_h, time) FILTER (WHERE runtime_hot_water_h IS NOT NULL),
    min(time) FILTER (WHERE runtime_hot_water_h IS NOT NULL),
    last(runtime_hot_water_h, time) FILTER (WHERE runtime_hot_water_h IS NOT NULL),
    max(time) FILTER (WHERE runtime_hot_water_h IS NOT NULL),
    min(runtime_hot_water_h),
    min(time) FILTER (WHERE runtime_hot_water_h = (SELECT runtime_hot_water_h_min FROM extremes)),
    max(runtime_hot_water_h),
    max(time) FILTER (WHERE runtime_hot_water_h = (SELECT runtime_hot_water_h_max FROM extremes)),
    (count(runtime_hot_water_h))::integer,
    first(runtime_aux_3kw_h, time) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL),
    min(time) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL),
    last(runtime_aux_3kw_h, time) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL),
    max(time) FILTER (WHERE runtime_aux_3kw_h IS NOT NULL),
    min(runtime_aux_3kw_h),
    min(time) FILTER (WHERE runtime_aux_3kw_h = (SELECT runtime_aux_3kw_h_min FROM extremes)),
    max(runtime_aux_3kw_h),
    max(time) FILTER (WHERE runtime_aux_3kw_h = (SELECT runtime_aux_3kw_h_max FROM extremes)),
    (count(runtime_aux_3kw_h))::integer,
    first(runtime_aux_6kw_h, time) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL),
    min(time) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL),
    last(runtime_aux_6kw_h, time) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL),
    max(time) FILTER (WHERE runtime_aux_6kw_h IS NOT NULL),
    min(runtime_aux_6kw_h),
    min(time) FILTER (WHERE runtime_aux_6kw_h = (SELECT runtime_aux_6kw_h_min FROM extremes)),
    max(runtime_aux_6kw_h),
    max(time) FILTER (WHERE runtime_aux_6kw_h = (SELECT runtime_aux_6kw_h_max FROM extremes)),
    (count(runtime_aux_6kw_h))::integer,
    first(compressor_starts, time) FILTER (WHERE compressor_starts IS NOT NULL),
    min(time) FILTER (WHERE compressor_starts IS NOT NULL),
    last(compressor_starts, time) FILTER (WHERE compressor_starts IS NOT NULL),
    max(time) FILTER (WHERE compressor_starts IS NOT NULL),
    min(compressor_starts),
    min(time) FILTER (WHERE compressor_starts = (SELECT compressor_starts_min FROM extremes)),
    max(compressor_starts),
    max(time) FILTER (WHERE compressor_starts = (SELECT compressor_starts_max FROM extremes)),
    (count(compressor_starts))::integer,
    sum(heat_output_kw),
    (count(heat_output_kw))::integer,
    min(heat_output_kw),
    max(heat_output_kw),
    sum(cop),
    (count(cop))::integer,
    min(cop),
    max(cop),
    first(total_consumed_kwh, time) FILTER (WHERE total_consumed_kwh IS NOT NULL),
    min(time) FILTER (WHERE total_consumed_kwh IS NOT NULL),
    last(total_consumed_kwh, time) FILTER (WHERE total_consumed_kwh IS NOT NULL),
    max(time) FILTER (WHERE total_consumed_kwh IS NOT NULL),
    min(total_consumed_kwh),
    min(time) FILTER (WHERE total_consumed_kwh = (SELECT total_consumed_kwh_min FROM extremes)),
    max(total_consumed_kwh),
    max(time) FILTER (WHERE total_consumed_kwh = (SELECT total_consumed_kwh_max FROM extremes)),
    (count(total_consumed_kwh))::integer,
    first(total_heat_kwh, time) FILTER (WHERE total_heat_kwh IS NOT NULL),
    min(time) FILTER (WHERE total_heat_kwh IS NOT NULL),
    last(total_heat_kwh, time) FILTER (WHERE total_heat_kwh IS NOT NULL),
    max(time) FILTER (WHERE total_heat_kwh IS NOT NULL),
    min(total_heat_kwh),
    min(time) FILTER (WHERE total_heat_kwh = (SELECT total_heat_kwh_min FROM extremes)),
    max(total_heat_kwh),
    max(time) FILTER (WHERE total_heat_kwh = (SELECT total_heat_kwh_max FROM extremes)),
    (count(total_heat_kwh))::integer,
    sum(rssi),
    (count(rssi))::integer,
    min(rssi),
    max(rssi),
    (count(*) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL))::integer,
    sum(coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END)) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL),
    sum(power_consumption_kw) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL),
    (count(*) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL AND CASE WHEN mode IN ('hot_water', 'legionella') THEN true ELSE hot_water_active END))::integer,
    sum(coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END)) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL AND CASE WHEN mode IN ('hot_water', 'legionella') THEN true ELSE hot_water_active END),
    sum(power_consumption_kw) FILTER (WHERE coalesce(heat_output_kw, CASE WHEN flow_rate_lpm < 2 THEN 0 ELSE flow_rate_lpm * (supply_temp - return_temp) * 4.15 / 60 END) IS NOT NULL AND power_consumption_kw IS NOT NULL AND CASE WHEN mode IN ('hot_water', 'legionella') THEN true ELSE hot_water_active END),
    (count(*) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)))::integer,
    (count(*) FILTER (WHERE (coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)) IS NOT NULL))::integer,
    (count(*) FILTER (WHERE CASE WHEN mode IN ('hot_water', 'legionella') THEN true ELSE hot_water_active END))::integer,
    (count(*) FILTER (WHERE CASE WHEN mode = 'defrost' THEN true ELSE defrost_active END))::integer,
    (count(*) FILTER (WHERE (aux_heater_3kw_on OR aux_heater_6kw_on OR aux_heater_kw > 0)))::integer,
    (count(*) FILTER (WHERE (mode = 'alarm' OR cardinality(alarm_codes) > 0)))::integer,
    (count(*) FILTER (WHERE NOT coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15) AND power_consumption_kw IS NOT NULL))::integer,
    sum(power_consumption_kw) FILTER (WHERE NOT coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15) AND power_consumption_kw IS NOT NULL),
    sum(supply_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)),
    (count(supply_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)))::integer,
    sum(outdoor_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)),
    (count(outdoor_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)))::integer,
    sum(brine_in_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)),
    (count(brine_in_temp) FILTER (WHERE coalesce(compressor_running, compressor_hz > 0, power_consumption_kw >= 0.15)))::integer,
    (count(*) FILTER (WHERE cardinality(estimated) > 0))::integer
  FROM heatpump_status
  WHERE device_id = in_device AND time >= in_bucket AND time < in_end
  HAVING count(*) > 0;
END
$$;

-- One hour from its readings; planned for it alone, so that PostgreSQL opens one chunk.
CREATE OR REPLACE FUNCTION temperature_hour(in_device text, in_bucket timestamptz) RETURNS SETOF temperature_hourly_stored
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  in_end timestamptz := in_bucket + INTERVAL '1 hour';
BEGIN
  RETURN QUERY SELECT in_device, in_bucket,
    (count(*))::integer,
    min(time),
    max(time),
    sum(temperature),
    (count(temperature))::integer,
    min(temperature),
    max(temperature),
    sum(humidity),
    (count(humidity))::integer,
    min(humidity),
    max(humidity),
    sum(battery),
    (count(battery))::integer,
    min(battery),
    max(battery),
    sum(battery_voltage),
    (count(battery_voltage))::integer,
    min(battery_voltage),
    max(battery_voltage),
    sum(link_quality),
    (count(link_quality))::integer,
    min(link_quality),
    max(link_quality),
    sum(rssi),
    (count(rssi))::integer,
    min(rssi),
    max(rssi),
    (count(*) FILTER (WHERE cardinality(estimated) > 0))::integer
  FROM temperature_readings
  WHERE device_id = in_device AND time >= in_bucket AND time < in_end
  HAVING count(*) > 0;
END
$$;

CREATE OR REPLACE VIEW energy_hourly AS
SELECT stored.device_id, stored.bucket, stored.readings, stored.first_at, stored.last_at, stored.total_energy_kwh_first, stored.total_energy_kwh_first_at, stored.total_energy_kwh_last, stored.total_energy_kwh_last_at, stored.total_energy_kwh_min, stored.total_energy_kwh_min_at, stored.total_energy_kwh_max, stored.total_energy_kwh_max_at, stored.total_energy_kwh_n, stored.power_kw_sum, stored.power_kw_n, stored.power_kw_min, stored.power_kw_max, stored.voltage_sum, stored.voltage_n, stored.voltage_min, stored.voltage_max, stored.current_sum, stored.current_n, stored.current_min, stored.current_max, stored.power_l1_kw_sum, stored.power_l1_kw_n, stored.power_l1_kw_min, stored.power_l1_kw_max, stored.power_l2_kw_sum, stored.power_l2_kw_n, stored.power_l2_kw_min, stored.power_l2_kw_max, stored.power_l3_kw_sum, stored.power_l3_kw_n, stored.power_l3_kw_min, stored.power_l3_kw_max, stored.voltage_l1_sum, stored.voltage_l1_n, stored.voltage_l1_min, stored.voltage_l1_max, stored.voltage_l2_sum, stored.voltage_l2_n, stored.voltage_l2_min, stored.voltage_l2_max, stored.voltage_l3_sum, stored.voltage_l3_n, stored.voltage_l3_min, stored.voltage_l3_max, stored.current_l1_sum, stored.current_l1_n, stored.current_l1_min, stored.current_l1_max, stored.current_l2_sum, stored.current_l2_n, stored.current_l2_min, stored.current_l2_max, stored.current_l3_sum, stored.current_l3_n, stored.current_l3_min, stored.current_l3_max, stored.production_power_kw_sum, stored.production_power_kw_n, stored.production_power_kw_min, stored.production_power_kw_max, stored.total_production_kwh_first, stored.total_production_kwh_first_at, stored.total_production_kwh_last, stored.total_production_kwh_last_at, stored.total_production_kwh_min, stored.total_production_kwh_min_at, stored.total_production_kwh_max, stored.total_production_kwh_max_at, stored.total_production_kwh_n, stored.power_factor_sum, stored.power_factor_n, stored.power_factor_min, stored.power_factor_max, stored.rssi_sum, stored.rssi_n, stored.rssi_min, stored.rssi_max, stored.estimated_n
FROM energy_hourly_stored AS stored
WHERE NOT EXISTS (
  SELECT FROM (SELECT device_id, bucket AS bucket FROM rollup_pending WHERE stream = 'energy') AS pending
  WHERE pending.device_id = stored.device_id AND pending.bucket = stored.bucket
)
UNION ALL
SELECT pending.device_id, pending.bucket, made.readings, made.first_at, made.last_at, made.total_energy_kwh_first, made.total_energy_kwh_first_at, made.total_energy_kwh_last, made.total_energy_kwh_last_at, made.total_energy_kwh_min, made.total_energy_kwh_min_at, made.total_energy_kwh_max, made.total_energy_kwh_max_at, made.total_energy_kwh_n, made.power_kw_sum, made.power_kw_n, made.power_kw_min, made.power_kw_max, made.voltage_sum, made.voltage_n, made.voltage_min, made.voltage_max, made.current_sum, made.current_n, made.current_min, made.current_max, made.power_l1_kw_sum, made.power_l1_kw_n, made.power_l1_kw_min, made.power_l1_kw_max, made.power_l2_kw_sum, made.power_l2_kw_n, made.power_l2_kw_min, made.power_l2_kw_max, made.power_l3_kw_sum, made.power_l3_kw_n, made.power_l3_kw_min, made.power_l3_kw_max, made.voltage_l1_sum, made.voltage_l1_n, made.voltage_l1_min, made.voltage_l1_max, made.voltage_l2_sum, made.voltage_l2_n, made.voltage_l2_min, made.voltage_l2_max, made.voltage_l3_sum, made.voltage_l3_n, made.voltage_l3_min, made.voltage_l3_max, made.current_l1_sum, made.current_l1_n, made.current_l1_min, made.current_l1_max, made.current_l2_sum, made.current_l2_n, made.current_l2_min, made.current_l2_max, made.current_l3_sum, made.current_l3_n, made.current_l3_min, made.current_l3_max, made.production_power_kw_sum, made.production_power_kw_n, made.production_power_kw_min, made.production_power_kw_max, made.total_production_kwh_first, made.total_production_kwh_first_at, made.total_production_kwh_last, made.total_production_kwh_last_at, made.total_production_kwh_min, made.total_production_kwh_min_at, made.total_production_kwh_max, made.total_production_kwh_max_at, made.total_production_kwh_n, made.power_factor_sum, made.power_factor_n, made.power_factor_min, made.power_factor_max, made.rssi_sum, made.rssi_n, made.rssi_min, made.rssi_max, made.estimated_n
FROM (SELECT DISTINCT device_id, bucket AS bucket FROM rollup_pending WHERE stream = 'energy') AS pending
CROSS JOIN LATERAL energy_hour(pending.device_id, pending.bucket) AS made;

CREATE OR REPLACE VIEW heatpump_hourly AS
SELECT stored.device_id, stored.bucket, stored.readings, stored.first_at, stored.last_at, stored.target_temp_sum, stored.target_temp_n, stored.target_temp_min, stored.target_temp_max, stored.actual_temp_sum, stored.actual_temp_n, stored.actual_temp_min, stored.actual_temp_max, stored.compressor_running_true_n, stored.compressor_running_n, stored.power_consumption_kw_sum, stored.power_consumption_kw_n, stored.power_consumption_kw_min, stored.power_consumption_kw_max, stored.outdoor_temp_sum, stored.outdoor_temp_n, stored.outdoor_temp_min, stored.outdoor_temp_max, stored.supply_temp_sum, stored.supply_temp_n, stored.supply_temp_min, stored.supply_temp_max, stored.supply_target_temp_sum, stored.supply_target_temp_n, stored.supply_target_temp_min, stored.supply_target_temp_max, stored.return_temp_sum, stored.return_temp_n, stored.return_temp_min, stored.return_temp_max, stored.hot_water_temp_sum, stored.hot_water_temp_n, stored.hot_water_temp_min, stored.hot_water_temp_max, stored.hot_water_target_temp_sum, stored.hot_water_target_temp_n, stored.hot_water_target_temp_min, stored.hot_water_target_temp_max, stored.brine_in_temp_sum, stored.brine_in_temp_n, stored.brine_in_temp_min, stored.brine_in_temp_max, stored.brine_out_temp_sum, stored.brine_out_temp_n, stored.brine_out_temp_min, stored.brine_out_temp_max, stored.flow_rate_lpm_sum, stored.flow_rate_lpm_n, stored.flow_rate_lpm_min, stored.flow_rate_lpm_max, stored.circulation_pump_on_true_n, stored.circulation_pump_on_n, stored.circulation_pump_pct_sum, stored.circulation_pump_pct_n, stored.circulation_pump_pct_min, stored.circulation_pump_pct_max, stored.brine_pump_on_true_n, stored.brine_pump_on_n, stored.brine_pump_pct_sum, stored.brine_pump_pct_n, stored.brine_pump_pct_min, stored.brine_pump_pct_max, stored.compressor_hz_sum, stored.compressor_hz_n, stored.compressor_hz_min, stored.compressor_hz_max, stored.hot_water_active_true_n, stored.hot_water_active_n, stored.defrost_active_true_n, stored.defrost_active_n, stored.aux_heater_3kw_on_true_n, stored.aux_heater_3kw_on_n, stored.aux_heater_6kw_on_true_n, stored.aux_heater_6kw_on_n, stored.aux_heater_kw_sum, stored.aux_heater_kw_n, stored.aux_heater_kw_min, stored.aux_heater_kw_max, stored.degree_minutes_sum, stored.degree_minutes_n, stored.degree_minutes_min, stored.degree_minutes_max, stored.runtime_compressor_h_first, stored.runtime_compressor_h_first_at, stored.runtime_compressor_h_last, stored.runtime_compressor_h_last_at, stored.runtime_compressor_h_min, stored.runtime_compressor_h_min_at, stored.runtime_compressor_h_max, stored.runtime_compressor_h_max_at, stored.runtime_compressor_h_n, stored.runtime_hot_water_h_first, stored.runtime_hot_water_h_first_at, stored.runtime_hot_water_h_last, stored.runtime_hot_water_h_last_at, stored.runtime_hot_water_h_min, stored.runtime_hot_water_h_min_at, stored.runtime_hot_water_h_max, stored.runtime_hot_water_h_max_at, stored.runtime_hot_water_h_n, stored.runtime_aux_3kw_h_first, stored.runtime_aux_3kw_h_first_at, stored.runtime_aux_3kw_h_last, stored.runtime_aux_3kw_h_last_at, stored.runtime_aux_3kw_h_min, stored.runtime_aux_3kw_h_min_at, stored.runtime_aux_3kw_h_max, stored.runtime_aux_3kw_h_max_at, stored.runtime_aux_3kw_h_n, stored.runtime_aux_6kw_h_first, stored.runtime_aux_6kw_h_first_at, stored.runtime_aux_6kw_h_last, stored.runtime_aux_6kw_h_last_at, stored.runtime_aux_6kw_h_min, stored.runtime_aux_6kw_h_min_at, stored.runtime_aux_6kw_h_max, stored.runtime_aux_6kw_h_max_at, stored.runtime_aux_6kw_h_n, stored.compressor_starts_first, stored.compressor_starts_first_at, stored.compressor_starts_last, stored.compressor_starts_last_at, stored.compressor_starts_min, stored.compressor_starts_min_at, stored.compressor_starts_max, stored.compressor_starts_max_at, stored.compressor_starts_n, stored.heat_output_kw_sum, stored.heat_output_kw_n, stored.heat_output_kw_min, stored.heat_output_kw_max, stored.cop_sum, stored.cop_n, stored.cop_min, stored.cop_max, stored.total_consumed_kwh_first, stored.total_consumed_kwh_first_at, stored.total_consumed_kwh_last, stored.total_consumed_kwh_last_at, stored.total_consumed_kwh_min, stored.total_consumed_kwh_min_at, stored.total_consumed_kwh_max, stored.total_consumed_kwh_max_at, stored.total_consumed_kwh_n, stored.total_heat_kwh_first, stored.total_heat_kwh_first_at, stored.total_heat_kwh_last, stored.total_heat_kwh_last_at, stored.total_heat_kwh_min, stored.total_heat_kwh_min_at, stored.total_heat_kwh_max, stored.total_heat_kwh_max_at, stored.total_heat_kwh_n, stored.rssi_sum, stored.rssi_n, stored.rssi_min, stored.rssi_max, stored.paired_n, stored.paired_heat_kw_sum, stored.paired_electric_kw_sum, stored.hot_water_paired_n, stored.hot_water_heat_kw_sum, stored.hot_water_electric_kw_sum, stored.running_n, stored.running_known_n, stored.hot_water_n, stored.defrost_n, stored.aux_n, stored.alarm_n, stored.standby_n, stored.standby_kw_sum, stored.running_supply_temp_sum, stored.running_supply_temp_n, stored.running_outdoor_temp_sum, stored.running_outdoor_temp_n, stored.running_brine_in_temp_sum, stored.running_brine_in_temp_n, stored.estimated_n
FROM heatpump_hourly_stored AS stored
WHERE NOT EXISTS (
  SELECT FROM (SELECT device_id, bucket AS bucket FROM rollup_pending WHERE stream = 'heatpump') AS pending
  WHERE pending.device_id = stored.device_id AND pending.bucket = stored.bucket
)
UNION ALL
SELECT pending.device_id, pending.bucket, made.readings, made.first_at, made.last_at, made.target_temp_sum, made.target_temp_n, made.target_temp_min, made.target_temp_max, made.actual_temp_sum, made.actual_temp_n, made.actual_temp_min, made.actual_temp_max, made.compressor_running_true_n, made.compressor_running_n, made.power_consumption_kw_sum, made.power_consumption_kw_n, made.power_consumption_kw_min, made.power_consumption_kw_max, made.outdoor_temp_sum, made.outdoor_temp_n, made.outdoor_temp_min, made.outdoor_temp_max, made.supply_temp_sum, made.supply_temp_n, made.supply_temp_min, made.supply_temp_max, made.supply_target_temp_sum, made.supply_target_temp_n, made.supply_target_temp_min, made.supply_target_temp_max, made.return_temp_sum, made.return_temp_n, made.return_temp_min, made.return_temp_max, made.hot_water_temp_sum, made.hot_water_temp_n, made.hot_water_temp_min, made.hot_water_temp_max, made.hot_water_target_temp_sum, made.hot_water_target_temp_n, made.hot_water_target_temp_min, made.hot_water_target_temp_max, made.brine_in_temp_sum, made.brine_in_temp_n, made.brine_in_temp_min, made.brine_in_temp_max, made.brine_out_temp_sum, made.brine_out_temp_n, made.brine_out_temp_min, made.brine_out_temp_max, made.flow_rate_lpm_sum, made.flow_rate_lpm_n, made.flow_rate_lpm_min, made.flow_rate_lpm_max, made.circulation_pump_on_true_n, made.circulation_pump_on_n, made.circulation_pump_pct_sum, made.circulation_pump_pct_n, made.circulation_pump_pct_min, made.circulation_pump_pct_max, made.brine_pump_on_true_n, made.brine_pump_on_n, made.brine_pump_pct_sum, made.brine_pump_pct_n, made.brine_pump_pct_min, made.brine_pump_pct_max, made.compressor_hz_sum, made.compressor_hz_n, made.compressor_hz_min, made.compressor_hz_max, made.hot_water_active_true_n, made.hot_water_active_n, made.defrost_active_true_n, made.defrost_active_n, made.aux_heater_3kw_on_true_n, made.aux_heater_3kw_on_n, made.aux_heater_6kw_on_true_n, made.aux_heater_6kw_on_n, made.aux_heater_kw_sum, made.aux_heater_kw_n, made.aux_heater_kw_min, made.aux_heater_kw_max, made.degree_minutes_sum, made.degree_minutes_n, made.degree_minutes_min, made.degree_minutes_max, made.runtime_compressor_h_first, made.runtime_compressor_h_first_at, made.runtime_compressor_h_last, made.runtime_compressor_h_last_at, made.runtime_compressor_h_min, made.runtime_compressor_h_min_at, made.runtime_compressor_h_max, made.runtime_compressor_h_max_at, made.runtime_compressor_h_n, made.runtime_hot_water_h_first, made.runtime_hot_water_h_first_at, made.runtime_hot_water_h_last, made.runtime_hot_water_h_last_at, made.runtime_hot_water_h_min, made.runtime_hot_water_h_min_at, made.runtime_hot_water_h_max, made.runtime_hot_water_h_max_at, made.runtime_hot_water_h_n, made.runtime_aux_3kw_h_first, made.runtime_aux_3kw_h_first_at, made.runtime_aux_3kw_h_last, made.runtime_aux_3kw_h_last_at, made.runtime_aux_3kw_h_min, made.runtime_aux_3kw_h_min_at, made.runtime_aux_3kw_h_max, made.runtime_aux_3kw_h_max_at, made.runtime_aux_3kw_h_n, made.runtime_aux_6kw_h_first, made.runtime_aux_6kw_h_first_at, made.runtime_aux_6kw_h_last, made.runtime_aux_6kw_h_last_at, made.runtime_aux_6kw_h_min, made.runtime_aux_6kw_h_min_at, made.runtime_aux_6kw_h_max, made.runtime_aux_6kw_h_max_at, made.runtime_aux_6kw_h_n, made.compressor_starts_first, made.compressor_starts_first_at, made.compressor_starts_last, made.compressor_starts_last_at, made.compressor_starts_min, made.compressor_starts_min_at, made.compressor_starts_max, made.compressor_starts_max_at, made.compressor_starts_n, made.heat_output_kw_sum, made.heat_output_kw_n, made.heat_output_kw_min, made.heat_output_kw_max, made.cop_sum, made.cop_n, made.cop_min, made.cop_max, made.total_consumed_kwh_first, made.total_consumed_kwh_first_at, made.total_consumed_kwh_last, made.total_consumed_kwh_last_at, made.total_consumed_kwh_min, made.total_consumed_kwh_min_at, made.total_consumed_kwh_max, made.total_consumed_kwh_max_at, made.total_consumed_kwh_n, made.total_heat_kwh_first, made.total_heat_kwh_first_at, made.total_heat_kwh_last, made.total_heat_kwh_last_at, made.total_heat_kwh_min, made.total_heat_kwh_min_at, made.total_heat_kwh_max, made.total_heat_kwh_max_at, made.total_heat_kwh_n, made.rssi_sum, made.rssi_n, made.rssi_min, made.rssi_max, made.paired_n, made.paired_heat_kw_sum, made.paired_electric_kw_sum, made.hot_water_paired_n, made.hot_water_heat_kw_sum, made.hot_water_electric_kw_sum, made.running_n, made.running_known_n, made.hot_water_n, made.defrost_n, made.aux_n, made.alarm_n, made.standby_n, made.standby_kw_sum, made.running_supply_temp_sum, made.running_supply_temp_n, made.running_outdoor_temp_sum, made.running_outdoor_temp_n, made.running_brine_in_temp_sum, made.running_brine_in_temp_n, made.estimated_n
FROM (SELECT DISTINCT device_id, bucket AS bucket FROM rollup_pending WHERE stream = 'heatpump') AS pending
CROSS JOIN LATERAL heatpump_hour(pending.device_id, pending.bucket) AS made;

CREATE OR REPLACE VIEW temperature_hourly AS
SELECT stored.device_id, stored.bucket, stored.readings, stored.first_at, stored.last_at, stored.temperature_sum, stored.temperature_n, stored.temperature_min, stored.temperature_max, stored.humidity_sum, stored.humidity_n, stored.humidity_min, stored.humidity_max, stored.battery_sum, stored.battery_n, stored.battery_min, stored.battery_max, stored.battery_voltage_sum, stored.battery_voltage_n, stored.battery_voltage_min, stored.battery_voltage_max, stored.link_quality_sum, stored.link_quality_n, stored.link_quality_min, stored.link_quality_max, stored.rssi_sum, stored.rssi_n, stored.rssi_min, stored.rssi_max, stored.estimated_n
FROM temperature_hourly_stored AS stored
WHERE NOT EXISTS (
  SELECT FROM (SELECT device_id, bucket AS bucket FROM rollup_pending WHERE stream = 'temperature') AS pending
  WHERE pending.device_id = stored.device_id AND pending.bucket = stored.bucket
)
UNION ALL
SELECT pending.device_id, pending.bucket, made.readings, made.first_at, made.last_at, made.temperature_sum, made.temperature_n, made.temperature_min, made.temperature_max, made.humidity_sum, made.humidity_n, made.humidity_min, made.humidity_max, made.battery_sum, made.battery_n, made.battery_min, made.battery_max, made.battery_voltage_sum, made.battery_voltage_n, made.battery_voltage_min, made.battery_voltage_max, made.link_quality_sum, made.link_quality_n, made.link_quality_min, made.link_quality_max, made.rssi_sum, made.rssi_n, made.rssi_min, made.rssi_max, made.estimated_n
FROM (SELECT DISTINCT device_id, bucket AS bucket FROM rollup_pending WHERE stream = 'temperature') AS pending
CROSS JOIN LATERAL temperature_hour(pending.device_id, pending.bucket) AS made;

CREATE OR REPLACE FUNCTION rollup_day_end(in_day timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT (in_day AT TIME ZONE time_zone + INTERVAL '1 day') AT TIME ZONE time_zone FROM rollup_settings
$$;
CREATE OR REPLACE FUNCTION rollup_hour(in_time timestamptz) RETURNS timestamptz
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT time_bucket(INTERVAL '1 hour', in_time, hour_offset) FROM rollup_settings
$$;

CREATE OR REPLACE FUNCTION energy_day(in_device text, in_bucket timestamptz) RETURNS SETOF energy_daily_stored
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  in_end timestamptz := rollup_day_end(in_bucket);
BEGIN
  RETURN QUERY SELECT in_device, in_bucket,
    sum(readings)::integer,
    min(first_at),
    max(last_at),
    first(total_energy_kwh_first, total_energy_kwh_first_at) FILTER (WHERE total_energy_kwh_first_at IS NOT NULL),
    min(total_energy_kwh_first_at),
    last(total_energy_kwh_last, total_energy_kwh_last_at) FILTER (WHERE total_energy_kwh_last_at IS NOT NULL),
    max(total_energy_kwh_last_at),
    min(total_energy_kwh_min),
    to_timestamp((min(ARRAY[total_energy_kwh_min, extract(epoch FROM total_energy_kwh_min_at)::double precision]) FILTER (WHERE total_energy_kwh_min IS NOT NULL))[2]),
    max(total_energy_kwh_max),
    to_timestamp((max(ARRAY[total_energy_kwh_max, extract(epoch FROM total_energy_kwh_max_at)::double precision]) FILTER (WHERE total_energy_kwh_max IS NOT NULL))[2]),
    sum(total_energy_kwh_n)::integer,
    sum(power_kw_sum),
    sum(power_kw_n)::integer,
    min(power_kw_min),
    max(power_kw_max),
    sum(voltage_sum),
    sum(voltage_n)::integer,
    min(voltage_min),
    max(voltage_max),
    sum(current_sum),
    sum(current_n)::integer,
    min(current_min),
    max(current_max),
    sum(power_l1_kw_sum),
    sum(power_l1_kw_n)::integer,
    min(power_l1_kw_min),
    max(power_l1_kw_max),
    sum(power_l2_kw_sum),
    sum(power_l2_kw_n)::integer,
    min(power_l2_kw_min),
    max(power_l2_kw_max),
    sum(power_l3_kw_sum),
    sum(power_l3_kw_n)::integer,
    min(power_l3_kw_min),
    max(power_l3_kw_max),
    sum(voltage_l1_sum),
    sum(voltage_l1_n)::integer,
    min(voltage_l1_min),
    max(voltage_l1_max),
    sum(voltage_l2_sum),
    sum(voltage_l2_n)::integer,
    min(voltage_l2_min),
    max(voltage_l2_max),
    sum(voltage_l3_sum),
    sum(voltage_l3_n)::integer,
    min(voltage_l3_min),
    max(voltage_l3_max),
    sum(current_l1_sum),
    sum(current_l1_n)::integer,
    min(current_l1_min),
    max(current_l1_max),
    sum(current_l2_sum),
    sum(current_l2_n)::integer,
    min(current_l2_min),
    max(current_l2_max),
    sum(current_l3_sum),
    sum(current_l3_n)::integer,
    min(current_l3_min),
    max(current_l3_max),
    sum(production_power_kw_sum),
    sum(production_power_kw_n)::integer,
    min(production_power_kw_min),
    max(production_power_kw_max),
    first(total_production_kwh_first, total_production_kwh_first_at) FILTER (WHERE total_production_kwh_first_at IS NOT NULL),
    min(total_production_kwh_first_at),
    last(total_production_kwh_last, total_production_kwh_last_at) FILTER (WHERE total_production_kwh_last_at IS NOT NULL),
    max(total_production_kwh_last_at),
    min(total_production_kwh_min),
    to_timestamp((min(ARRAY[total_production_kwh_min, extract(epoch FROM total_production_kwh_min_at)::double precision]) FILTER (WHERE total_production_kwh_min IS NOT NULL))[2]),
    max(total_production_kwh_max),
    to_timestamp((max(ARRAY[total_production_kwh_max, extract(epoch FROM total_production_kwh_max_at)::double precision]) FILTER (WHERE total_production_kwh_max IS NOT NULL))[2]),
    sum(total_production_kwh_n)::integer,
    sum(power_factor_sum),
    sum(power_factor_n)::integer,
    min(power_factor_min),
    max(power_factor_max),
    sum(rssi_sum),
    sum(rssi_n)::integer,
    min(rssi_min),
    max(rssi_max),
    sum(estimated_n)::integer
  FROM energy_hourly
  WHERE device_id = in_device AND bucket >= in_bucket AND bucket < in_end
  HAVING count(*) > 0;
END
$$;

CREATE OR REPLACE FUNCTION heatpump_day(in_device text, in_bucket timestamptz) RETURNS SETOF heatpump_daily_stored
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  in_end timestamptz := rollup_day_end(in_bucket);
BEGIN
  RETURN QUERY SELECT in_device, in_bucket,
    sum(readings)::integer,
    min(first_at),
    max(last_at),
    sum(target_temp_sum),
    sum(target_temp_n)::integer,
    min(target_temp_min),
    max(target_temp_max),
    sum(actual_temp_sum),
    sum(actual_temp_n)::integer,
    min(actual_temp_min),
    max(actual_temp_max),
    sum(compressor_running_true_n)::integer,
    sum(compressor_running_n)::integer,
    sum(power_consumption_kw_sum),
    sum(power_consumption_kw_n)::integer,
    min(power_consumption_kw_min),
    max(power_consumption_kw_max),
    sum(outdoor_temp_sum),
    sum(outdoor_temp_n)::integer,
    min(outdoor_temp_min),
    max(outdoor_temp_max),
    sum(supply_temp_sum),
    sum(supply_temp_n)::integer,
    min(supply_temp_min),
    max(supply_temp_max),
    sum(supply_target_temp_sum),
    sum(supply_target_temp_n)::integer,
    min(supply_target_temp_min),
    max(supply_target_temp_max),
    sum(return_temp_sum),
    sum(return_temp_n)::integer,
    min(return_temp_min),
    max(return_temp_max),
    sum(hot_water_temp_sum),
    sum(hot_water_temp_n)::integer,
    min(hot_water_temp_min),
    max(hot_water_temp_max),
    sum(hot_water_target_temp_sum),
    sum(hot_water_target_temp_n)::integer,
    min(hot_water_target_temp_min),
    max(hot_water_target_temp_max),
    sum(brine_in_temp_sum),
    sum(brine_in_temp_n)::integer,
    min(brine_in_temp_min),
    max(brine_in_temp_max),
    sum(brine_out_temp_sum),
    sum(brine_out_temp_n)::integer,
    min(brine_out_temp_min),
    max(brine_out_temp_max),
    sum(flow_rate_lpm_sum),
    sum(flow_rate_lpm_n)::integer,
    min(flow_rate_lpm_min),
    max(flow_rate_lpm_max),
    sum(circulation_pump_on_true_n)::integer,
    sum(circulation_pump_on_n)::integer,
    sum(circulation_pump_pct_sum),
    sum(circulation_pump_pct_n)::integer,
    min(circulation_pump_pct_min),
    max(circulation_pump_pct_max),
    sum(brine_pump_on_true_n)::integer,
    sum(brine_pump_on_n)::integer,
    sum(brine_pump_pct_sum),
    sum(brine_pump_pct_n)::integer,
    min(brine_pump_pct_min),
    max(brine_pump_pct_max),
    sum(compressor_hz_sum),
    sum(compressor_hz_n)::integer,
    min(compressor_hz_min),
    max(compressor_hz_max),
    sum(hot_water_active_true_n)::integer,
    sum(hot_water_active_n)::integer,
    sum(defrost_active_true_n)::integer,
    sum(defrost_active_n)::integer,
    sum(aux_heater_3kw_on_true_n)::integer,
    sum(aux_heater_3kw_on_n)::integer,
    sum(aux_heater_6kw_on_true_n)::integer,
    sum(aux_heater_6kw_on_n)::integer,
    sum(aux_heater_kw_sum),
    sum(aux_heater_kw_n)::integer,
    min(aux_heater_kw_min),
    max(aux_heater_kw_max),
    sum(degree_minutes_sum),
    sum(degree_minutes_n)::integer,
    min(degree_minutes_min),
    max(degree_minutes_max),
    first(runtime_compressor_h_first, runtime_compressor_h_first_at) FILTER (WHERE runtime_compressor_h_first_at IS NOT NULL),
    min(runtime_compressor_h_first_at),
    last(runtime_compressor_h_last, runtime_compressor_h_last_at) FILTER (WHERE runtime_compressor_h_last_at IS NOT NULL),
    max(runtime_compressor_h_last_at),
    min(runtime_compressor_h_min),
    to_timestamp((min(ARRAY[runtime_compressor_h_min, extract(epoch FROM runtime_compressor_h_min_at)::double precision]) FILTER (WHERE runtime_compressor_h_min IS NOT NULL))[2]),
    max(runtime_compressor_h_max),
    to_timestamp((max(ARRAY[runtime_compressor_h_max, extract(epoch FROM runtime_compressor_h_max_at)::double precision]) FILTER (WHERE runtime_compressor_h_max IS NOT NULL))[2]),
    sum(runtime_compressor_h_n)::integer,
    first(runtime_hot_water_h_first, runtime_hot_water_h_first_at) FILTER (WHERE runtime_hot_water_h_first_at IS NOT NULL),
    min(runtime_hot_water_h_first_at),
    last(runtime_hot_water_h_last, runtime_hot_water_h_last_at) FILTER (WHERE runtime_hot_water_h_last_at IS NOT NULL),
    max(runtime_hot_water_h_last_at),
    min(runtime_hot_water_h_min),
    to_timestamp((min(ARRAY[runtime_hot_water_h_min, extract(epoch FROM runtime_hot_water_h_min_at)::double precision]) FILTER (WHERE runtime_hot_water_h_min IS NOT NULL))[2]),
    max(runtime_hot_water_h_max),
    to_timestamp((max(ARRAY[runtime_hot_water_h_max, extract(epoch FROM runtime_hot_water_h_max_at)::double precision]) FILTER (WHERE runtime_hot_water_h_max IS NOT NULL))[2]),
    sum(runtime_hot_water_h_n)::integer,
    first(runtime_aux_3kw_h_first, runtime_aux_3kw_h_first_at) FILTER (WHERE runtime_aux_3kw_h_first_at IS NOT NULL),
    min(runtime_aux_3kw_h_first_at),
    last(runtime_aux_3kw_h_last, runtime_aux_3kw_h_last_at) FILTER (WHERE runtime_aux_3kw_h_last_at IS NOT NULL),
    max(runtime_aux_3kw_h_last_at),
    min(runtime_aux_3kw_h_min),
    to_timestamp((min(ARRAY[runtime_aux_3kw_h_min, extract(epoch FROM runtime_aux_3kw_h_min_at)::double precision]) FILTER (WHERE runtime_aux_3kw_h_min IS NOT NULL))[2]),
    max(runtime_aux_3kw_h_max),
    to_timestamp((max(ARRAY[runtime_aux_3kw_h_max, extract(epoch FROM runtime_aux_3kw_h_max_at)::double precision]) FILTER (WHERE runtime_aux_3kw_h_max IS NOT NULL))[2]),
    sum(runtime_aux_3kw_h_n)::integer,
    first(runtime_aux_6kw_h_first, runtime_aux_6kw_h_first_at) FILTER (WHERE runtime_aux_6kw_h_first_at IS NOT NULL),
    min(runtime_aux_6kw_h_first_at),
    last(runtime_aux_6kw_h_last, runtime_aux_6kw_h_last_at) FILTER (WHERE runtime_aux_6kw_h_last_at IS NOT NULL),
    max(runtime_aux_6kw_h_last_at),
    min(runtime_aux_6kw_h_min),
    to_timestamp((min(ARRAY[runtime_aux_6kw_h_min, extract(epoch FROM runtime_aux_6kw_h_min_at)::double precision]) FILTER (WHERE runtime_aux_6kw_h_min IS NOT NULL))[2]),
    max(runtime_aux_6kw_h_max),
    to_timestamp((max(ARRAY[runtime_aux_6kw_h_max, extract(epoch FROM runtime_aux_6kw_h_max_at)::double precision]) FILTER (WHERE runtime_aux_6kw_h_max IS NOT NULL))[2]),
    sum(runtime_aux_6kw_h_n)::integer,
    first(compressor_starts_first, compressor_starts_first_at) FILTER (WHERE compressor_starts_first_at IS NOT NULL),
    min(compressor_starts_first_at),
    last(compressor_starts_last, compressor_starts_last_at) FILTER (WHERE compressor_starts_last_at IS NOT NULL),
    max(compressor_starts_last_at),
    min(compressor_starts_min),
    to_timestamp((min(ARRAY[compressor_starts_min, extract(epoch FROM compressor_starts_min_at)::double precision]) FILTER (WHERE compressor_starts_min IS NOT NULL))[2]),
    max(compressor_starts_max),
    to_timestamp((max(ARRAY[compressor_starts_max, extract(epoch FROM compressor_starts_max_at)::double precision]) FILTER (WHERE compressor_starts_max IS NOT NULL))[2]),
    sum(compressor_starts_n)::integer,
    sum(heat_output_kw_sum),
    sum(heat_output_kw_n)::integer,
    min(heat_output_kw_min),
    max(heat_output_kw_max),
    sum(cop_sum),
    sum(cop_n)::integer,
    min(cop_min),
    max(cop_max),
    first(total_consumed_kwh_first, total_consumed_kwh_first_at) FILTER (WHERE total_consumed_kwh_first_at IS NOT NULL),
    min(total_consumed_kwh_first_at),
    last(total_consumed_kwh_last, total_consumed_kwh_last_at) FILTER (WHERE total_consumed_kwh_last_at IS NOT NULL),
    max(total_consumed_kwh_last_at),
    min(total_consumed_kwh_min),
    to_timestamp((min(ARRAY[total_consumed_kwh_min, extract(epoch FROM total_consumed_kwh_min_at)::double precision]) FILTER (WHERE total_consumed_kwh_min IS NOT NULL))[2]),
    max(total_consumed_kwh_max),
    to_timestamp((max(ARRAY[total_consumed_kwh_max, extract(epoch FROM total_consumed_kwh_max_at)::double precision]) FILTER (WHERE total_consumed_kwh_max IS NOT NULL))[2]),
    sum(total_consumed_kwh_n)::integer,
    first(total_heat_kwh_first, total_heat_kwh_first_at) FILTER (WHERE total_heat_kwh_first_at IS NOT NULL),
    min(total_heat_kwh_first_at),
    last(total_heat_kwh_last, total_heat_kwh_last_at) FILTER (WHERE total_heat_kwh_last_at IS NOT NULL),
    max(total_heat_kwh_last_at),
    min(total_heat_kwh_min),
    to_timestamp((min(ARRAY[total_heat_kwh_min, extract(epoch FROM total_heat_kwh_min_at)::double precision]) FILTER (WHERE total_heat_kwh_min IS NOT NULL))[2]),
    max(total_heat_kwh_max),
    to_timestamp((max(ARRAY[total_heat_kwh_max, extract(epoch FROM total_heat_kwh_max_at)::double precision]) FILTER (WHERE total_heat_kwh_max IS NOT NULL))[2]),
    sum(total_heat_kwh_n)::integer,
    sum(rssi_sum),
    sum(rssi_n)::integer,
    min(rssi_min),
    max(rssi_max),
    sum(paired_n)::integer,
    sum(paired_heat_kw_sum),
    sum(paired_electric_kw_sum),
    sum(hot_water_paired_n)::integer,
    sum(hot_water_heat_kw_sum),
    sum(hot_water_electric_kw_sum),
    sum(running_n)::integer,
    sum(running_known_n)::integer,
    sum(hot_water_n)::integer,
    sum(defrost_n)::integer,
    sum(aux_n)::integer,
    sum(alarm_n)::integer,
    sum(standby_n)::integer,
    sum(standby_kw_sum),
    sum(running_supply_temp_sum),
    sum(running_supply_temp_n)::integer,
    sum(running_outdoor_temp_sum),
    sum(running_outdoor_temp_n)::integer,
    sum(running_brine_in_temp_sum),
    sum(running_brine_in_temp_n)::integer,
    sum(estimated_n)::integer
  FROM heatpump_hourly
  WHERE device_id = in_device AND bucket >= in_bucket AND bucket < in_end
  HAVING count(*) > 0;
END
$$;

CREATE OR REPLACE FUNCTION temperature_day(in_device text, in_bucket timestamptz) RETURNS SETOF temperature_daily_stored
LANGUAGE plpgsql STABLE ROWS 1 SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE
  in_end timestamptz := rollup_day_end(in_bucket);
BEGIN
  RETURN QUERY SELECT in_device, in_bucket,
    sum(readings)::integer,
    min(first_at),
    max(last_at),
    sum(temperature_sum),
    sum(temperature_n)::integer,
    min(temperature_min),
    max(temperature_max),
    sum(humidity_sum),
    sum(humidity_n)::integer,
    min(humidity_min),
    max(humidity_max),
    sum(battery_sum),
    sum(battery_n)::integer,
    min(battery_min),
    max(battery_max),
    sum(battery_voltage_sum),
    sum(battery_voltage_n)::integer,
    min(battery_voltage_min),
    max(battery_voltage_max),
    sum(link_quality_sum),
    sum(link_quality_n)::integer,
    min(link_quality_min),
    max(link_quality_max),
    sum(rssi_sum),
    sum(rssi_n)::integer,
    min(rssi_min),
    max(rssi_max),
    sum(estimated_n)::integer
  FROM temperature_hourly
  WHERE device_id = in_device AND bucket >= in_bucket AND bucket < in_end
  HAVING count(*) > 0;
END
$$;

CREATE OR REPLACE VIEW energy_daily AS
SELECT stored.device_id, stored.bucket, stored.readings, stored.first_at, stored.last_at, stored.total_energy_kwh_first, stored.total_energy_kwh_first_at, stored.total_energy_kwh_last, stored.total_energy_kwh_last_at, stored.total_energy_kwh_min, stored.total_energy_kwh_min_at, stored.total_energy_kwh_max, stored.total_energy_kwh_max_at, stored.total_energy_kwh_n, stored.power_kw_sum, stored.power_kw_n, stored.power_kw_min, stored.power_kw_max, stored.voltage_sum, stored.voltage_n, stored.voltage_min, stored.voltage_max, stored.current_sum, stored.current_n, stored.current_min, stored.current_max, stored.power_l1_kw_sum, stored.power_l1_kw_n, stored.power_l1_kw_min, stored.power_l1_kw_max, stored.power_l2_kw_sum, stored.power_l2_kw_n, stored.power_l2_kw_min, stored.power_l2_kw_max, stored.power_l3_kw_sum, stored.power_l3_kw_n, stored.power_l3_kw_min, stored.power_l3_kw_max, stored.voltage_l1_sum, stored.voltage_l1_n, stored.voltage_l1_min, stored.voltage_l1_max, stored.voltage_l2_sum, stored.voltage_l2_n, stored.voltage_l2_min, stored.voltage_l2_max, stored.voltage_l3_sum, stored.voltage_l3_n, stored.voltage_l3_min, stored.voltage_l3_max, stored.current_l1_sum, stored.current_l1_n, stored.current_l1_min, stored.current_l1_max, stored.current_l2_sum, stored.current_l2_n, stored.current_l2_min, stored.current_l2_max, stored.current_l3_sum, stored.current_l3_n, stored.current_l3_min, stored.current_l3_max, stored.production_power_kw_sum, stored.production_power_kw_n, stored.production_power_kw_min, stored.production_power_kw_max, stored.total_production_kwh_first, stored.total_production_kwh_first_at, stored.total_production_kwh_last, stored.total_production_kwh_last_at, stored.total_production_kwh_min, stored.total_production_kwh_min_at, stored.total_production_kwh_max, stored.total_production_kwh_max_at, stored.total_production_kwh_n, stored.power_factor_sum, stored.power_factor_n, stored.power_factor_min, stored.power_factor_max, stored.rssi_sum, stored.rssi_n, stored.rssi_min, stored.rssi_max, stored.estimated_n
FROM energy_daily_stored AS stored
WHERE NOT EXISTS (
  SELECT FROM (SELECT device_id, date_trunc('day', bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket FROM rollup_pending WHERE stream = 'energy') AS pending
  WHERE pending.device_id = stored.device_id AND pending.bucket = stored.bucket
)
UNION ALL
SELECT pending.device_id, pending.bucket, made.readings, made.first_at, made.last_at, made.total_energy_kwh_first, made.total_energy_kwh_first_at, made.total_energy_kwh_last, made.total_energy_kwh_last_at, made.total_energy_kwh_min, made.total_energy_kwh_min_at, made.total_energy_kwh_max, made.total_energy_kwh_max_at, made.total_energy_kwh_n, made.power_kw_sum, made.power_kw_n, made.power_kw_min, made.power_kw_max, made.voltage_sum, made.voltage_n, made.voltage_min, made.voltage_max, made.current_sum, made.current_n, made.current_min, made.current_max, made.power_l1_kw_sum, made.power_l1_kw_n, made.power_l1_kw_min, made.power_l1_kw_max, made.power_l2_kw_sum, made.power_l2_kw_n, made.power_l2_kw_min, made.power_l2_kw_max, made.power_l3_kw_sum, made.power_l3_kw_n, made.power_l3_kw_min, made.power_l3_kw_max, made.voltage_l1_sum, made.voltage_l1_n, made.voltage_l1_min, made.voltage_l1_max, made.voltage_l2_sum, made.voltage_l2_n, made.voltage_l2_min, made.voltage_l2_max, made.voltage_l3_sum, made.voltage_l3_n, made.voltage_l3_min, made.voltage_l3_max, made.current_l1_sum, made.current_l1_n, made.current_l1_min, made.current_l1_max, made.current_l2_sum, made.current_l2_n, made.current_l2_min, made.current_l2_max, made.current_l3_sum, made.current_l3_n, made.current_l3_min, made.current_l3_max, made.production_power_kw_sum, made.production_power_kw_n, made.production_power_kw_min, made.production_power_kw_max, made.total_production_kwh_first, made.total_production_kwh_first_at, made.total_production_kwh_last, made.total_production_kwh_last_at, made.total_production_kwh_min, made.total_production_kwh_min_at, made.total_production_kwh_max, made.total_production_kwh_max_at, made.total_production_kwh_n, made.power_factor_sum, made.power_factor_n, made.power_factor_min, made.power_factor_max, made.rssi_sum, made.rssi_n, made.rssi_min, made.rssi_max, made.estimated_n
FROM (SELECT DISTINCT device_id, date_trunc('day', bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket FROM rollup_pending WHERE stream = 'energy') AS pending
CROSS JOIN LATERAL energy_day(pending.device_id, pending.bucket) AS made;

CREATE OR REPLACE VIEW heatpump_daily AS
SELECT stored.device_id, stored.bucket, stored.readings, stored.first_at, stored.last_at, stored.target_temp_sum, stored.target_temp_n, stored.target_temp_min, stored.target_temp_max, stored.actual_temp_sum, stored.actual_temp_n, stored.actual_temp_min, stored.actual_temp_max, stored.compressor_running_true_n, stored.compressor_running_n, stored.power_consumption_kw_sum, stored.power_consumption_kw_n, stored.power_consumption_kw_min, stored.power_consumption_kw_max, stored.outdoor_temp_sum, stored.outdoor_temp_n, stored.outdoor_temp_min, stored.outdoor_temp_max, stored.supply_temp_sum, stored.supply_temp_n, stored.supply_temp_min, stored.supply_temp_max, stored.supply_target_temp_sum, stored.supply_target_temp_n, stored.supply_target_temp_min, stored.supply_target_temp_max, stored.return_temp_sum, stored.return_temp_n, stored.return_temp_min, stored.return_temp_max, stored.hot_water_temp_sum, stored.hot_water_temp_n, stored.hot_water_temp_min, stored.hot_water_temp_max, stored.hot_water_target_temp_sum, stored.hot_water_target_temp_n, stored.hot_water_target_temp_min, stored.hot_water_target_temp_max, stored.brine_in_temp_sum, stored.brine_in_temp_n, stored.brine_in_temp_min, stored.brine_in_temp_max, stored.brine_out_temp_sum, stored.brine_out_temp_n, stored.brine_out_temp_min, stored.brine_out_temp_max, stored.flow_rate_lpm_sum, stored.flow_rate_lpm_n, stored.flow_rate_lpm_min, stored.flow_rate_lpm_max, stored.circulation_pump_on_true_n, stored.circulation_pump_on_n, stored.circulation_pump_pct_sum, stored.circulation_pump_pct_n, stored.circulation_pump_pct_min, stored.circulation_pump_pct_max, stored.brine_pump_on_true_n, stored.brine_pump_on_n, stored.brine_pump_pct_sum, stored.brine_pump_pct_n, stored.brine_pump_pct_min, stored.brine_pump_pct_max, stored.compressor_hz_sum, stored.compressor_hz_n, stored.compressor_hz_min, stored.compressor_hz_max, stored.hot_water_active_true_n, stored.hot_water_active_n, stored.defrost_active_true_n, stored.defrost_active_n, stored.aux_heater_3kw_on_true_n, stored.aux_heater_3kw_on_n, stored.aux_heater_6kw_on_true_n, stored.aux_heater_6kw_on_n, stored.aux_heater_kw_sum, stored.aux_heater_kw_n, stored.aux_heater_kw_min, stored.aux_heater_kw_max, stored.degree_minutes_sum, stored.degree_minutes_n, stored.degree_minutes_min, stored.degree_minutes_max, stored.runtime_compressor_h_first, stored.runtime_compressor_h_first_at, stored.runtime_compressor_h_last, stored.runtime_compressor_h_last_at, stored.runtime_compressor_h_min, stored.runtime_compressor_h_min_at, stored.runtime_compressor_h_max, stored.runtime_compressor_h_max_at, stored.runtime_compressor_h_n, stored.runtime_hot_water_h_first, stored.runtime_hot_water_h_first_at, stored.runtime_hot_water_h_last, stored.runtime_hot_water_h_last_at, stored.runtime_hot_water_h_min, stored.runtime_hot_water_h_min_at, stored.runtime_hot_water_h_max, stored.runtime_hot_water_h_max_at, stored.runtime_hot_water_h_n, stored.runtime_aux_3kw_h_first, stored.runtime_aux_3kw_h_first_at, stored.runtime_aux_3kw_h_last, stored.runtime_aux_3kw_h_last_at, stored.runtime_aux_3kw_h_min, stored.runtime_aux_3kw_h_min_at, stored.runtime_aux_3kw_h_max, stored.runtime_aux_3kw_h_max_at, stored.runtime_aux_3kw_h_n, stored.runtime_aux_6kw_h_first, stored.runtime_aux_6kw_h_first_at, stored.runtime_aux_6kw_h_last, stored.runtime_aux_6kw_h_last_at, stored.runtime_aux_6kw_h_min, stored.runtime_aux_6kw_h_min_at, stored.runtime_aux_6kw_h_max, stored.runtime_aux_6kw_h_max_at, stored.runtime_aux_6kw_h_n, stored.compressor_starts_first, stored.compressor_starts_first_at, stored.compressor_starts_last, stored.compressor_starts_last_at, stored.compressor_starts_min, stored.compressor_starts_min_at, stored.compressor_starts_max, stored.compressor_starts_max_at, stored.compressor_starts_n, stored.heat_output_kw_sum, stored.heat_output_kw_n, stored.heat_output_kw_min, stored.heat_output_kw_max, stored.cop_sum, stored.cop_n, stored.cop_min, stored.cop_max, stored.total_consumed_kwh_first, stored.total_consumed_kwh_first_at, stored.total_consumed_kwh_last, stored.total_consumed_kwh_last_at, stored.total_consumed_kwh_min, stored.total_consumed_kwh_min_at, stored.total_consumed_kwh_max, stored.total_consumed_kwh_max_at, stored.total_consumed_kwh_n, stored.total_heat_kwh_first, stored.total_heat_kwh_first_at, stored.total_heat_kwh_last, stored.total_heat_kwh_last_at, stored.total_heat_kwh_min, stored.total_heat_kwh_min_at, stored.total_heat_kwh_max, stored.total_heat_kwh_max_at, stored.total_heat_kwh_n, stored.rssi_sum, stored.rssi_n, stored.rssi_min, stored.rssi_max, stored.paired_n, stored.paired_heat_kw_sum, stored.paired_electric_kw_sum, stored.hot_water_paired_n, stored.hot_water_heat_kw_sum, stored.hot_water_electric_kw_sum, stored.running_n, stored.running_known_n, stored.hot_water_n, stored.defrost_n, stored.aux_n, stored.alarm_n, stored.standby_n, stored.standby_kw_sum, stored.running_supply_temp_sum, stored.running_supply_temp_n, stored.running_outdoor_temp_sum, stored.running_outdoor_temp_n, stored.running_brine_in_temp_sum, stored.running_brine_in_temp_n, stored.estimated_n
FROM heatpump_daily_stored AS stored
WHERE NOT EXISTS (
  SELECT FROM (SELECT device_id, date_trunc('day', bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket FROM rollup_pending WHERE stream = 'heatpump') AS pending
  WHERE pending.device_id = stored.device_id AND pending.bucket = stored.bucket
)
UNION ALL
SELECT pending.device_id, pending.bucket, made.readings, made.first_at, made.last_at, made.target_temp_sum, made.target_temp_n, made.target_temp_min, made.target_temp_max, made.actual_temp_sum, made.actual_temp_n, made.actual_temp_min, made.actual_temp_max, made.compressor_running_true_n, made.compressor_running_n, made.power_consumption_kw_sum, made.power_consumption_kw_n, made.power_consumption_kw_min, made.power_consumption_kw_max, made.outdoor_temp_sum, made.outdoor_temp_n, made.outdoor_temp_min, made.outdoor_temp_max, made.supply_temp_sum, made.supply_temp_n, made.supply_temp_min, made.supply_temp_max, made.supply_target_temp_sum, made.supply_target_temp_n, made.supply_target_temp_min, made.supply_target_temp_max, made.return_temp_sum, made.return_temp_n, made.return_temp_min, made.return_temp_max, made.hot_water_temp_sum, made.hot_water_temp_n, made.hot_water_temp_min, made.hot_water_temp_max, made.hot_water_target_temp_sum, made.hot_water_target_temp_n, made.hot_water_target_temp_min, made.hot_water_target_temp_max, made.brine_in_temp_sum, made.brine_in_temp_n, made.brine_in_temp_min, made.brine_in_temp_max, made.brine_out_temp_sum, made.brine_out_temp_n, made.brine_out_temp_min, made.brine_out_temp_max, made.flow_rate_lpm_sum, made.flow_rate_lpm_n, made.flow_rate_lpm_min, made.flow_rate_lpm_max, made.circulation_pump_on_true_n, made.circulation_pump_on_n, made.circulation_pump_pct_sum, made.circulation_pump_pct_n, made.circulation_pump_pct_min, made.circulation_pump_pct_max, made.brine_pump_on_true_n, made.brine_pump_on_n, made.brine_pump_pct_sum, made.brine_pump_pct_n, made.brine_pump_pct_min, made.brine_pump_pct_max, made.compressor_hz_sum, made.compressor_hz_n, made.compressor_hz_min, made.compressor_hz_max, made.hot_water_active_true_n, made.hot_water_active_n, made.defrost_active_true_n, made.defrost_active_n, made.aux_heater_3kw_on_true_n, made.aux_heater_3kw_on_n, made.aux_heater_6kw_on_true_n, made.aux_heater_6kw_on_n, made.aux_heater_kw_sum, made.aux_heater_kw_n, made.aux_heater_kw_min, made.aux_heater_kw_max, made.degree_minutes_sum, made.degree_minutes_n, made.degree_minutes_min, made.degree_minutes_max, made.runtime_compressor_h_first, made.runtime_compressor_h_first_at, made.runtime_compressor_h_last, made.runtime_compressor_h_last_at, made.runtime_compressor_h_min, made.runtime_compressor_h_min_at, made.runtime_compressor_h_max, made.runtime_compressor_h_max_at, made.runtime_compressor_h_n, made.runtime_hot_water_h_first, made.runtime_hot_water_h_first_at, made.runtime_hot_water_h_last, made.runtime_hot_water_h_last_at, made.runtime_hot_water_h_min, made.runtime_hot_water_h_min_at, made.runtime_hot_water_h_max, made.runtime_hot_water_h_max_at, made.runtime_hot_water_h_n, made.runtime_aux_3kw_h_first, made.runtime_aux_3kw_h_first_at, made.runtime_aux_3kw_h_last, made.runtime_aux_3kw_h_last_at, made.runtime_aux_3kw_h_min, made.runtime_aux_3kw_h_min_at, made.runtime_aux_3kw_h_max, made.runtime_aux_3kw_h_max_at, made.runtime_aux_3kw_h_n, made.runtime_aux_6kw_h_first, made.runtime_aux_6kw_h_first_at, made.runtime_aux_6kw_h_last, made.runtime_aux_6kw_h_last_at, made.runtime_aux_6kw_h_min, made.runtime_aux_6kw_h_min_at, made.runtime_aux_6kw_h_max, made.runtime_aux_6kw_h_max_at, made.runtime_aux_6kw_h_n, made.compressor_starts_first, made.compressor_starts_first_at, made.compressor_starts_last, made.compressor_starts_last_at, made.compressor_starts_min, made.compressor_starts_min_at, made.compressor_starts_max, made.compressor_starts_max_at, made.compressor_starts_n, made.heat_output_kw_sum, made.heat_output_kw_n, made.heat_output_kw_min, made.heat_output_kw_max, made.cop_sum, made.cop_n, made.cop_min, made.cop_max, made.total_consumed_kwh_first, made.total_consumed_kwh_first_at, made.total_consumed_kwh_last, made.total_consumed_kwh_last_at, made.total_consumed_kwh_min, made.total_consumed_kwh_min_at, made.total_consumed_kwh_max, made.total_consumed_kwh_max_at, made.total_consumed_kwh_n, made.total_heat_kwh_first, made.total_heat_kwh_first_at, made.total_heat_kwh_last, made.total_heat_kwh_last_at, made.total_heat_kwh_min, made.total_heat_kwh_min_at, made.total_heat_kwh_max, made.total_heat_kwh_max_at, made.total_heat_kwh_n, made.rssi_sum, made.rssi_n, made.rssi_min, made.rssi_max, made.paired_n, made.paired_heat_kw_sum, made.paired_electric_kw_sum, made.hot_water_paired_n, made.hot_water_heat_kw_sum, made.hot_water_electric_kw_sum, made.running_n, made.running_known_n, made.hot_water_n, made.defrost_n, made.aux_n, made.alarm_n, made.standby_n, made.standby_kw_sum, made.running_supply_temp_sum, made.running_supply_temp_n, made.running_outdoor_temp_sum, made.running_outdoor_temp_n, made.running_brine_in_temp_sum, made.running_brine_in_temp_n, made.estimated_n
FROM (SELECT DISTINCT device_id, date_trunc('day', bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket FROM rollup_pending WHERE stream = 'heatpump') AS pending
CROSS JOIN LATERAL heatpump_day(pending.device_id, pending.bucket) AS made;

CREATE OR REPLACE VIEW temperature_daily AS
SELECT stored.device_id, stored.bucket, stored.readings, stored.first_at, stored.last_at, stored.temperature_sum, stored.temperature_n, stored.temperature_min, stored.temperature_max, stored.humidity_sum, stored.humidity_n, stored.humidity_min, stored.humidity_max, stored.battery_sum, stored.battery_n, stored.battery_min, stored.battery_max, stored.battery_voltage_sum, stored.battery_voltage_n, stored.battery_voltage_min, stored.battery_voltage_max, stored.link_quality_sum, stored.link_quality_n, stored.link_quality_min, stored.link_quality_max, stored.rssi_sum, stored.rssi_n, stored.rssi_min, stored.rssi_max, stored.estimated_n
FROM temperature_daily_stored AS stored
WHERE NOT EXISTS (
  SELECT FROM (SELECT device_id, date_trunc('day', bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket FROM rollup_pending WHERE stream = 'temperature') AS pending
  WHERE pending.device_id = stored.device_id AND pending.bucket = stored.bucket
)
UNION ALL
SELECT pending.device_id, pending.bucket, made.readings, made.first_at, made.last_at, made.temperature_sum, made.temperature_n, made.temperature_min, made.temperature_max, made.humidity_sum, made.humidity_n, made.humidity_min, made.humidity_max, made.battery_sum, made.battery_n, made.battery_min, made.battery_max, made.battery_voltage_sum, made.battery_voltage_n, made.battery_voltage_min, made.battery_voltage_max, made.link_quality_sum, made.link_quality_n, made.link_quality_min, made.link_quality_max, made.rssi_sum, made.rssi_n, made.rssi_min, made.rssi_max, made.estimated_n
FROM (SELECT DISTINCT device_id, date_trunc('day', bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket FROM rollup_pending WHERE stream = 'temperature') AS pending
CROSS JOIN LATERAL temperature_day(pending.device_id, pending.bucket) AS made;

CREATE OR REPLACE FUNCTION refresh_energy(in_limit integer, in_before timestamptz) RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  devices text[];
  buckets timestamptz[];
  hours integer;
BEGIN
  WITH picked AS MATERIALIZED (
    SELECT DISTINCT bucket, device_id FROM rollup_pending
    WHERE stream = 'energy' AND bucket < in_before
    ORDER BY bucket DESC, device_id LIMIT in_limit
  ), gone AS (
    DELETE FROM rollup_changes AS changes USING picked
    WHERE changes.stream = 'energy' AND changes.device_id = picked.device_id AND changes.bucket = picked.bucket
    RETURNING changes.device_id, changes.bucket
  )
  SELECT array_agg(seen.device_id), array_agg(seen.bucket), count(*) INTO devices, buckets, hours
  FROM (SELECT DISTINCT gone.device_id, gone.bucket FROM gone) AS seen;
  IF hours = 0 THEN
    RETURN 0;
  END IF;
  DELETE FROM energy_hourly_stored AS stored
  USING unnest(devices, buckets) AS changed (device_id, bucket)
  WHERE stored.device_id = changed.device_id AND stored.bucket = changed.bucket;
  INSERT INTO energy_hourly_stored SELECT made.*
  FROM unnest(devices, buckets) AS changed (device_id, bucket)
  CROSS JOIN LATERAL energy_hour(changed.device_id, changed.bucket) AS made;
  -- A day of which other hours wait is made when they are.
  SELECT array_agg(day.device_id), array_agg(day.bucket) INTO devices, buckets
  FROM (
    SELECT DISTINCT changed.device_id, date_trunc('day', changed.bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket
    FROM unnest(devices, buckets) AS changed (device_id, bucket)
  ) AS day
  WHERE NOT EXISTS (
    SELECT FROM rollup_pending AS pending
    WHERE pending.stream = 'energy' AND pending.device_id = day.device_id
      AND pending.bucket >= day.bucket AND pending.bucket < rollup_day_end(day.bucket)
  );
  DELETE FROM energy_daily_stored AS stored
  USING unnest(devices, buckets) AS changed (device_id, bucket)
  WHERE stored.device_id = changed.device_id AND stored.bucket = changed.bucket;
  INSERT INTO energy_daily_stored SELECT made.*
  FROM unnest(devices, buckets) AS changed (device_id, bucket)
  CROSS JOIN LATERAL energy_day(changed.device_id, changed.bucket) AS made;
  RETURN hours;
END
$$;

CREATE OR REPLACE FUNCTION refresh_heatpump(in_limit integer, in_before timestamptz) RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  devices text[];
  buckets timestamptz[];
  hours integer;
BEGIN
  WITH picked AS MATERIALIZED (
    SELECT DISTINCT bucket, device_id FROM rollup_pending
    WHERE stream = 'heatpump' AND bucket < in_before
    ORDER BY bucket DESC, device_id LIMIT in_limit
  ), gone AS (
    DELETE FROM rollup_changes AS changes USING picked
    WHERE changes.stream = 'heatpump' AND changes.device_id = picked.device_id AND changes.bucket = picked.bucket
    RETURNING changes.device_id, changes.bucket
  )
  SELECT array_agg(seen.device_id), array_agg(seen.bucket), count(*) INTO devices, buckets, hours
  FROM (SELECT DISTINCT gone.device_id, gone.bucket FROM gone) AS seen;
  IF hours = 0 THEN
    RETURN 0;
  END IF;
  DELETE FROM heatpump_hourly_stored AS stored
  USING unnest(devices, buckets) AS changed (device_id, bucket)
  WHERE stored.device_id = changed.device_id AND stored.bucket = changed.bucket;
  INSERT INTO heatpump_hourly_stored SELECT made.*
  FROM unnest(devices, buckets) AS changed (device_id, bucket)
  CROSS JOIN LATERAL heatpump_hour(changed.device_id, changed.bucket) AS made;
  -- A day of which other hours wait is made when they are.
  SELECT array_agg(day.device_id), array_agg(day.bucket) INTO devices, buckets
  FROM (
    SELECT DISTINCT changed.device_id, date_trunc('day', changed.bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket
    FROM unnest(devices, buckets) AS changed (device_id, bucket)
  ) AS day
  WHERE NOT EXISTS (
    SELECT FROM rollup_pending AS pending
    WHERE pending.stream = 'heatpump' AND pending.device_id = day.device_id
      AND pending.bucket >= day.bucket AND pending.bucket < rollup_day_end(day.bucket)
  );
  DELETE FROM heatpump_daily_stored AS stored
  USING unnest(devices, buckets) AS changed (device_id, bucket)
  WHERE stored.device_id = changed.device_id AND stored.bucket = changed.bucket;
  INSERT INTO heatpump_daily_stored SELECT made.*
  FROM unnest(devices, buckets) AS changed (device_id, bucket)
  CROSS JOIN LATERAL heatpump_day(changed.device_id, changed.bucket) AS made;
  RETURN hours;
END
$$;

CREATE OR REPLACE FUNCTION refresh_temperature(in_limit integer, in_before timestamptz) RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  devices text[];
  buckets timestamptz[];
  hours integer;
BEGIN
  WITH picked AS MATERIALIZED (
    SELECT DISTINCT bucket, device_id FROM rollup_pending
    WHERE stream = 'temperature' AND bucket < in_before
    ORDER BY bucket DESC, device_id LIMIT in_limit
  ), gone AS (
    DELETE FROM rollup_changes AS changes USING picked
    WHERE changes.stream = 'temperature' AND changes.device_id = picked.device_id AND changes.bucket = picked.bucket
    RETURNING changes.device_id, changes.bucket
  )
  SELECT array_agg(seen.device_id), array_agg(seen.bucket), count(*) INTO devices, buckets, hours
  FROM (SELECT DISTINCT gone.device_id, gone.bucket FROM gone) AS seen;
  IF hours = 0 THEN
    RETURN 0;
  END IF;
  DELETE FROM temperature_hourly_stored AS stored
  USING unnest(devices, buckets) AS changed (device_id, bucket)
  WHERE stored.device_id = changed.device_id AND stored.bucket = changed.bucket;
  INSERT INTO temperature_hourly_stored SELECT made.*
  FROM unnest(devices, buckets) AS changed (device_id, bucket)
  CROSS JOIN LATERAL temperature_hour(changed.device_id, changed.bucket) AS made;
  -- A day of which other hours wait is made when they are.
  SELECT array_agg(day.device_id), array_agg(day.bucket) INTO devices, buckets
  FROM (
    SELECT DISTINCT changed.device_id, date_trunc('day', changed.bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket
    FROM unnest(devices, buckets) AS changed (device_id, bucket)
  ) AS day
  WHERE NOT EXISTS (
    SELECT FROM rollup_pending AS pending
    WHERE pending.stream = 'temperature' AND pending.device_id = day.device_id
      AND pending.bucket >= day.bucket AND pending.bucket < rollup_day_end(day.bucket)
  );
  DELETE FROM temperature_daily_stored AS stored
  USING unnest(devices, buckets) AS changed (device_id, bucket)
  WHERE stored.device_id = changed.device_id AND stored.bucket = changed.bucket;
  INSERT INTO temperature_daily_stored SELECT made.*
  FROM unnest(devices, buckets) AS changed (device_id, bucket)
  CROSS JOIN LATERAL temperature_day(changed.device_id, changed.bucket) AS made;
  RETURN hours;
END
$$;

-- Aggregates at most so many changed hours of each stream; gives how many of the busiest one.
CREATE OR REPLACE FUNCTION refresh_rollup_batch(in_limit integer, in_before timestamptz DEFAULT 'infinity') RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  hours integer;
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'Rollups are refreshed in read committed transactions only: others would aggregate readings as of their beginning.';
  END IF;
  PERFORM pg_advisory_xact_lock(7020266952);
  hours := greatest(refresh_energy(in_limit, in_before), refresh_heatpump(in_limit, in_before), refresh_temperature(in_limit, in_before));
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
    hours := public.refresh_rollup_batch(500);
    COMMIT;
    EXIT WHEN hours < 500 OR clock_timestamp() > ends_at;
  END LOOP;
END
$$;

-- For whoever changes readings by SQL: has the hours of a stream aggregated anew.
CREATE OR REPLACE FUNCTION mark_rollups(in_stream text, in_from timestamptz, in_until timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF in_stream = 'energy' THEN
    INSERT INTO rollup_changes (stream, device_id, bucket)
    WITH RECURSIVE devices (id) AS (
  (SELECT "device_id" FROM "energy_readings" ORDER BY "device_id" LIMIT 1)
  UNION ALL
  SELECT (SELECT "device_id" FROM "energy_readings" WHERE "device_id" > devices.id ORDER BY "device_id" LIMIT 1)
  FROM devices WHERE devices.id IS NOT NULL
)
    SELECT in_stream, devices.id, hour
    FROM devices
    CROSS JOIN LATERAL (
      SELECT min(time) AS first, max(time) AS last FROM "energy_readings" WHERE device_id = devices.id
    ) AS span
    CROSS JOIN LATERAL generate_series(
      rollup_hour(greatest(span.first, in_from)), least(span.last, in_until), INTERVAL '1 hour'
    ) AS hour
    WHERE devices.id IS NOT NULL
    UNION
    SELECT in_stream, device_id, bucket FROM energy_hourly_stored
    WHERE bucket >= rollup_hour(in_from) AND bucket < in_until;
  END IF;
  IF in_stream = 'heatpump' THEN
    INSERT INTO rollup_changes (stream, device_id, bucket)
    WITH RECURSIVE devices (id) AS (
  (SELECT "device_id" FROM "heatpump_status" ORDER BY "device_id" LIMIT 1)
  UNION ALL
  SELECT (SELECT "device_id" FROM "heatpump_status" WHERE "device_id" > devices.id ORDER BY "device_id" LIMIT 1)
  FROM devices WHERE devices.id IS NOT NULL
)
    SELECT in_stream, devices.id, hour
    FROM devices
    CROSS JOIN LATERAL (
      SELECT min(time) AS first, max(time) AS last FROM "heatpump_status" WHERE device_id = devices.id
    ) AS span
    CROSS JOIN LATERAL generate_series(
      rollup_hour(greatest(span.first, in_from)), least(span.last, in_until), INTERVAL '1 hour'
    ) AS hour
    WHERE devices.id IS NOT NULL
    UNION
    SELECT in_stream, device_id, bucket FROM heatpump_hourly_stored
    WHERE bucket >= rollup_hour(in_from) AND bucket < in_until;
  END IF;
  IF in_stream = 'temperature' THEN
    INSERT INTO rollup_changes (stream, device_id, bucket)
    WITH RECURSIVE devices (id) AS (
  (SELECT "device_id" FROM "temperature_readings" ORDER BY "device_id" LIMIT 1)
  UNION ALL
  SELECT (SELECT "device_id" FROM "temperature_readings" WHERE "device_id" > devices.id ORDER BY "device_id" LIMIT 1)
  FROM devices WHERE devices.id IS NOT NULL
)
    SELECT in_stream, devices.id, hour
    FROM devices
    CROSS JOIN LATERAL (
      SELECT min(time) AS first, max(time) AS last FROM "temperature_readings" WHERE device_id = devices.id
    ) AS span
    CROSS JOIN LATERAL generate_series(
      rollup_hour(greatest(span.first, in_from)), least(span.last, in_until), INTERVAL '1 hour'
    ) AS hour
    WHERE devices.id IS NOT NULL
    UNION
    SELECT in_stream, device_id, bucket FROM temperature_hourly_stored
    WHERE bucket >= rollup_hour(in_from) AND bucket < in_until;
  END IF;
END
$$;

-- Run each hour. Readings are deleted only once all of their hours are aggregated.
CREATE OR REPLACE PROCEDURE apply_retention(in_now timestamptz DEFAULT now())
LANGUAGE plpgsql AS $$
DECLARE
  horizon timestamptz := public.rollup_hour(in_now - INTERVAL '90 days');
  ends_at timestamptz := clock_timestamp() + INTERVAL '10 minutes';
  hours integer;
  passed_over bigint;
BEGIN
  LOOP
    hours := public.refresh_rollup_batch(500, horizon);
    COMMIT;
    EXIT WHEN hours = 0;
    IF clock_timestamp() > ends_at THEN
      RAISE WARNING 'Retention waits until the next hour: old readings are still being aggregated.';
      RETURN;
    END IF;
  END LOOP;
  PERFORM pg_advisory_xact_lock(7020266952);
  IF EXISTS (SELECT FROM public.rollup_pending WHERE bucket < horizon) THEN
    RAISE WARNING 'Retention waits until the next hour: old readings have just changed.';
    RETURN;
  END IF;
  UPDATE public.rollup_progress SET raw_from = horizon WHERE raw_from < horizon;
  DELETE FROM public.rollup_changes WHERE bucket < (SELECT raw_from FROM public.rollup_progress);
  GET DIAGNOSTICS passed_over = ROW_COUNT;
  UPDATE public.rollup_progress SET too_late = too_late + passed_over WHERE passed_over > 0;
  COMMIT;
  SET LOCAL lock_timeout = '5s';
  PERFORM drop_chunks('public.energy_readings', older_than => horizon);
  COMMIT;
  SET LOCAL lock_timeout = '5s';
  PERFORM drop_chunks('public.heatpump_status', older_than => horizon);
  COMMIT;
  SET LOCAL lock_timeout = '5s';
  PERFORM drop_chunks('public.temperature_readings', older_than => horizon);
  COMMIT;
  DELETE FROM public.energy_hourly_stored
  WHERE device_id IN (SELECT DISTINCT device_id FROM public.energy_hourly_stored) AND bucket < in_now - INTERVAL '730 days';
  DELETE FROM public.energy_daily_stored
  WHERE device_id IN (SELECT DISTINCT device_id FROM public.energy_daily_stored) AND bucket < in_now - INTERVAL '730 days';
  DELETE FROM public.heatpump_hourly_stored
  WHERE device_id IN (SELECT DISTINCT device_id FROM public.heatpump_hourly_stored) AND bucket < in_now - INTERVAL '730 days';
  DELETE FROM public.heatpump_daily_stored
  WHERE device_id IN (SELECT DISTINCT device_id FROM public.heatpump_daily_stored) AND bucket < in_now - INTERVAL '730 days';
  DELETE FROM public.temperature_hourly_stored
  WHERE device_id IN (SELECT DISTINCT device_id FROM public.temperature_hourly_stored) AND bucket < in_now - INTERVAL '730 days';
  DELETE FROM public.temperature_daily_stored
  WHERE device_id IN (SELECT DISTINCT device_id FROM public.temperature_daily_stored) AND bucket < in_now - INTERVAL '730 days';
  IF to_regclass('cron.job_run_details') IS NOT NULL THEN
    EXECUTE 'DELETE FROM cron.job_run_details WHERE end_time < now() - INTERVAL ''7 days''';
  END IF;
END
$$;

-- The migrations call this when the site has another zone: its days are made anew from the hours.
CREATE OR REPLACE FUNCTION set_rollup_time_zone(in_zone text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7020266952);
  UPDATE rollup_settings SET time_zone = in_zone;
  DELETE FROM energy_daily_stored;
  INSERT INTO energy_daily_stored SELECT made.*
  FROM (
    SELECT DISTINCT device_id, date_trunc('day', bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket FROM energy_hourly_stored
  ) AS day
  CROSS JOIN LATERAL energy_day(day.device_id, day.bucket) AS made;
  DELETE FROM heatpump_daily_stored;
  INSERT INTO heatpump_daily_stored SELECT made.*
  FROM (
    SELECT DISTINCT device_id, date_trunc('day', bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket FROM heatpump_hourly_stored
  ) AS day
  CROSS JOIN LATERAL heatpump_day(day.device_id, day.bucket) AS made;
  DELETE FROM temperature_daily_stored;
  INSERT INTO temperature_daily_stored SELECT made.*
  FROM (
    SELECT DISTINCT device_id, date_trunc('day', bucket, (SELECT time_zone FROM public.rollup_settings)) AS bucket FROM temperature_hourly_stored
  ) AS day
  CROSS JOIN LATERAL temperature_day(day.device_id, day.bucket) AS made;
END
$$;

-- Has pg_cron run all this, where it is installed; the migrations call it each time.
CREATE OR REPLACE FUNCTION schedule_rollup_jobs() RETURNS boolean
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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

COMMENT ON VIEW energy_hourly IS 'Each hour of energy_readings, by device.';
COMMENT ON VIEW energy_daily IS 'Each day of energy_readings in the zone of the site, by device.';
COMMENT ON TABLE energy_hourly_stored IS 'Hours of energy_readings as they were last aggregated; read energy_hourly.';
COMMENT ON TABLE energy_daily_stored IS 'Days of energy_readings as they were last aggregated; read energy_daily.';

COMMENT ON VIEW heatpump_hourly IS 'Each hour of heatpump_status, by device.';
COMMENT ON VIEW heatpump_daily IS 'Each day of heatpump_status in the zone of the site, by device.';
COMMENT ON TABLE heatpump_hourly_stored IS 'Hours of heatpump_status as they were last aggregated; read heatpump_hourly.';
COMMENT ON TABLE heatpump_daily_stored IS 'Days of heatpump_status as they were last aggregated; read heatpump_daily.';

COMMENT ON VIEW temperature_hourly IS 'Each hour of temperature_readings, by device.';
COMMENT ON VIEW temperature_daily IS 'Each day of temperature_readings in the zone of the site, by device.';
COMMENT ON TABLE temperature_hourly_stored IS 'Hours of temperature_readings as they were last aggregated; read temperature_hourly.';
COMMENT ON TABLE temperature_daily_stored IS 'Days of temperature_readings as they were last aggregated; read temperature_daily.';

DO $$
DECLARE
  one record;
BEGIN
  FOR one IN
    SELECT relation, attname, col_description(attrelid, attnum) AS comment
    FROM (VALUES ('energy_hourly', 'energy_hourly_stored'), ('energy_daily_stored', 'energy_hourly_stored'), ('energy_daily', 'energy_hourly_stored'), ('heatpump_hourly', 'heatpump_hourly_stored'), ('heatpump_daily_stored', 'heatpump_hourly_stored'), ('heatpump_daily', 'heatpump_hourly_stored'), ('temperature_hourly', 'temperature_hourly_stored'), ('temperature_daily_stored', 'temperature_hourly_stored'), ('temperature_daily', 'temperature_hourly_stored')) AS pair (relation, stored)
    JOIN pg_attribute ON attrelid = stored::regclass AND attnum > 0
  LOOP
    EXECUTE format('COMMENT ON COLUMN %I.%I IS %L', one.relation, one.attname, one.comment);
  END LOOP;
END
$$;

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

-- The sink says what it changed and may not read, change or delete that. Readers need what the views call.
GRANT INSERT ON rollup_changes TO homelab_sink;
GRANT EXECUTE ON FUNCTION energy_hour, energy_day, heatpump_hour, heatpump_day, temperature_hour, temperature_day, rollup_hour, rollup_day_end TO homelab_reader;

SELECT mark_rollups(stream, raw_from, 'infinity')
FROM rollup_progress, unnest(ARRAY['energy', 'heatpump', 'temperature']) AS stream;
