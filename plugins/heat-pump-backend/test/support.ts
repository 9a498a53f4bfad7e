import type { LoggerService } from '@backstage/backend-plugin-api';

const start = Date.UTC(2026, 0, 12, 6, 0, 0);

/** A logger that discards everything. */
export const quietLogger: LoggerService = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => quietLogger,
};

/** A time some seconds after a fixed one. */
export function timeAt(seconds: number): string {
  return new Date(start + seconds * 1000).toISOString();
}

/** A heat pump reading as stored on Kafka. */
export function canonicalReading(
  deviceId: string,
  seconds: number,
  supplyTemp: number,
) {
  return {
    timestamp: timeAt(seconds),
    device_id: deviceId,
    supply_temp: supplyTemp,
  };
}
