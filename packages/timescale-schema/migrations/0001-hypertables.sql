-- One hypertable per stream. A column is named as the field of the canonical message that
-- it holds; absent or implausible values are NULL. A reading's identity is who measured
-- and when, so the same reading written twice is one row.
--
-- The primary key must hold the partition column. It also serves "one device, a span of
-- time", which is how pages read. There is no index on time alone: it would slow writing
-- by about a sixth, and a chunk of one day already narrows a span over all devices.

CREATE TABLE energy_readings (
  time timestamptz NOT NULL,
  device_id text NOT NULL,
  total_energy_kwh double precision,
  power_kw double precision,
  voltage double precision,
  current double precision,
  power_l1_kw double precision,
  power_l2_kw double precision,
  power_l3_kw double precision,
  voltage_l1 double precision,
  voltage_l2 double precision,
  voltage_l3 double precision,
  current_l1 double precision,
  current_l2 double precision,
  current_l3 double precision,
  production_power_kw double precision,
  total_production_kwh double precision,
  power_factor double precision,
  source text,
  rssi double precision,
  estimated text[],
  received_at timestamptz,
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device_id, time)
);
SELECT create_hypertable(
  'energy_readings',
  by_range('time', INTERVAL '1 day'),
  create_default_indexes => false
);
COMMENT ON TABLE energy_readings IS 'What electricity meters say.';
COMMENT ON COLUMN energy_readings.time IS 'When the device measured';
COMMENT ON COLUMN energy_readings.received_at IS 'When the bridge received it';
COMMENT ON COLUMN energy_readings.stored_at IS 'When this row was written';

CREATE TABLE heatpump_status (
  time timestamptz NOT NULL,
  device_id text NOT NULL,
  mode text,
  target_temp double precision,
  actual_temp double precision,
  compressor_running boolean,
  power_consumption_kw double precision,
  operating_mode text,
  outdoor_temp double precision,
  supply_temp double precision,
  supply_target_temp double precision,
  return_temp double precision,
  hot_water_temp double precision,
  hot_water_target_temp double precision,
  brine_in_temp double precision,
  brine_out_temp double precision,
  flow_rate_lpm double precision,
  circulation_pump_on boolean,
  circulation_pump_pct double precision,
  brine_pump_on boolean,
  brine_pump_pct double precision,
  compressor_hz double precision,
  hot_water_active boolean,
  defrost_active boolean,
  aux_heater_3kw_on boolean,
  aux_heater_6kw_on boolean,
  aux_heater_kw double precision,
  degree_minutes double precision,
  runtime_compressor_h double precision,
  runtime_hot_water_h double precision,
  runtime_aux_3kw_h double precision,
  runtime_aux_6kw_h double precision,
  compressor_starts double precision,
  heat_output_kw double precision,
  cop double precision,
  total_consumed_kwh double precision,
  total_heat_kwh double precision,
  alarm_codes text[],
  source text,
  rssi double precision,
  estimated text[],
  received_at timestamptz,
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (device_id, time)
);
SELECT create_hypertable(
  'heatpump_status',
  by_range('time', INTERVAL '1 day'),
  create_default_indexes => false
);
COMMENT ON TABLE heatpump_status IS 'What heat pumps say.';
COMMENT ON COLUMN heatpump_status.time IS 'When the device measured';
COMMENT ON COLUMN heatpump_status.received_at IS 'When the bridge received it';
COMMENT ON COLUMN heatpump_status.stored_at IS 'When this row was written';

CREATE TABLE temperature_readings (
  time timestamptz NOT NULL,
  sensor_id text NOT NULL,
  room text,
  temperature double precision,
  humidity double precision,
  battery double precision,
  battery_voltage double precision,
  link_quality double precision,
  source text,
  rssi double precision,
  estimated text[],
  received_at timestamptz,
  stored_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sensor_id, time)
);
SELECT create_hypertable(
  'temperature_readings',
  by_range('time', INTERVAL '1 day'),
  create_default_indexes => false
);
COMMENT ON TABLE temperature_readings IS 'What room sensors say.';
COMMENT ON COLUMN temperature_readings.time IS 'When the device measured';
COMMENT ON COLUMN temperature_readings.received_at IS 'When the bridge received it';
COMMENT ON COLUMN temperature_readings.stored_at IS 'When this row was written';
