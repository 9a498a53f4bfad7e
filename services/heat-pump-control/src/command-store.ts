import type { WriteMessage } from '@homelab/heat-pump-settings';
import type { ConnectionState, Logger } from '@homelab/service-kit';
import type { SettingValue } from '@homelab/telemetry';
import { readSchemaState } from '@homelab/timescale-schema';
import { Pool } from 'pg';

/** A command as the table has it; times in milliseconds since 1970 by the clock of the database. */
export interface CommandRow {
  readonly id: string;
  readonly device_id: string;
  readonly setting: string;
  readonly to_value: SettingValue;
  readonly expires_in_ms: number;
  readonly published_at: Date | null;
  readonly reported_value: SettingValue | null;
  readonly reported_at: Date | null;
  readonly confirmed_at: Date | null;
  readonly failed_at: Date | null;
}

/** A setting as a device reported it. */
export interface SettingRow {
  readonly deviceId: string;
  readonly setting: string;
  readonly value: SettingValue;
  readonly readAtMs: number;
  readonly format: string;
}

/** The commands and the settings in the database. Every method rejects when it cannot be reached. */
export interface CommandStore {
  /** Commands that are to be published or wait for their device, oldest first. */
  open(): Promise<readonly CommandRow[]>;
  /** These commands, whatever their state. */
  find(ids: readonly string[]): Promise<readonly CommandRow[]>;
  /**
   * Claims a command for publication: true for one caller only, and only before it expires. From
   * then on the device is waited for.
   */
  claim(
    id: string,
    options: {
      readonly confirmTimeoutMs: number;
      readonly written: readonly WriteMessage[];
    },
  ): Promise<boolean>;
  /** Notes why a command can never be published. */
  fail(id: string, failure: string): Promise<void>;
  /** Notes another value than the wanted one, reported while the command waits. */
  report(id: string, value: SettingValue): Promise<void>;
  /** Notes that the device reported the wanted value in time. */
  confirm(id: string, value: SettingValue): Promise<void>;
  /** Stores what settings are; an older report never replaces a newer one. */
  saveSettings(rows: readonly SettingRow[]): Promise<void>;
  /** Whether the database answers and has the schema. */
  check(): Promise<ConnectionState>;
  /** Closes every connection. May be called twice. */
  stop(): Promise<void>;
}

const maxOpen = 200;

const columns = `id, device_id, setting, to_value, published_at, reported_value, reported_at,
  confirmed_at, failed_at, extract(epoch FROM expires_at - now())::float8 * 1000 AS expires_in_ms`;

const waits = `failed_at IS NULL AND confirmed_at IS NULL AND confirm_by > now()`;

/** Creates a store that connects on first use. */
export function createCommandStore(deps: {
  connection: {
    host: string;
    port: number;
    user: string;
    password: string;
    database: string;
  };
  logger: Logger;
}): CommandStore {
  const pool = new Pool({
    ...deps.connection,
    max: 3,
    application_name: 'heat-pump-control',
    connectionTimeoutMillis: 5_000,
    // For a server that is frozen.
    query_timeout: 10_000,
    keepAlive: true,
  });
  // The next query tells; without a listener a cut connection would end the process.
  pool.on('error', error =>
    deps.logger.debug(
      { event: 'connection-lost', err: error },
      'connection lost',
    ),
  );
  let stopped: Promise<void> | undefined;

  return {
    async open() {
      const { rows } = await pool.query<CommandRow>(
        `SELECT ${columns} FROM heat_pump_commands
         WHERE (published_at IS NULL AND failed_at IS NULL AND expires_at > now()) OR (${waits})
         ORDER BY requested_at LIMIT ${maxOpen}`,
      );
      return rows;
    },
    async find(ids) {
      const { rows } = await pool.query<CommandRow>(
        `SELECT ${columns} FROM heat_pump_commands WHERE id = ANY($1)`,
        [ids],
      );
      return rows;
    },
    async claim(id, { confirmTimeoutMs, written }) {
      const { rowCount } = await pool.query(
        `UPDATE heat_pump_commands
         SET published_at = now(), confirm_by = now() + $2 * interval '1 millisecond', written = $3
         WHERE id = $1 AND published_at IS NULL AND failed_at IS NULL AND expires_at > now()`,
        [id, confirmTimeoutMs, JSON.stringify(written)],
      );
      return rowCount === 1;
    },
    async fail(id, failure) {
      await pool.query(
        `UPDATE heat_pump_commands SET failed_at = now(), failure = left($2, 500)
         WHERE id = $1 AND failed_at IS NULL AND confirmed_at IS NULL`,
        [id, failure],
      );
    },
    async report(id, value) {
      await pool.query(
        `UPDATE heat_pump_commands SET reported_value = $2, reported_at = now()
         WHERE id = $1 AND ${waits}`,
        [id, JSON.stringify(value)],
      );
    },
    async confirm(id, value) {
      await pool.query(
        `UPDATE heat_pump_commands
         SET reported_value = $2, reported_at = now(), confirmed_at = now()
         WHERE id = $1 AND ${waits}`,
        [id, JSON.stringify(value)],
      );
    },
    async saveSettings(rows) {
      if (rows.length === 0) return;
      await pool.query(
        `INSERT INTO heat_pump_settings AS known (device_id, setting, value, read_at, format)
         SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::timestamptz[], $5::text[])
         ON CONFLICT (device_id, setting) DO UPDATE
         SET value = excluded.value, read_at = excluded.read_at, format = excluded.format
         WHERE excluded.read_at >= known.read_at`,
        [
          rows.map(row => row.deviceId),
          rows.map(row => row.setting),
          rows.map(row => JSON.stringify(row.value)),
          rows.map(row => new Date(row.readAtMs)),
          rows.map(row => row.format),
        ],
      );
    },
    check: () => readSchemaState(pool),
    async stop() {
      stopped ??= pool.end();
      await stopped;
    },
  };
}
