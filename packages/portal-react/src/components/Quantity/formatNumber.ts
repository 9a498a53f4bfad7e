/** What stands for a value that is not known. */
export const dash = '–';

/**
 * A number with so many decimals, a true minus sign, and commas between thousands; a dash
 * if it is not known.
 */
export function formatNumber(
  value: number | null | undefined,
  decimals: number,
): string {
  if (value === null || value === undefined) return dash;
  // A rounded −0.04 would otherwise be written as −0.0.
  const rounded = Number(value.toFixed(decimals)) || 0;
  return rounded
    .toLocaleString('en-GB', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    })
    .replace('-', '−');
}
