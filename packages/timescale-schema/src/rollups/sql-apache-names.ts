import type { Rollup } from './rollups.ts';

/** Functions look names up where the tables are, whoever calls them. */
export const path = 'SET search_path = public, pg_temp';

/** The local day of an hour; written out, since PostgreSQL would call a function row by row. */
export const dayOf = (hour: string) =>
  `date_trunc('day', ${hour}, (SELECT time_zone FROM public.rollup_settings))`;

/** The table of hours as they were last aggregated. */
export const storedHours = ({ hourly }: Rollup) => `${hourly}_stored`;

/** The table of days as they were last aggregated. */
export const storedDays = ({ daily }: Rollup) => `${daily}_stored`;

/** The function that aggregates one hour of a device from its readings. */
export const hourFunction = ({ stream }: Rollup) => `${stream}_hour`;

/** The function that aggregates one day of a device from its hours. */
export const dayFunction = ({ stream }: Rollup) => `${stream}_day`;
