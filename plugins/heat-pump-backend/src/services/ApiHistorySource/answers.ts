import { bandKinds } from '@homelab/heat-pump';
import { streams } from '@homelab/telemetry';
import { z } from 'zod';

/** A time as the portal keeps it: ISO 8601 in UTC. */
const utc = z.iso
  .datetime({ offset: true })
  .transform(text => new Date(text).toISOString());

/** A page of `GET /api/v1/devices`. */
export const devicesAnswer = z.object({
  devices: z.array(
    z.object({
      stream: z.enum(streams),
      deviceId: z.string(),
      lastReadingAt: utc,
      clockAhead: z.object({ measuredAt: utc, receivedAt: utc }).nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** The newest reading of a device; its fields are read by the telemetry contract. */
export const latestAnswer = z.object({
  reading: z.looseObject({ received_at: utc }),
});

const values = z.array(z.number().nullable());

/** A series of a device. */
export const seriesAnswer = z.object({
  bucketSeconds: z.number().nullable(),
  time: z.array(z.iso.datetime({ offset: true }).transform(Date.parse)),
  series: z.array(
    z.object({ field: z.string(), mean: values, min: values, max: values }),
  ),
  gaps: z.array(z.object({ from: utc, to: utc })),
  coverage: z.number(),
});

/** What happened at a heat pump. */
export const eventsAnswer = z.object({
  data: z.array(
    z
      .object({
        kind: z.enum(bandKinds),
        from: utc,
        to: utc,
        open_start: z.boolean(),
        open_end: z.boolean(),
        label: z.string().nullable(),
      })
      .transform(({ open_start, open_end, ...band }) => ({
        ...band,
        openStart: open_start,
        openEnd: open_end,
      })),
  ),
});

/** A problem of the API, as far as the portal reads it. */
export const problemAnswer = z.object({
  code: z.string(),
  detail: z.string().optional(),
});
