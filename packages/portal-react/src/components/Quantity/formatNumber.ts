/** Shown for an unknown value. */
export const dash = '–';

/**
 * A number with the given decimals, a true minus sign and thousands separators; a dash if
 * unknown.
 */
export function formatNumber(
  value: number | null | undefined,
  decimals: number,
): string {
  if (value === null || value === undefined) return dash;
  // Otherwise a rounded −0.04 would read −0.0.
  const rounded = Number(value.toFixed(decimals)) || 0;
  return rounded
    .toLocaleString('en-GB', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
    .replace('-', '−');
}
