-- Every stream names its device alike. PostgreSQL changes the name in the catalog alone, of
-- the hypertable and of each chunk; the primary key and the grants follow the column. No row
-- is rewritten, so this takes milliseconds once it has its lock.
--
-- The lock waits for running queries, and every later query waits behind it. After five
-- seconds the migration fails instead, changes nothing and can be run again.
SET LOCAL lock_timeout = '5s';

ALTER TABLE temperature_readings RENAME COLUMN sensor_id TO device_id;
