-- The sink writes readings that may be there already by way of a temporary table.
DO $$
BEGIN
  EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO homelab_sink', current_database());
END
$$;
