import type { SourcedReading } from './sourced-reading.ts';

/**
 * Merges the second of two readings of one device and time into the first; `null` erases
 * nothing. `undefined` if that changes nothing.
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

/** Both readings belong to one stream, so their fields have the same types. */
function withFields(
  sourced: SourcedReading,
  fields: Record<string, unknown>,
): SourcedReading {
  return Object.assign({}, sourced, {
    reading: Object.assign({}, sourced.reading, fields),
  });
}
