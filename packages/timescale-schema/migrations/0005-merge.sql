-- Several records may hold the same reading: the later one completes and corrects the
-- earlier, by field. These columns keep what is needed to get the same row in whatever order
-- the records are written, and however often:
--
-- record_offset  with received_at, the order of the newest record of the row. NULL for a
--                redriven record, which goes before all others of its receive time.
-- older_fields   fields that an older record gave, each with the order of that record:
--                {"humidity": [microseconds since 1970, offset]}. NULL for nearly every row.
--
-- Columns without a default are added in the catalog alone; no row is rewritten.
SET LOCAL lock_timeout = '5s';

ALTER TABLE energy_readings ADD COLUMN record_offset bigint, ADD COLUMN older_fields jsonb;
ALTER TABLE heatpump_status ADD COLUMN record_offset bigint, ADD COLUMN older_fields jsonb;
ALTER TABLE temperature_readings ADD COLUMN record_offset bigint, ADD COLUMN older_fields jsonb;

-- The sink may merge a record into a row that is there; it may still delete nothing.
GRANT UPDATE ON energy_readings, heatpump_status, temperature_readings TO homelab_sink;
