import { sqlInterval } from '@homelab/plugin-timescale-explorer-common';
import { dash } from '@homelab/portal-react';

/** The time that a chunk covers, such as `7 days`. */
export function spanWords(ms: number | null): string {
  return ms === null ? dash : sqlInterval(ms);
}
