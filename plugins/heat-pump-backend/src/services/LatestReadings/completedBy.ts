import type { SourcedReading } from '../sources';

/**
 * The first of two readings of one device and time with what the second knows; what the
 * second does not know (`null`) erases nothing. `undefined` when that changes nothing.
 */
export function completedBy(
  first: SourcedReading,
  second: SourcedReading,
): SourcedReading | undefined {
  const before: Record<string, unknown> = { ...first.reading };
  const news = Object.entries(second.reading).filter(
    ([field, value]) =>
      field !== 'timestamp' &&
      value !== null &&
      JSON.stringify(value) !== JSON.stringify(before[field]),
  );
  if (news.length === 0) return undefined;
  return withFields(first, Object.fromEntries(news));
}

/** Both readings are of one stream, so their fields have the same types. */
function withFields(
  sourced: SourcedReading,
  fields: Record<string, unknown>,
): SourcedReading {
  return Object.assign({}, sourced, {
    reading: Object.assign({}, sourced.reading, fields),
  });
}
