import { InputError } from '@backstage/errors';
import { runKinds, streamSchema } from '@homelab/heat-pump';
import {
  maxHistoryDays,
  maxHistoryPoints,
} from '@homelab/plugin-heat-pump-common';
import { measurementsOf } from '@homelab/telemetry';
import type { Stream } from '@homelab/telemetry';
import { z } from 'zod';

const dayMs = 24 * 60 * 60 * 1000;

/** Path of a request about one device. */
export const deviceParamsSchema = z.object({
  deviceId: z.string().min(1).max(128),
});

/** Query of `GET /devices/:deviceId/latest`. */
export const latestQuerySchema = z.strictObject({
  stream: streamSchema.optional(),
});

/** Query of `GET /devices/:deviceId/history`. */
export const historyQuerySchema = z.strictObject({
  stream: streamSchema.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  maxPoints: z.coerce.number().int().min(2).max(maxHistoryPoints).default(600),
  fields: z.string().max(2000).optional(),
});

/** Query of the figures that have a range. */
export const rangeQuerySchema = historyQuerySchema.pick({
  from: true,
  to: true,
});

/** Query of the runs of a heat pump. */
export const runsQuerySchema = rangeQuerySchema.extend({
  kind: z.enum(runKinds).optional(),
});

/** A request for history with its defaults filled in. */
export interface HistoryRequest {
  from: Date;
  to: Date;
  maxPoints: number;
}

/**
 * The range to read; the last 24 hours by default.
 *
 * @throws InputError when it is empty, reversed or too long.
 */
export function historyRange(
  query: z.infer<typeof historyQuerySchema>,
  nowMs: number,
): HistoryRequest {
  const to = query.to === undefined ? new Date(nowMs) : new Date(query.to);
  const from =
    query.from === undefined
      ? new Date(to.getTime() - dayMs)
      : new Date(query.from);
  const rangeMs = to.getTime() - from.getTime();
  if (!(rangeMs > 0)) {
    throw new InputError('The request is not valid: from must be before to.');
  }
  if (rangeMs > maxHistoryDays * dayMs) {
    throw new InputError(
      `The request is not valid: the range is longer than ${maxHistoryDays} days.`,
    );
  }
  return { from, to, maxPoints: query.maxPoints };
}

/** The numeric fields of a stream. */
export function numberFields(stream: Stream): string[] {
  return measurementsOf(stream)
    .filter(([, { kind }]) => kind === 'gauge' || kind === 'counter')
    .map(([name]) => name);
}

/**
 * The requested fields, or all numeric fields of the stream.
 *
 * @throws InputError if one of them is not a numeric field of the stream.
 */
export function historyFields(
  stream: Stream,
  asked: string | undefined,
): string[] {
  const known = numberFields(stream);
  if (asked === undefined) return known;
  const wanted = [...new Set(asked.split(',').map(name => name.trim()))];
  const unknown = wanted.filter(name => !known.includes(name));
  if (unknown.length > 0) {
    throw new InputError(
      `The request is not valid: not numeric fields of ${stream}: ${unknown.join(', ')}.`,
    );
  }
  return wanted;
}
