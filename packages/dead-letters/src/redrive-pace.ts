import { setTimeout as delay } from 'node:timers/promises';
import { sizeOfRecord } from '@homelab/kafka';
import type { OutgoingRecord } from '@homelab/kafka';
import type { RedriveContext } from './redrive-options.ts';

/** Small enough to abort cheaply and to block readers only briefly. */
const maxTransactionRecords = 100;
const maxTransactionBytes = 512 * 1024;

/** Splits records into transactions. */
export function transactionsOf<T extends { readonly record: OutgoingRecord }>(
  outgoing: readonly T[],
  maxRecords: number,
): T[][] {
  const transactions: T[][] = [];
  let bytes = 0;
  for (const one of outgoing) {
    const size = sizeOfRecord(one.record);
    const last = transactions.at(-1);
    if (
      last === undefined ||
      last.length >= maxRecords ||
      bytes + size > maxTransactionBytes
    ) {
      transactions.push([one]);
      bytes = size;
    } else {
      last.push(one);
      bytes += size;
    }
  }
  return transactions;
}

/** Limits the rate: about a second's worth of records per transaction. */
export function createPace({
  ratePerSecond,
  signal,
  dryRun,
  now,
}: RedriveContext) {
  const limited = ratePerSecond !== undefined && !dryRun;
  let freeAtMs = 0;
  return {
    perTransaction: limited
      ? Math.min(maxTransactionRecords, Math.max(1, Math.floor(ratePerSecond)))
      : maxTransactionRecords,
    async wait() {
      const waitMs = freeAtMs - now();
      if (waitMs <= 0) return;
      // An abort ends the wait; the caller checks the signal.
      await delay(waitMs, undefined, { signal }).catch(() => {});
    },
    note(records: number) {
      if (!limited) return;
      freeAtMs = Math.max(freeAtMs, now()) + (records / ratePerSecond) * 1000;
    },
  };
}
