import { dayMs } from '@homelab/heat-pump';
import { z } from 'zod';
import { ProblemError } from '../http/problems.ts';
import { zoneTime } from './zone-time.ts';

/** Before it there was nothing to measure; after it something is wrong. */
const earliestMs = Date.UTC(2000, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

const timeSchema = z.iso
  .datetime({ offset: true, error: 'Give a time such as 2026-01-31T06:00:00Z' })
  .max(40)
  .refine(text => {
    const ms = Date.parse(text);
    return ms >= earliestMs && ms <= latestMs;
  }, 'Give a time between 2000 and 2100');

/** `from`, `to` and `timeZone` of a query. */
export const rangeParameters = {
  from: timeSchema
    .optional()
    .describe('Start, inclusive; the default depends on the route'),
  to: timeSchema.optional().describe('End, exclusive; now by default'),
  timeZone: z
    .string()
    .max(64)
    .refine(isTimeZone, 'Give an IANA zone such as Europe/Stockholm')
    .optional()
    .describe(
      'IANA time zone of local days and offsets; that of the site by default',
    ),
};

function isTimeZone(text: string): boolean {
  try {
    zoneTime(text);
    // Intl takes plain offsets too, which have no days of 23 or 25 hours.
    return !/^[+-]/.test(text);
  } catch {
    return false;
  }
}

/** A range of time in milliseconds since 1970; `toMs` is exclusive. */
export interface Range {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Reads a range. Throws `invalid_range` when it is empty, reversed or longer than `maxDays`. */
export function readRange(
  query: { from?: string | undefined; to?: string | undefined },
  options: { nowMs: number; defaultDays: number; maxDays: number },
): Range {
  const { nowMs, defaultDays, maxDays } = options;
  const toMs = query.to === undefined ? nowMs : Date.parse(query.to);
  const fromMs =
    query.from === undefined
      ? toMs - defaultDays * dayMs
      : Date.parse(query.from);
  if (fromMs >= toMs)
    throw new ProblemError('invalid_range', 'from must be before to.');
  if (toMs - fromMs > maxDays * dayMs) {
    throw new ProblemError(
      'invalid_range',
      `The range is longer than ${maxDays} days.`,
    );
  }
  return { fromMs, toMs };
}
