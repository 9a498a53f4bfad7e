import { formatRate } from '@homelab/plugin-consumer-lag-common';
import type { ValueWords } from '@homelab/portal-react';

/** The format of rates in charts: rounded as elsewhere on the page. */
export const rateWords: ValueWords = {
  write: perSecond => `${formatRate(perSecond)} /s`,
  writeShort: formatRate,
  steps: [-2, -1, 0, 1, 2, 3, 4, 5, 6].flatMap(power =>
    [1, 2, 5].map(digit => digit * 10 ** power),
  ),
};
