import { formatNumber } from '@homelab/portal-react/ui';

/** Below this share a difference says nothing. */
const leastShare = 0.02;

/** How the energy of today compares with that of yesterday by the same time of day. */
export function differenceWords(
  todayKwh: number | null,
  yesterdayKwh: number | null,
): string {
  if (todayKwh === null) return 'The energy of today is not known yet.';
  if (yesterdayKwh === null) return 'The energy of yesterday is not known.';
  const difference = todayKwh - yesterdayKwh;
  const share = yesterdayKwh > 0 ? Math.abs(difference) / yesterdayKwh : null;
  if (share !== null && share < leastShare) {
    return 'As much as yesterday by this time.';
  }
  const amount = `${formatNumber(Math.abs(difference), 1)} kWh`;
  const percent = share === null ? '' : ` (${Math.round(share * 100)} %)`;
  const word = difference < 0 ? 'less' : 'more';
  return `${amount}${percent} ${word} than yesterday by this time.`;
}
