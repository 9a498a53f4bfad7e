import { epochMsSql } from '@homelab/timescale-schema';
import type { Database } from '../database/database.ts';
import type { Range } from '../time/parameters.ts';

/** The outdoor temperature of an hour: sum and number of readings, of all heat pumps. */
export interface OutdoorHour {
  readonly bucket_ms: number;
  /** °C. */
  readonly sum: number;
  readonly n: number;
}

const statement = {
  name: 'outdoor-hours',
  text: `
    select ${epochMsSql('bucket')} as bucket_ms,
      sum(outdoor_temp_sum) as sum, sum(outdoor_temp_n)::integer as n
    from heatpump_hourly
    where bucket >= $1 and bucket < $2 and outdoor_temp_n > 0
    group by bucket order by bucket`,
};

/** The hours of a range with an outdoor temperature. */
export function readOutdoorHours(
  database: Database,
  range: Range,
): Promise<OutdoorHour[]> {
  return database.rows<OutdoorHour & Record<string, number>>(statement, [
    new Date(range.fromMs),
    new Date(range.toMs),
  ]);
}
