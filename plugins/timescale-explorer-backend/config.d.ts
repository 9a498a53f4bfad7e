export interface Config {
  /** The databases that the Timescale explorer shows. */
  timescaleExplorer?: {
    databases?: Array<{
      /** Its name in addresses: letters, digits, `-` and `_`. */
      id: string;
      /** Its name on pages; by default `id`. */
      title?: string;
      host: string;
      port?: number | string;
      database: string;
      /** A role that may only read; see the README. */
      user: string;
      /** @visibility secret */
      password: string;
      /** TLS: `true`, or the certificate of a CA to trust. Default false. */
      ssl?: boolean | string | { ca: string };
      /** How much the volume of the database holds, for a forecast. */
      diskBytes?: number | string;
      /** Aggregates kept by jobs of your own, for editions without continuous aggregates. */
      rollups?: Array<{
        /** `schema.table`, whose newest bucket is the watermark. */
        table: string;
        /** The `schema.table` it is made of: a hypertable or another rollup. */
        source: string;
        /** Column with the beginning of a bucket. */
        bucketColumn: string;
        /** Width of a bucket as an interval, such as `1 hour`. */
        bucket: string;
        /** Name of the job of pg_cron that refreshes it. */
        job?: string;
        /** Where changes wait for the next refresh. */
        pending?: {
          table: string;
          /** Column with the time of a change. */
          timeColumn: string;
          /** Only rows with these values. */
          where?: { [column: string]: string };
        };
      }>;
    }>;
  };
}
