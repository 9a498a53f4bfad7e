import { z } from 'zod';

/** A time with the offset of the zone that the request named: `2026-03-29T03:00:00+02:00`. */
export const zonedTimeSchema = z.iso.datetime({ offset: true });

/** A number, or `null` where it is not known. */
export const knownNumberSchema = z.number().nullable();
