import type { ZoneTime } from '../time/zone-time.ts';
import { createPriceOf } from './price-at.ts';
import type { PriceOf } from './price-at.ts';
import type { Tariff } from './tariff.ts';

/** Down to a hundredth of a cent. */
export const moneyDecimals = 4;

/** What a kWh costs and earns. */
export interface TariffPrices {
  /** With fees and VAT. */
  readonly bought: PriceOf;
  /** Undefined if nothing is paid for export. */
  readonly sold: PriceOf | undefined;
}

/** Prepares the prices of a tariff for look-ups. Local times are those of the zone. */
export function createTariffPrices(
  tariff: Tariff,
  zone: ZoneTime,
): TariffPrices {
  const energy = createPriceOf(tariff.import, zone);
  const vat = 1 + tariff.vatPercent / 100;
  return {
    bought: (fromMs, toMs) => {
      const price = energy(fromMs, toMs);
      return price === null ? null : (price + tariff.feesPerKwh) * vat;
    },
    sold: tariff.export && createPriceOf(tariff.export, zone),
  };
}

/** How long a price holds: the slots of a list of prices, else an hour. */
export function slotMinutesOf({ import: prices }: Tariff): number {
  return prices.kind === 'hourly' ? prices.slotMinutes : 60;
}
