-- Who may do what. The roles are made by the superuser together with the database; the
-- owner's tables give nobody else any right until this file does.
--
-- homelab_sink stores readings: it may add and look, not change or delete.
-- homelab_reader reads. Nothing is given to PUBLIC.

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO homelab_sink, homelab_reader;

REVOKE ALL ON energy_readings, heatpump_status, temperature_readings, schema_migrations
  FROM PUBLIC;
GRANT SELECT, INSERT ON energy_readings, heatpump_status, temperature_readings
  TO homelab_sink;
GRANT SELECT ON energy_readings, heatpump_status, temperature_readings
  TO homelab_reader;

-- Both say in their readiness whether the schema is the one they were written for.
GRANT SELECT ON schema_migrations TO homelab_sink, homelab_reader;

-- Tables and views that later migrations add can be read without a grant of their own.
ALTER DEFAULT PRIVILEGES IN SCHEMA public
  GRANT SELECT ON TABLES TO homelab_reader;
-- A function is executable by everybody unless its owner says otherwise.
ALTER DEFAULT PRIVILEGES
  REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
