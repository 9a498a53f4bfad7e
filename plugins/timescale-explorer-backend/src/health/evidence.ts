import type { Finding } from '@homelab/plugin-timescale-explorer-common';

/** The evidence of a finding; what is null is not known and left out. */
export function evidence(
  values: Readonly<Record<string, string | number | null | undefined>>,
): Finding['evidence'] {
  return Object.entries(values).flatMap(([label, value]) =>
    value === null || value === undefined
      ? []
      : [
          {
            label,
            value:
              typeof value === 'number' ? value.toLocaleString('en-GB') : value,
          },
        ],
  );
}
