import { z } from 'zod';
import {
  bandSchema,
  deviceReadingSchema,
  energyDeviceReadingSchema,
  heatpumpDeviceReadingSchema,
  streamSchema,
  temperatureDeviceReadingSchema,
} from '@homelab/heat-pump';

const timeSchema = z.iso.datetime();

/** Whether a source of readings works; `detail` is a sentence for people. */
export const sourceStatusSchema = z.object({
  ok: z.boolean(),
  detail: z.string(),
});

/** Whether live readings arrive and whether stored ones can be read. */
export const sourcesSchema = z.object({
  live: sourceStatusSchema,
  history: sourceStatusSchema,
});

/** A device that has sent at least one reading. */
export const deviceSchema = z.object({
  stream: streamSchema,
  deviceId: z.string(),
  /** When its newest reading was measured, or arrived if its clock runs ahead. */
  lastReadingAt: timeSchema,
});

/** Answer of `GET /devices`. */
export const devicesResponseSchema = z.object({
  devices: z.array(deviceSchema),
});

/**
 * The house at this moment: answer of `GET /house`, and the live event `snapshot`, which
 * is sent when a client connects and when a new device appears.
 */
export const houseSchema = z.object({
  /** The server's clock, so that a browser with a wrong clock still shows true ages. */
  sentAt: timeSchema,
  /** IANA time zone of the house. */
  siteTimeZone: z.string(),
  sources: sourcesSchema,
  /** The electricity meter of the house, if it is known which one that is. */
  meter: energyDeviceReadingSchema.nullable(),
  /** Every meter, for a choice where it is not known which one is the house's. */
  meters: z.array(energyDeviceReadingSchema),
  heatPumps: z.array(heatpumpDeviceReadingSchema),
  rooms: z.array(temperatureDeviceReadingSchema),
});

/** Live event `reading`: one newer reading. */
export const readingEventSchema = z.object({
  sentAt: timeSchema,
  deviceReading: deviceReadingSchema,
});

/** Live event `status`: the sources changed, or readings were skipped for this client. */
export const statusEventSchema = z.object({
  sentAt: timeSchema,
  sources: sourcesSchema,
  /** Readings that a newer one replaced because this client reads too slowly. */
  skippedReadings: z.number().int().nonnegative(),
});

const numberColumn = z.array(z.number().nullable());

/** One measurement over time; the columns are as long as the `time` of the answer. */
export const historySeriesSchema = z.object({
  /** Field name in the measurement registry. */
  field: z.string(),
  mean: numberColumn,
  min: numberColumn,
  max: numberColumn,
});

/** A period without readings. */
export const gapSchema = z.object({ from: timeSchema, to: timeSchema });

/** Answer of `GET /devices/:deviceId/history`. */
export const historySchema = z.object({
  stream: streamSchema,
  deviceId: z.string(),
  from: timeSchema,
  to: timeSchema,
  siteTimeZone: z.string(),
  /** Width of a point, in milliseconds. */
  bucketMs: z.number().int().positive(),
  /** Start of each point that has readings, milliseconds since 1970, ascending. */
  time: z.array(z.number().int()),
  series: z.array(historySeriesSchema),
  /** Empty beyond {@link maxBandDays}, and where single readings are not kept any more. */
  bands: z.array(bandSchema),
  /** The range has more changes than are read; the list ends early at once, so the bands end early. */
  bandsTruncated: z.boolean(),
  gaps: z.array(gapSchema),
  /** Periods in which a value was estimated by the device or by what reads it. */
  estimated: z.array(gapSchema),
  /** Share of the range up to now that has readings, 0 to 1. */
  coverage: z.number().min(0).max(1),
});

/** The most points one history answer can have. */
export const maxHistoryPoints = 2000;

/** The longest range of one history answer, in days. */
export const maxHistoryDays = 400;

/** The longest range whose bands are told, in days; they are made of single readings. */
export const maxBandDays = 32;

export type SourceStatus = z.infer<typeof sourceStatusSchema>;
export type Sources = z.infer<typeof sourcesSchema>;
export type Device = z.infer<typeof deviceSchema>;
export type DevicesResponse = z.infer<typeof devicesResponseSchema>;
export type House = z.infer<typeof houseSchema>;
export type ReadingEvent = z.infer<typeof readingEventSchema>;
export type StatusEvent = z.infer<typeof statusEventSchema>;
export type HistorySeries = z.infer<typeof historySeriesSchema>;
export type Gap = z.infer<typeof gapSchema>;
export type History = z.infer<typeof historySchema>;
