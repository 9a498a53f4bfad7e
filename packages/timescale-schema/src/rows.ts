import type {
  EnergyReading,
  HeatpumpStatus,
  TemperatureReading,
} from '@homelab/telemetry';

/**
 * A row as returned by `pg`: the fields of the reading under their own names, with `time`
 * instead of `timestamp`, plus the two other clocks.
 */
type RowOf<R extends { timestamp: string }> = Omit<R, 'timestamp'> & {
  /** When the device measured. */
  time: Date;
  /** When the bridge received it; `null` when unknown. */
  received_at: Date | null;
  /** When the row was written. */
  stored_at: Date;
  /** Kafka offset of the newest record of the row, as text; `null` when that was redriven. */
  record_offset: string | null;
  /** Fields from older records: their receive time in microseconds since 1970 and offset. */
  older_fields: Record<string, [number, number]> | null;
};

/** A row of `energy_readings`. */
export type EnergyReadingRow = RowOf<EnergyReading>;

/** A row of `heatpump_status`. */
export type HeatpumpStatusRow = RowOf<HeatpumpStatus>;

/** A row of `temperature_readings`. */
export type TemperatureReadingRow = RowOf<TemperatureReading>;

/** The row type of each stream's hypertable. */
export interface RowByStream {
  energy: EnergyReadingRow;
  heatpump: HeatpumpStatusRow;
  temperature: TemperatureReadingRow;
}
