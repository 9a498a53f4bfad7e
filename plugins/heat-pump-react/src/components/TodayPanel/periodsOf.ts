import type { EnergyBuckets, EnergyCosts } from '@homelab/homelab-api-client';

/** Energy and cost of some local days. */
export interface Period {
  label: string;
  kwh: number;
  /** Null unless every day has a price. */
  cost: number | null;
  /** Days with energy, and days of the period so far. */
  days: number;
  ofDays: number;
  estimated: boolean;
}

const dayMs = 86_400_000;

/**
 * This month and this year so far, each beside the one before up to the same date, as far as
 * their days are known. Days are those of the answers, which are local ones.
 *
 * @param today - the local date, `2026-01-12`
 */
export function periodsOf(
  energy: EnergyBuckets | undefined,
  costs: EnergyCosts | undefined,
  today: string,
): Period[] {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  const beforeYear = month === 1 ? year - 1 : year;
  const beforeMonth = month === 1 ? 12 : month - 1;
  const spans: [string, string, string][] = [
    ['This month', date(year, month, 1), today],
    [
      'Last month by then',
      date(beforeYear, beforeMonth, 1),
      lastOf(beforeYear, beforeMonth, day),
    ],
    ['This year', date(year, 1, 1), today],
    ['Last year by then', date(year - 1, 1, 1), lastOf(year - 1, month, day)],
  ];
  return spans.flatMap(([label, from, to]) => {
    const isIn = ({ timestamp }: { timestamp: string }) => {
      const local = timestamp.slice(0, 10);
      return local >= from && local <= to;
    };
    const days = (energy?.data ?? []).filter(
      one => isIn(one) && one.energy_kwh !== null,
    );
    if (days.length === 0) return [];
    const priced = (costs?.data ?? []).filter(
      one => isIn(one) && one.cost !== null,
    );
    const isPriced = priced.length >= days.length;
    return [
      {
        label,
        kwh: sum(days.map(({ energy_kwh }) => energy_kwh)),
        cost: isPriced ? sum(priced.map(({ cost }) => cost)) : null,
        days: days.length,
        ofDays: Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1,
        estimated: days.some(({ estimated }) => estimated),
      },
    ];
  });
}

function sum(values: readonly (number | null)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

function date(year: number, month: number, day: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}`;
}

/** The same day of another month, or its last one if it is shorter. */
function lastOf(year: number, month: number, day: number): string {
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return date(year, month, Math.min(day, length));
}
